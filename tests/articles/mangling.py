"""Pages made bad on purpose, the same ones each time: what a disk, a network or a careless writer does to HTML."""

import random
import re
from collections.abc import Callable

_TAG = re.compile(r"<[^>]*>")
_CLOSING = re.compile(r"</[a-z0-9]+>", re.IGNORECASE)
_ODD = [
    "&#0;",
    "&#xD800;",
    "&#99999999;",
    "&amp;amp;lt;",
    "&nosuch;",
    "\x00",
    "\x1b",
    "\u202e",
    "\ufeff",
    "\ufffe",
    "\U0001f9e8",
]
_OPENERS = ["<!--", "<![CDATA[", "<script>", "<style>", "<title>", "<textarea>", "<plaintext>", "<template>", "<?php"]
_NESTED = [
    ("<table><tr><td>", "</td></tr></table>"),
    ("<div>", "</div>"),
    ("<blockquote>", ""),
    ("<ul><li>", ""),
    ("<b>", ""),
]
_CHARSETS = ["windows-1256", "iso-8859-6", "utf-16", "windows-1252", "koi8-r", "no-such-charset"]
_ENCODINGS = ["cp1256", "iso8859_6", "utf-16-le", "utf-16-be", "utf-16", "utf-8-sig", "utf-32", "cp720"]


def mangled(page: str, seed: int) -> bytes:
    """The page after two mutations of its text and one of its bytes, all chosen by the seed."""
    chance = random.Random(seed)
    for mutate in chance.sample(_OF_TEXT, 2):
        page = mutate(page, chance)
    return chance.choice(_OF_BYTES)(page, chance)


def _place(page: str | bytes, chance: random.Random) -> int:
    return chance.randrange(len(page) + 1)


def _cut(page: str, chance: random.Random) -> str:
    return page[: _place(page, chance)]


def _without_a_piece(page: str, chance: random.Random) -> str:
    first, last = sorted((_place(page, chance), _place(page, chance)))
    return page[:first] + page[last:]


def _doubled(page: str, chance: random.Random) -> str:
    first, last = sorted((_place(page, chance), _place(page, chance)))
    return page[:last] + page[first:last] * chance.choice([1, 2, 5]) + page[last:]


def _swapped(page: str, chance: random.Random) -> str:
    first, middle, last = sorted(_place(page, chance) for _ in range(3))
    return page[:first] + page[middle:last] + page[first:middle] + page[last:]


def _unclosed(page: str, chance: random.Random) -> str:
    return _CLOSING.sub(lambda tag: "" if chance.random() < 0.5 else tag[0], page)


def _shuffled_tags(page: str, chance: random.Random) -> str:
    tags = _TAG.findall(page)
    chance.shuffle(tags)
    left = iter(tags)
    return _TAG.sub(lambda tag: next(left), page)


def _left_open(page: str, chance: random.Random) -> str:
    at = _place(page, chance)
    return page[:at] + chance.choice(_OPENERS) + page[at:]


def _unquoted(page: str, chance: random.Random) -> str:
    return "".join(letter for letter in page if letter not in "\"'" or chance.random() < 0.7)


def _odd_characters(page: str, chance: random.Random) -> str:
    for _ in range(40):
        at = _place(page, chance)
        page = page[:at] + chance.choice(_ODD) + page[at:]
    return page


def _nested(page: str, chance: random.Random) -> str:
    opening, closing = chance.choice(_NESTED)
    depth, at = chance.choice([50, 300, 3000]), _place(page, chance)
    return page[:at] + opening * depth + page[at:] + closing * depth


def _swollen(page: str, chance: random.Random) -> str:
    at = _place(page, chance)
    return page[:at] + f"<p title='{'س' * 200_000}'>" + page[at:]


def _broken_data(page: str, chance: random.Random) -> str:
    values = [
        '{"@type": "NewsArticle", "datePublished": ',
        '[[[[{"a":1}',
        "null",
        '{"author": {"name": [1, {}]}, "headline": 7}',
    ]
    script = f'<script type="application/ld+json">{chance.choice(values)}</script>'
    return script + page.replace("application/ld+json", chance.choice(["application/ld+json", "text/x"]))


def _declared_wrongly(page: str, chance: random.Random) -> str:
    return re.sub(r"(?i)charset=[\"']?utf-8", f'charset="{chance.choice(_CHARSETS)}', page)


def _as_it_is(page: str, chance: random.Random) -> bytes:
    return page.encode("utf-8", "surrogatepass")


def _in_another_encoding(page: str, chance: random.Random) -> bytes:
    return page.encode(chance.choice(_ENCODINGS), "replace")


def _with_changed_bytes(page: str, chance: random.Random) -> bytes:
    data = bytearray(page.encode("utf-8", "surrogatepass"))
    for _ in range(len(data) // chance.choice([50, 500, 5000])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _with_nuls(page: str, chance: random.Random) -> bytes:
    data = page.encode("utf-8", "surrogatepass")
    at = _place(data, chance)
    return data[:at] + bytes(chance.choice([1, 100, 10_000])) + data[at:]


def _cut_in_a_letter(page: str, chance: random.Random) -> bytes:
    data = page.encode("utf-8", "surrogatepass")
    return data[_place(data, chance) // 3 :][: _place(data, chance)]


Mutation = Callable[[str, random.Random], str]
_OF_TEXT: list[Mutation] = [
    _cut, _without_a_piece, _doubled, _swapped, _unclosed, _shuffled_tags, _left_open,
    _unquoted, _odd_characters, _nested, _swollen, _broken_data, _declared_wrongly,
]  # fmt: skip
_OF_BYTES: list[Callable[[str, random.Random], bytes]] = [
    _as_it_is, _as_it_is, _in_another_encoding, _with_changed_bytes, _with_nuls, _cut_in_a_letter,
]  # fmt: skip
