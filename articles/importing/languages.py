"""The language of a text, by its letters first: templates often declare the wrong one."""

import re
from collections.abc import Sequence

from articles.importing.pages import Block

_ARABIC_SCRIPT = re.compile(r"[\u0620-\u064a\u0671-\u06d3\u06fa-\u06fc]")
_LETTER = re.compile(r"[^\W\d_]")
# In Arabic the article is on every third or fourth word; the other languages borrow it in names only.
_ARABIC_ARTICLE = re.compile(r"\b[وفبك]?(?:ال|لل)[\u0620-\u064a]{2}")
_WORD = re.compile(r"\w+")
_ARTICLE_SHARE = 0.1
# Letters that Arabic does not have. چ پ ژ گ occur in Arabic news as borrowed sounds, but not every few words.
_PERSIAN = re.compile(r"[پچژگکی]")
_URDU = re.compile(r"[ٹڈڑےںھہ]")
_KURDISH = re.compile(r"[ڕڵۆێە]")
_SAMPLE = 1500
_FOREIGN_SHARE = 0.03
_TAG = re.compile(r"[a-z]{2,3}")
UNKNOWN = "und"


def language_of(title: str, blocks: Sequence[Block], declared: str = "") -> str:
    """An ISO 639 code. `declared` (as in HTML's lang) decides only between languages of the text's own script."""
    sample = "\n".join((title, *(block.text for block in blocks[:10])))[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    arabic = len(_ARABIC_SCRIPT.findall(sample))
    match = _TAG.match(declared.strip().lower())
    tag = match[0] if match else ""
    if arabic * 2 < letters:
        return tag if tag and tag not in ("ar", "fa", "ur", "ckb") else UNKNOWN
    if len(_ARABIC_ARTICLE.findall(sample)) > _ARTICLE_SHARE * len(_WORD.findall(sample)):
        return "ar"
    for language, pattern in (("ckb", _KURDISH), ("ur", _URDU), ("fa", _PERSIAN)):
        if len(pattern.findall(sample)) > _FOREIGN_SHARE * arabic:
            return language
    return "ar"
