"""The interface is Arabic in the source and English in its catalogue: complete, compiled, and nothing beside it."""

import ast
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.template.base import Lexer, Token, TokenType
from django.template.loader import get_template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import translation
from django.utils.translation import ngettext

from tests.english import ARABIC_WRITING

REPOSITORY = settings.BASE_DIR
CATALOGUES = REPOSITORY / "newsdesk" / "locale"
TEMPLATES = sorted(file for file in (REPOSITORY / "templates").rglob("*") if file.is_file())
ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}

# Arabic in Python that no reader of the interface is told.
ARABIC_THAT_IS_DATA = {
    "annotations/sense.py": "negations and numerals, whose change is never small",
    "annotations/proposing/occurrences.py": "the article, which changes its spelling behind an attached letter",
    "annotations/proposing/snapping.py": "attached letters that stay with their word",
    "articles/comparing.py": "the letters that join a word to the one before",
    "articles/importing/evidence/figures.py": "words before a picture's credit, as pages print them",
    "articles/importing/evidence/posts.py": "what platforms write round an embedded post",
    "articles/importing/learning/masking.py": "words of dates, which vary from page to page",
    "articles/importing/bylines/parts.py": "marks and words that part a byline, as newspapers print them",
    "articles/importing/bylines/words.py": "words by which a name is told from a place, as newspapers print them",
    "articles/importing/bylines/reading.py": "the stroke that Arabic datelines use as a dash",
    "articles/importing/dates/clocks.py": "halves of the day and names of time zones, as pages print them",
    "articles/importing/decoding/encoding.py": "frequent words and letters by which an encoding is told",
    "articles/importing/languages.py": "letters by which a language is told",
    "articles/importing/dates/published.py": "words by which a line may be a date, as pages print them",
    "articles/importing/readers/html_beside.py": "headings of lists beside an article, as pages print them",
    "articles/importing/readers/html_walls.py": "the letters that Arabic joins to the word after them",
    "articles/importing/readers/html_dateline.py": "words that stand before a date or a name, as pages print them",
    "articles/importing/decoding/repairs.py": "how broken letters look, by which the damage is told",
    "articles/importing/decoding/script_order.py": "frequent words by which the order of writing is told",
    "articles/importing/sources.py": "names of sources, which have an English name beside the Arabic one",
    "articles/naming/evidence.py": "words that hold the parts of a name together",
    "articles/naming/roles.py": "words that no role of a person holds",
    "annotations/evaluating.py": "the article that names are compared without",
    "annotations/exports/brat_types.py": "names of kinds in exported files, which say the same whoever made them",
    "annotations/exports/w3c/bodies.py": "names of kinds in exported files, likewise",
    "annotations/variants/comparing.py": "letters that are attached to words",
    "annotations/variants/differences.py": "forms of verbs, and particles of certainty",
    "annotations/variants/names.py": "the article that names are compared without",
    "annotations/variants/negations.py": "words before which «ما» negates",
    "annotations/variants/numerals.py": "how numerals and percentages are written",
    "annotations/variants/quantities.py": "the word between a fraction and its whole",
    "annotations/variants/reading.py": "endings and beginnings of verbs",
    "annotations/variants/units.py": "letters that are written for each other",
    "articles/search/asking/fields.py": "names in the query language, whatever the interface speaks",
    "articles/search/asking/lexing.py": "the query language's word for one of two",
    "articles/search/asking/parsing.py": "the article, which is too short to begin a word by",
    "articles/search/asking/spelling.py": "letters that are typed for each other",
    "articles/search/index/analysis.py": "a text that the analysis is told by",
    "articles/search/passages/skeletons.py": "letters by which the forms of a word are told",
    "newsdesk/settings.py": "a language is listed under its own name",
}
# The same in templates: a language is offered under its own name.
ARABIC_IN_EVERY_LANGUAGE = {"masthead.html": "العربية"}
# The same in JavaScript, whose own lines reach it through attributes of the page.
ARABIC_IN_JAVASCRIPT = {
    "marking/keycaps.js": "what stands on the keys of an Arabic keyboard",
    "marking/keys-help.js": "the question mark of an Arabic keyboard",
    "marking/options.js": "letters that are one when names are compared",
    "marking/selecting.js": "letters that are attached to a word",
}


