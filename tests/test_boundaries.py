"""Imports run one way: articles.language ← articles ← annotations ← newsdesk, and the pure parts stay pure."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
# Each part, and what it may not import. Django stays out of the parts that are pure.
FORBIDDEN = {
    "articles/language": ("articles.", "annotations", "newsdesk", "django"),
    "articles": ("annotations", "newsdesk"),
    "articles/provenance": ("articles.importing", "annotations", "newsdesk"),
    "annotations/detection": ("articles.", "annotations.", "newsdesk", "django"),
    "annotations": ("newsdesk",),
}
ALLOWED = {
    "articles/language": ("articles.language",),
    "annotations/detection": ("articles.language", "annotations.detection"),
}


def imported_modules(file: Path) -> set[str]:
    modules = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relatively"
            modules |= {f"{node.module}.{alias.name}" for alias in node.names}
    return modules


def within(module: str, packages: tuple[str, ...]) -> bool:
    return any(f"{module}.".startswith(package if package.endswith(".") else f"{package}.") for package in packages)


@pytest.mark.parametrize("part", FORBIDDEN)
def test_a_part_imports_nothing_from_the_parts_above_it(part):
    files = list((REPOSITORY / part).rglob("*.py"))
    assert files
    wrong = {
        f"{file.relative_to(REPOSITORY)}: {module}"
        for file in files
        for module in imported_modules(file)
        if within(module, FORBIDDEN[part]) and not within(module, ALLOWED.get(part, ()))
    }
    assert not wrong


@pytest.mark.parametrize("module", ["articles.language.entities", "annotations.detection"])
def test_the_pure_parts_work_where_django_cannot_be_imported(module):
    script = (
        "import sys; sys.modules['django'] = None\n"
        f"import {module} as part\n"
        "from articles.language.entities import recognise\n"
        "text = 'قال الرئيس الفرنسي إيمانويل ماكرون إن باريس مستعدة.'\n"
        "entities = recognise(text)\n"
        "print(part.detect(text, entities) if hasattr(part, 'detect') else entities)\n"
    )
    result = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_a_process_that_serves_pages_starts_without_numpy():
    script = (
        "import django, sys\n"
        "django.setup()\n"
        "import newsdesk.urls, newsdesk.wsgi, articles.provenance.telling\n"
        "print([name for name in ('numpy', 'torch') if name in sys.modules])\n"
    )
    command = [sys.executable, "-W", "ignore", "-c", script]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    result = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
    assert (result.stdout.strip(), result.returncode) == ("[]", 0), result.stderr
