"""A byline in its pieces: dates and addresses taken out, labels taken off, parted at marks and between names."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from articles.importing.bylines.words import (
    is_agency,
    is_family_name,
    is_given_name,
    is_label,
    is_nobody,
    is_outlet,
    is_particle,
    is_person,
    is_place,
    plain,
    words_of,
)
from articles.importing.cleaning import clean_line
from articles.language.dates import find_dates
from articles.language.folding import fold_with_map

Kind = Literal["person", "photographer", "place", "agency", "own", "nobody", "unknown"]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a byline between two marks: `opened` by a bracket or a quotation mark; `closing` is what follows.

    It `signs` where «كتب» or its like stands before it.
    """

    text: str
    opened: str = ""
    closing: str = ""
    kind: Kind = "unknown"
    signs: bool = False


_LONGEST = 300
_ADDRESS = re.compile(
    r"\S+@\S+\.\w+|(?:https?://|www\.)\S+|(?<!\w)@\w+|\b(?:twitter|facebook|x)\.com\S*", re.IGNORECASE
)
_BRACKETS = {"(": ")", "«": "»", '"': '"', "“": "”", "{": "}", "[": "]", "'": "'"}
_MARKS = re.compile(
    r"(?P<mark>\s+من\s+(?=\S)|\s+في\s+(?=\S)|[:|/،,؛;•·*+\n]|\s_|_\s|\s[-–—ـ]+|[-–—ـ]+\s|–|—|ـ{2,}(?=\s)"
    r"|(?<=\w)-(?=\w)|[()«»\"“”{}\[\]])"
)
_DANGLING = re.compile(r"\s+(?:في|من|بتاريخ|يوم|الموافق)$")
_LETTER = re.compile(r"[^\W\d_]")
# Labels in the middle part what is before them from what is after: «فهد الدوس .. تصوير حاتم عمر».
_LABEL_INSIDE = re.compile(r"(?<=\w)[\s.]+(?=(?:تصوير|عدسة|ترجمة|إعداد|بقلم)(?!\w))")
_WEEKDAY = re.compile(r"\b(?:mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?\b", re.IGNORECASE)
# «خاص بالرياض»، «خاص لـ«الحياة»»
_SPECIAL = "خاص"
_FOR = re.compile(r"^(?:لل|[بل]ـ?(?=ال|$))")
_EDGES = " \t.،,؛;:*-–—ـ_|/\\\"'“”«»()[]{}"
_AND = re.compile(r"\s+و\s*(?=\w)")
# Figures that are left when dates are taken out.
_FIGURES = re.compile(r"\b\d[\d:/. -]*(?:am|pm|ص|م)?\b")


def parts_of(raw: str, own: frozenset[str]) -> list[Part]:
    """`own` are the plain names of the page's own outlet. Longer lines are read as far as a byline may go."""
    line = clean_line(_ADDRESS.sub(" ", html.unescape(html.unescape(raw[:_LONGEST]))))
    line = _LABEL_INSIDE.sub(" | ", _without_dates(line))
    return list(_parts(line, own))


def _without_dates(line: str) -> str:
    for mention in reversed(find_dates(line)):
        if mention.precision in ("day", "minute") and any(
            letter.isdigit() for letter in line[mention.start : mention.end]
        ):
            line = line[: mention.start] + " | " + line[mention.end :]
    line = _WEEKDAY.sub(" ", line)
    folded = fold_with_map(line)
    for match in reversed(list(_FIGURES.finditer(folded.text))):
        start, end = folded.to_original(*match.span())
        line = line[:start] + " | " + line[end:]
    return line


def _parts(line: str, own: frozenset[str]) -> Iterator[Part]:
    """The pieces between marks, labels taken off and names that «و» joins set apart."""
    signing = ""
    for part in _pieces(line):
        label, text = _without_label(part.text)
        signing = label or signing
        if not _LETTER.search(text):
            continue
        kind: Kind = "photographer" if signing == "photographing" else "unknown"
        for piece in _split_inside(text, own):
            yield replace(part, text=piece, kind=kind, signs=bool(signing))
        signing = ""


def _pieces(line: str) -> Iterator[Part]:
    position, opened = 0, ""
    for match in [*_MARKS.finditer(line), None]:
        end = match.start() if match else len(line)
        mark = match["mark"].strip() if match else ""
        if match and mark in ("-", "في") and not _parts_words(line, match):
            continue
        text = _DANGLING.sub("", line[position:end].strip(_EDGES))
        if text:
            yield Part(text, opened, mark)
        position = match.end() if match else end
        opened = mark if mark in _BRACKETS and mark != _BRACKETS.get(opened) else ""