class Entry(NamedTuple):
    """One message of a catalogue; several texts where it has a plural."""

    msgid: str
    plural: str
    texts: list[str]
    fuzzy: bool


def catalogue(language: str) -> list[Entry]:
    """The messages of a language's django.po without its header."""
    blocks = (CATALOGUES / language / "LC_MESSAGES" / "django.po").read_text("utf-8").split("\n\n")
    return [entry for entry in map(entry_of, blocks) if entry.msgid]  # an obsolete message is a comment


def entry_of(block: str) -> Entry:
    fields = {"msgid": ""}
    for line in block.splitlines():
        if line.startswith("msg"):
            keyword, quoted = line.split(" ", 1)
            fields[keyword] = ast.literal_eval(quoted)
        elif line.startswith('"'):
            fields[list(fields)[-1]] += ast.literal_eval(line)
    texts = [text for keyword, text in fields.items() if keyword.startswith("msgstr")]
    return Entry(fields["msgid"], fields.get("msgid_plural", ""), texts, fuzzy=bool(re.search("(?m)^#,.*fuzzy", block)))


def compiled(language: str) -> GNUTranslations:
    with (CATALOGUES / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return GNUTranslations(file)


def python_files() -> Iterator[tuple[str, ast.Module]]:
    """Our modules by their path in the repository, without the pure parts and the migrations."""
    for app in ("articles", "annotations", "newsdesk"):
        for file in sorted((REPOSITORY / app).rglob("*.py")):
            path = file.relative_to(REPOSITORY).as_posix()
            if not path.startswith(("articles/language/", "annotations/detection/")) and "/migrations/" not in path:
                yield path, ast.parse(file.read_text("utf-8"))


def gettext_calls(tree: ast.Module) -> list[ast.Call]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return [call for call in calls if call.func.id in GETTEXT]


def strings_of(call: ast.Call) -> tuple[str, str]:
    """What a call to gettext asks for: the message, and its plural or nothing."""
    texts = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    return (texts[0], texts[1]) if call.func.id.startswith("ngettext") else (texts[0], "")


def asked_for_in_python() -> set[tuple[str, str]]:
    return {strings_of(call) for _, tree in python_files() for call in gettext_calls(tree)}


def asked_for_in_templates() -> set[tuple[str, str]]:
    asked = set()
    for file in TEMPLATES:
        nodes = get_template(file.relative_to(REPOSITORY / "templates").as_posix()).template.nodelist
        asked |= {(node.filter_expression.var.literal, "") for node in nodes.get_nodes_by_type(TranslateNode)}
        for node in nodes.get_nodes_by_type(BlockTranslateNode):
            singular, plural = (node.render_token_list(part or [])[0] for part in (node.singular, node.plural))
            asked.add((singular, plural))
    return asked


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_catalogue_holds_exactly_the_strings_that_the_source_asks_for(language):
    asked = asked_for_in_python() | asked_for_in_templates()
    held = {(entry.msgid, entry.plural) for entry in catalogue(language)}
    assert asked - held == set(), "run `make messages`; xgettext sees no string inside an f-string"
    assert held - asked == set(), "run `make messages` and drop what is obsolete"


def test_every_string_has_an_english_text():
    entries = catalogue("en")
    assert [entry.msgid for entry in entries if entry.fuzzy or not all(entry.texts)] == []
    assert [entry.msgid for entry in entries if ARABIC_WRITING.search("".join(entry.texts))] == []


def test_arabic_is_written_in_the_source_and_its_catalogue_holds_only_six_forms_of_each_plural():
    for entry in catalogue("ar"):
        assert not entry.fuzzy, entry.msgid
        foreign = not ARABIC_WRITING.search(entry.msgid)  # a string of a package that has no Arabic of its own
        assert len(list(filter(None, entry.texts))) == (6 if entry.plural else int(foreign)), entry.msgid


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_text_fills_in_no_other_values_than_its_string(language):
    for entry in catalogue(language):
        given = set(re.findall(r"%\(\w+\)\w", entry.msgid + entry.plural))
        for text in filter(None, entry.texts):
            assert set(re.findall(r"%\(\w+\)\w", text)) <= given, text
        # Only the forms for none, one and two may do without their number.
        for text in entry.texts[1 if language == "en" else 3 :] if entry.plural else filter(None, entry.texts):
            assert set(re.findall(r"%\(\w+\)\w", text)) == given, text


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_compiled_catalogue_says_what_the_written_one_says(language):
    spoken = compiled(language)
    numbers = {"ar": [0, 1, 2, 3, 11, 100], "en": [1, 2]}[language]
    for entry in catalogue(language):
        if entry.plural:
            assert [spoken.ngettext(entry.msgid, entry.plural, number) for number in numbers] == entry.texts
        else:
            assert spoken.gettext(entry.msgid) == (entry.texts[0] or entry.msgid)


def test_numbers_agree_with_what_they_count_in_arabic():
    counted = {0: "لا مواد", 1: "مادة واحدة", 2: "مادتان", 3: "3 مواد", 10: "10 مواد", 11: "11 مادة", 99: "99 مادة"}
    counted |= {100: "100 مادة", 102: "102 مادة", 103: "103 مواد", 111: "111 مادة"}
    waiting = {2: "مقترحان ينتظران قراراً", 10: "10 مقترحات تنتظر قراراً", 11: "11 مقترحاً ينتظر قراراً"}
    with translation.override("ar"):
        for number, words in counted.items():
            assert ngettext("مادة واحدة", "%(shown)s مادة", number) % {"shown": number} == words
        for number, words in waiting.items():
            asked = ngettext("مقترح واحد ينتظر قراراً", "%(number)s مقترحات تنتظر قراراً", number)
            assert asked % {"number": number} == words


def outside_translation(file: Path) -> Iterator[Token]:
    """The tokens of a template that reach the reader as they stand."""
    inside = ""
    for token in Lexer(file.read_text("utf-8")).tokenize():
        name = token.contents.split(" ")[0] if token.token_type == TokenType.BLOCK else ""
        if inside:
            inside = "" if name == f"end{inside}" else inside
        elif name in ("comment", "blocktranslate"):
            inside = name
        elif name != "translate" and token.token_type != TokenType.COMMENT:
            yield token


# {% include … with label=_("…") %}
TRANSLATED_ARGUMENT = re.compile(r"""_\((["']).*?\1\)""")
# What is to be typed as it stands, in every language.
TYPED = re.compile(r"(?s)<code\b.*?</code>")


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_template_has_arabic_outside_a_translation(file):
    own = ARABIC_IN_EVERY_LANGUAGE.get(file.name, "")
    contents = (token.contents.replace(own, "") for token in outside_translation(file))
    shown = [TYPED.sub("", TRANSLATED_ARGUMENT.sub("", words)) for words in contents]
    assert [words.strip() for words in shown if ARABIC.search(words)] == []


def bare_arabic(tree: ast.Module) -> list[str]:
    """String constants with Arabic letters that are no argument of gettext and no docstring."""
    excused = {argument for call in gettext_calls(tree) for argument in call.args}
    excused |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [node.value for node in strings if node not in excused and ARABIC.search(node.value)]


def test_no_module_has_arabic_for_people_outside_gettext():
    bare = {path: strings for path, tree in python_files() if (strings := bare_arabic(tree))}
    assert {path: bare[path] for path in bare.keys() - ARABIC_THAT_IS_DATA.keys()} == {}
    assert ARABIC_THAT_IS_DATA.keys() <= bare.keys(), "an excuse that is needed no longer"


def test_no_script_has_lines_of_its_own_for_people():
    scripts = REPOSITORY / "static" / "js"
    code = {file: re.sub(r"(?m)// .*$", "", file.read_text("utf-8")) for file in scripts.rglob("*.js")}
    speaking = {file.relative_to(scripts).as_posix() for file in code if ARABIC_WRITING.search(code[file])}
    assert speaking == ARABIC_IN_JAVASCRIPT.keys()
