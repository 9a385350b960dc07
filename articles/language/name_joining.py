"""Joining the names of one article: later short mentions to the full name, other forms to one canonical name."""

from collections import Counter
from collections.abc import Iterable, Iterator

from articles.language.lexicon import name_counts, ordinary_words, titles
from articles.language.name_candidates import Candidate, candidate
from articles.language.name_tokens import Token

SHORT_MENTION = 0.7
_FAMILY_PARTICLES = frozenset(["بن", "ال", "ابو", "دي", "فان", "فون", "لو", "عبد", "ولد"])
# Class words that are left out when a place is named the second time: محافظة أبين … أبين.
_PLACE_HEADS = frozenset(["محافظه", "ولايه", "منطقه", "مدينه", "اقليم", "مقاطعه", "جزيره"])
# Nouns that stand for the whole name later in the article, unlike الوزارة or الشركة.
_SHORT_HEADS = frozenset(["المرصد", "التحالف", "الائتلاف", "المقاومه", "الحراك", "الشبكه"])
_SPEAKING = frozenset(
    ["قال", "قالت", "اضاف", "اضافت", "اكد", "اكدت", "اوضح", "اوضحت", "ذكر", "ذكرت", "اعلن", "اعلنت", "اشار", "اشارت", "تابع", "تابعت", "صرح", "صرحت", "شدد", "شددت", "راي", "اعتبر", "اعتبرت", "لفت", "نفي", "رد"]
)


def short_mentions(tokens: list[Token], found: list[Candidate]) -> Iterator[Candidate]:
    """Surnames and shortened names of people and organisations that the text names in full."""
    surnames = _surnames(found)
    heads = {item.words[0] for item in found if item.kind == "organisation" and len(item.words) > 1} & _SHORT_HEADS
    taken = {index for item in found for index in range(item.first, item.last)}
    for index, token in enumerate(tokens):
        if index in taken:
            continue
        for reading in token.readings:
            words = surnames.get(reading.stem)
            if words and _continues(tokens, index, words) and _is_name_here(tokens, index, reading.stem, reading.cut):
                yield candidate(tokens, index, index + len(words), reading.cut, reading.stem, "person", SHORT_MENTION)
                break
            if reading.stem in heads and not (index + 1 < len(tokens) and tokens[index + 1].near and tokens[index + 1].key.startswith("ال") and tokens[index+1].key not in _NOT_ATTRIBUTES):
                yield candidate(tokens, index, index + 1, reading.cut, reading.stem, "organisation", SHORT_MENTION)
                break


_NOT_ATTRIBUTES = frozenset(["الذي", "التي", "اليوم", "الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "السبت"])


def _surnames(found: Iterable[Candidate]) -> dict[str, tuple[str, ...]]:
    """First word → all words of each person's family name."""
    surnames: dict[str, tuple[str, ...]] = {}
    for item in found:
        if item.kind == "person" and len(item.words) > 1:
            words = item.words[-2:] if len(item.words) > 2 and item.words[-2] in _FAMILY_PARTICLES else item.words[-1:]
            surnames[words[0]] = words
    return surnames


def _continues(tokens: list[Token], index: int, words: tuple[str, ...]) -> bool:
    rest = words[1:]
    return index + len(rest) < len(tokens) and all(
        tokens[index + 1 + n].near and tokens[index + 1 + n].key == word for n, word in enumerate(rest)
    )


def _is_name_here(tokens: list[Token], index: int, stem: str, cut: int) -> bool:
    """An ordinary word or a given name is the surname only after a verb of saying or a title."""
    if len(stem) < 3 or (tokens[index].text.endswith("لى")):
        return False
    counts = name_counts().get(stem)
    plain = stem not in ordinary_words() and (counts is None or counts.outside < 5)
    before = tokens[index - 1] if index and tokens[index].near else None
    if before is not None and any(r.stem in _SPEAKING or "personal" in titles().get(r.stem, ()) for r in before.readings):
        return True
    if before is not None and before.key in name_counts() and before.key not in ordinary_words() and not cut:
        return False
    return plain


def canonical_names(text: str, tokens: list[Token], found: list[Candidate]) -> list[str]:
    """For each candidate the name to file it under: the lexicon's, else the fullest form in the text."""
    surfaces = [surface(text, tokens, item) for item in found]
    in_lexicon = Counter(name for item in found for name in item.names if len(item.names) == 1)
    return [
        _lexicon_name(item, in_lexicon) or _fullest(item, found, surfaces, in_lexicon) or surfaces[position]
        for position, item in enumerate(found)
    ]


def _lexicon_name(item: Candidate, in_lexicon: Counter[str]) -> str:
    if not item.names:
        return ""
    return max(item.names, key=lambda name: in_lexicon[name])


def surface(text: str, tokens: list[Token], item: Candidate) -> str:
    """The words as written, with ال restored where لل stands before them."""
    written = text[tokens[item.first].start + item.cut : tokens[item.last - 1].end]
    if written.startswith("لل") and item.words[0].startswith("ال"):
        return "ال" + written[2:] if not item.words[0].startswith("الل") else "ال" + written[1:]
    return written


def _fullest(item: Candidate, found: list[Candidate], surfaces: list[str], in_lexicon: Counter[str]) -> str:
    """The longest name in the text of which this one is a part; nothing when two different ones fit."""
    best: tuple[int, int] | None = None
    for position, other in enumerate(found):
        if other.kind == item.kind and len(other.words) > len(item.words) and _is_short_for(item, other):
            size = len(other.words)
            if best is None or size > best[0]:
                best = (size, position)
    if best is None:
        same = next((p for p, other in enumerate(found) if other.kind == item.kind and other.words == item.words), None)
        return surfaces[same] if same is not None else ""
    full = found[best[1]]
    return _lexicon_name(full, in_lexicon) or surfaces[best[1]]


def _is_short_for(short: Candidate, full: Candidate) -> bool:
    words = short.words
    if short.kind == "person":
        return _is_person_short(words, full.words)
    if short.kind == "place":
        return full.words[0] in _PLACE_HEADS and full.words[1:] == words
    if full.words[: len(words)] == words:
        return len(words) > 1 or words[0] in _SHORT_HEADS
    return full.words[-len(words) :] == words and len(words) > 1 and short.kind == "organisation"


def _is_person_short(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    if len(words) == 1:
        return words[0] == full[-1] or words[0] == full[0]
    inner = iter(full)
    return all(word in inner for word in words) and (words[-1] == full[-1] or words[0] == full[0])
