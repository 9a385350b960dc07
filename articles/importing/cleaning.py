"""Which lines of a page are the article's, and what each of them is. Inside a line only white space changes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.importing.boilerplate import find_boilerplate
from articles.importing.pages import Block, BlockKind
from articles.language.folding import fold

# A new version means that the same page may give another text; stored with every revision.
CLEANER_VERSION = "2"

# Controls that show nothing: C0 and C1, soft hyphen, zero-width and directional ones, half of a surrogate pair.
# Arabic signs of category Cf that are drawn (the number sign U+0600, the end of ayah) stay.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U0001d173-\U0001d17a]"
    # The joiner and tags are part of some emoji.
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f])[\u200d\U000e0001-\U000e007f]"
)
# How far into a page the headline may be repeated.
_REPEATED_WITHIN = 4
_HEADING_LENGTH = 80
_HEADING_WORDS = 12
# What stands before and after a heading is a passage of text, not a line of a list or of a poem.
_PASSAGE_LENGTH = 110
_CLOSED = re.compile(r"[.!?؟…،؛:,;=*_-][»”\"')\]]*$|^[-–—•*+>(\[]|^\d+\s*[-–.):/]|[)\]]$|://")
_LETTERS_ONLY = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`site` is the republisher that names itself in the text, or empty. `credit_lines` name where the text is from."""

    title: str
    blocks: Sequence[Block]
    site: str
    credit_lines: tuple[str, ...] = ()


def clean_line(text: str) -> str:
    """One line: white space collapsed, invisible control characters dropped."""
    line = " ".join(text.split())
    # All of them but this one count as not printable: most lines are seen to have none at a tenth of the cost.
    if line.isprintable() and "\u034f" not in line:
        return line
    return " ".join(_INVISIBLE.sub("", text).split())


def clean_lines(lines: Iterable[str], kind: BlockKind = "paragraph") -> list[Block]:
    """A block per line that is not empty."""
    return [Block(kind, line) for line in map(clean_line, lines) if line]


def clean_article(title: str, blocks: Sequence[Block], *, outlet: str = "") -> Cleaned:
    """An article without its page's boilerplate and with its headings found.

    `blocks` hold clean lines; `outlet` is the host or the key of the source, for rules of that outlet alone.
    A republisher's sentence gives the headline where `title` is empty; lines that credit another outlet are dropped
    from the text and handed on.
    """
    found = find_boilerplate([block.text for block in blocks], outlet)
    title = title or found.title
    kept = [block for number, block in enumerate(blocks) if number not in found.lines]
    credits = tuple(blocks[number].text for number in found.credits)
    return Cleaned(title, mark_headings(_without_title(title, kept)), found.site, credits)


def same_words(one: str, other: str) -> bool:
    """Whether two lines differ in spelling, marks and punctuation at most."""
    return _words_of(one) == _words_of(other)


def _words_of(line: str) -> str:
    return _LETTERS_ONLY.sub("", fold(line))


def _without_title(title: str, blocks: list[Block]) -> list[Block]:
    words = _words_of(title)
    return [
        block
        for number, block in enumerate(blocks)
        if number >= _REPEATED_WITHIN or len(block.text) > 2 * len(title) + 20 or _words_of(block.text) != words
    ]


def mark_headings(blocks: Sequence[Block]) -> list[Block]:
    """Paragraphs that are headings by their look: short, not closed by punctuation, between two passages of text."""
    marked = list(blocks)
    for number in range(1, len(blocks) - 1):
        before, block, after = blocks[number - 1 : number + 2]
        if block.kind == "paragraph" and _is_passage(before) and _is_passage(after) and _looks_like_heading(block.text):
            marked[number] = Block("heading", block.text)
    return marked


def _is_passage(block: Block) -> bool:
    return block.kind != "heading" and len(block.text) >= _PASSAGE_LENGTH


def _looks_like_heading(line: str) -> bool:
    return len(line) <= _HEADING_LENGTH and len(line.split()) <= _HEADING_WORDS and not _CLOSED.search(line)