def _parts_words(line: str, match: re.Match[str]) -> bool:
    """A hyphen without spaces parts two people, and what is known from the rest (الرياض-الوئام), but no double names.

    «في» stands before a place: «مراسلنا في غزة», not «أستاذ في جامعة».
    """
    before = re.split(_MARKS, line[: match.start()])[-1].strip(_EDGES)
    after = re.split(_MARKS, line[match.end() :])[0].strip(_EDGES)
    if match["mark"].strip() == "في":
        return any(is_place(" ".join(after.split()[:size])) for size in (1, 2, 3))
    if match.group() != "-" or all(" " in side and is_person(side) for side in (before, after)):
        return True
    return any(is_place(side) or is_agency(side) or is_outlet(side) or is_label(side) for side in (before, after))


def _without_label(text: str) -> tuple[Literal["", "signing", "photographing"], str]:
    """«تقرير وتصوير سامر النوري» without the words that say what he did."""
    label: Literal["", "signing", "photographing"] = ""
    words = text.split()
    while words:
        for length in (2, 1):
            phrase = plain(" ".join(words[:length]))
            phrase = phrase[1:] if label and phrase.startswith("و") else phrase
            if phrase in words_of("photographing"):
                label = label or "photographing"
            elif phrase in words_of("signing") and not _is_nobody_whole(words, length):
                label = "signing"
            else:
                continue
            words = words[length:]
            if phrase == _SPECIAL and words:
                words[0] = _FOR.sub(lambda match: "ال" if match[0].startswith("لل") else "", words[0])
            break
        else:
            break
    return label, " ".join(words).strip(_EDGES)


def _is_nobody_whole(words: Sequence[str], length: int) -> bool:
    """«تحرير الأخبار»، «مراسل الشؤون العسكرية»: what looks like a label belongs to what follows it."""
    if len(words) <= length:
        return False
    return is_nobody(" ".join(words)) or plain(words[length]) in words_of("subject")


def _split_inside(text: str, own: frozenset[str]) -> Iterator[str]:
    """«سوسن النوري وعادل الراوي»، «رويترز وأ ب»، «فيصل البعيجان الرياض» in their pieces."""
    if plain(text) in own or is_outlet(text) or is_agency(text) or is_place(text):
        yield text
        return
    start = 0
    for match in _AND.finditer(text):
        before, after = text[start : match.start()], text[match.end() :]
        if _joins_names(before, after, text[match.start() : match.end()]):
            yield from _without_place_beside(before.strip(_EDGES), own)
            start = match.end()
    yield from _without_place_beside(text[start:].strip(_EDGES), own)


def _joins_names(before: str, after: str, joint: str) -> bool:
    first = after.split(maxsplit=1)[0]
    if is_agency(before) or is_place(before):
        return is_agency(after) or is_place(after) or (is_place(before) and " " in after)
    # وليد and وائل begin with the letter themselves.
    is_whole = joint.strip() == "و" and not joint.endswith(" ") and is_given_name("و" + first)
    return is_given_name(first) and not is_whole and len(before.split()) > 1


def _without_place_beside(text: str, own: frozenset[str]) -> Iterator[str]:
    """Pieces that no mark parts: «سبق أبها»، «برلين أ ف ب»، «فيصل البعيجان الرياض»."""
    words = text.split()
    for size in range(1, min(len(words), 4)):
        head, rest = " ".join(words[:size]), " ".join(words[size:])
        body, tail = " ".join(words[:-size]), " ".join(words[-size:])
        if _is_outlet(head, own) and is_place(rest):
            yield from (head, rest)
        elif is_agency(tail) and (is_place(body) or _is_outlet(body, own)):
            yield from (body, tail)
        elif len(words) - size >= 2 and is_place(head) and not is_given_name(words[0]) and is_person(rest):
            yield from (head, rest)
        elif len(words) - size >= 2 and is_person(body) and is_place(tail) and not _is_of_name(words, size):
            yield from (body, tail)
        else:
            continue
        return
    yield text


def _is_of_name(words: Sequence[str], size: int) -> bool:
    """Whether the last words, though a place, are a family's name: «حسام أبو العلا»."""
    return is_family_name(words[-1]) or is_particle(words[-size - 1])


def _is_outlet(words: str, own: frozenset[str]) -> bool:
    return plain(words) in own or is_agency(words) or is_outlet(words)
