"""Finding, aligning and judging need no database and no Django; their labels do."""

import subprocess
import sys
from typing import get_args

from annotations.variants import aligning, differences, judging, wording
from tests.test_boundaries import REPOSITORY, imported_modules, within

PURE = ("articles.language", "annotations.variants")


def test_everything_but_the_wording_imports_the_language_alone():
    files = [file for file in (REPOSITORY / "annotations" / "variants").glob("*.py") if file.name != "wording.py"]
    assert len(files) > 10
    ours = ("articles", "annotations", "newsdesk", "django", "tests")
    wrong = {
        f"{file.name}: {module}"
        for file in files
        for module in imported_modules(file)
        if within(module, ours) and not within(module, PURE)
    }
    assert not wrong


def test_it_works_where_django_cannot_be_imported():
    script = (
        "import sys; sys.modules['django'] = None\n"
        "from annotations.variants import Statement, judge\n"
        "print(judge(Statement('لن نفتح الجسر القديم'), Statement('سنفتح الجسر القديم')).verdict)\n"
    )
    command = [sys.executable, "-X", "utf8", "-c", script]
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert (result.stdout.strip(), result.returncode) == ("altered", 0), result.stderr


def test_every_kind_has_a_label():
    assert set(wording.VERDICTS) == set(get_args(judging.Verdict))
    assert set(wording.CHANGES) == set(get_args(aligning.Kind))
    assert {kind for kind, _ in wording.DIFFERENCES} == set(get_args(differences.Kind))
    assert {direction for _, direction in wording.DIFFERENCES} == set(get_args(differences.Direction))
    assert wording.VERDICTS["translation"] == "اختلاف ترجمة"
