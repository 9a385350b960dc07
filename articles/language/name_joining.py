"""Joining the names of one article: later short mentions to the full name, other forms to one canonical name."""

from collections.abc import Iterable, Iterator

from articles.language.lexicon import known_names, name_counts, nationalities, ordinary_words, titles, word_set
from articles.language.name_candidates import Candidate, candidate, continues
from articles.language.name_tokens import Reading, Token
from articles.language.name_words import is_unknown

SHORT_MENTION = 0.7

_SHORTEST_SURNAME = 3
_PLAIN_SURNAME = 5

Key = tuple[str, tuple[str, ...]]


def short_mentions(tokens: list[Token], found: list[Candidate]) -> Iterator[Candidate]:
    """Surnames and shortened names of people and organisations that the text names in full."""
    surnames = _surnames(found)
    bodies = {item.words[0] for item in found if item.kind == "organisation" and len(item.words) > 1}
    bodies &= word_set("short_heads")
    taken = {index for item in found for index in range(item.first, item.last)}
    for index, token in enumerate(tokens):
        if index in taken:
            continue
        for reading in token.readings:
            rest = surnames.get(reading.stem)
            if rest is not None and continues(tokens, index + 1, rest) and _is_surname_here(tokens, index, reading):
                last = index + 1 + len(rest)
                yield candidate(tokens, index, last, reading.cut, reading.stem, "person", SHORT_MENTION)
                break
            if reading.stem in bodies and not _is_qualified(tokens, index + 1):
                yield candidate(tokens, index, index + 1, reading.cut, reading.stem, "organisation", SHORT_MENTION)
                break


def repeated_names(tokens: list[Token], found: list[Candidate]) -> Iterator[Candidate]:
    """Organisations, places and other names once more, without the class word or the marks that announced them.

    A name of one word is looked for again only if it is no ordinary word.
    """
    known = {
        item.words: item
        for item in found
        if item.kind != "person" and not item.names and (len(item.words) > 1 or _is_plain_name(item.words[0]))
    }
    by_first: dict[str, list[Candidate]] = {}
    for words in sorted(known, key=len, reverse=True):
        by_first.setdefault(words[0], []).append(known[words])
    taken = {index for item in found for index in range(item.first, item.last)}
    for index, token in enumerate(tokens):
        if index in taken:
            continue
        for reading in token.readings:
            for item in by_first.get(reading.stem, ()):
                if continues(tokens, index + 1, item.words[1:]):
                    last = index + len(item.words)
                    yield candidate(tokens, index, last, reading.cut, reading.stem, item.kind, SHORT_MENTION)


def _is_plain_name(word: str) -> bool:
    return is_unknown(word) and word not in name_counts()


def _surnames(found: Iterable[Candidate]) -> dict[str, tuple[str, ...]]:
    """First word → the other words of each person's family name, and of each single name that no lexicon holds."""
    surnames: dict[str, tuple[str, ...]] = {}
    for item in found:
        if item.kind == "person" and (len(item.words) > 1 or not item.names):
            begin = len(item.words) - 1
            while begin > 1 and item.words[begin - 1] in word_set("family_particles"):
                begin -= 1
            first, *rest = item.words[begin:]
            if rest or first not in nationalities() or item.names:
                surnames[first] = tuple(rest)
    return surnames


def _is_surname_here(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether the word is the person again: always after a verb of saying or a title, else if it is no other word."""
    stem = reading.stem
    if len(stem) < _SHORTEST_SURNAME or tokens[index].text.endswith("لى"):
        return False
    before = tokens[index - 1] if index and tokens[index].near else None
    if before is not None:
        if any(r.stem in word_set("speaking") or "personal" in titles().get(r.stem, ()) for r in before.readings):
            return True
        if before.key in name_counts() and before.key not in ordinary_words() and not reading.cut:
            return False
    counts = name_counts().get(stem)
    return stem not in ordinary_words() and (counts is None or counts.outside < _PLAIN_SURNAME)


def _is_qualified(tokens: list[Token], index: int) -> bool:
    """Whether a definite adjective follows, so that the words name something else: المقاومة اللبنانية."""
    if index >= len(tokens) or not tokens[index].near:
        return False
    return tokens[index].key.startswith("ال") and tokens[index].key not in word_set("boundaries")


def canonical_names(text: str, tokens: list[Token], found: list[Candidate]) -> list[str]:
    """For each candidate the name to file it under: the fullest form in the text, or the lexicon's if that is fuller.

    Forms belong together when the lexicon says so (البنتاغون، وزارة الدفاع الأميركية) or when one is short for exactly
    one other (غالانت، محافظة أبين … أبين). Two different people with one surname leave the surname unjoined.
    """
    surfaces: dict[Key, str] = {}
    names: dict[Key, tuple[str, ...]] = {}
    for item in found:
        key = (item.kind, item.words)
        written = _surface(text, tokens, item)
        surfaces[key] = written if written in item.names else surfaces.get(key, written)
        names[key] = item.names or names.get(key, ())
    fuller = _fuller_forms(list(surfaces))
    settled = {key: _settle(key, names, fuller) for key in surfaces}
    chosen = _fullest_by_name(settled, surfaces)
    return [chosen[(item.kind, item.words)] for item in found]


def _surface(text: str, tokens: list[Token], item: Candidate) -> str:
    """The name as written, in one line, with ال restored where لل stands for it."""
    written = " ".join(text[tokens[item.first].start + item.cut : tokens[item.last - 1].end].split())
    if item.words[0].startswith("ال") and written.startswith("لل"):
        return ("ال" + written[1:]) if item.words[0].startswith("الل") else ("ال" + written[2:])
    return written


def _fuller_forms(keys: list[Key]) -> dict[Key, Key]:
    """Each form that is short for another → the longest such one, unless different ones fit."""
    by_word: dict[tuple[str, str], list[Key]] = {}
    for kind, words in keys:
        for word in {words[0], words[-1]}:
            by_word.setdefault((kind, word), []).append((kind, words))
    found: dict[Key, Key] = {}
    for kind, words in keys:
        others = {*by_word[(kind, words[0])], *by_word[(kind, words[-1])]}
        longer = sorted((o for o in others if _is_short_for(kind, words, o[1])), key=lambda o: (-len(o[1]), o[1]))
        if longer and all(o == longer[0] or _is_short_for(kind, o[1], longer[0][1]) for o in longer[1:]):
            found[(kind, words)] = longer[0]
    return found


def _is_short_for(kind: str, words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    if len(full) <= len(words):
        return False
    if kind == "person":
        return _is_person_short(words, full)
    if kind == "place":
        return full[0] in word_set("place_heads") and full[1:] == words
    if full[: len(words)] == words:
        joined_to_another = full[len(words)].startswith("وال")
        return not joined_to_another and (len(words) > 1 or words[0] in word_set("short_heads"))
    return kind == "organisation" and len(words) > 1 and full[-len(words) :] == words


def _is_person_short(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    if len(words) == 1:
        return words[0] in (full[-1], full[0])
    remaining = iter(full)
    return all(word in remaining for word in words) and (words[-1] == full[-1] or words[0] == full[0])


def _settle(key: Key, names: dict[Key, tuple[str, ...]], fuller: dict[Key, Key]) -> tuple[str, str, Key]:
    """(kind, lexicon name or "", fullest form) under which the forms of one entity meet."""
    full = fuller.get(key, key)
    mentioned = {name for found in names.values() if len(found) == 1 for name in found}
    known = names[full] or names[key]
    name = next((name for name in known if name in mentioned), known[0] if known else "")
    return key[0], name, full


def _fullest_by_name(settled: dict[Key, tuple[str, str, Key]], surfaces: dict[Key, str]) -> dict[Key, str]:
    """Each form → the surface of the fullest form of its entity, or the lexicon's name where no form says as much."""
    groups: dict[tuple[str, object], list[Key]] = {}
    for kind, name, full in settled.values():
        groups.setdefault((kind, name or full), []).append(full)
    chosen: dict[Key, str] = {}
    for key, (kind, name, full) in settled.items():
        forms = groups[(kind, name or full)]
        best = max(forms, key=lambda form: (len(form[1]), surfaces[form] == name, len(surfaces[form])))
        chosen[key] = surfaces[best] if _says_enough(best, name) else name
    return chosen


def _says_enough(form: Key, name: str) -> bool:
    """Whether a form in the text can be the name: not a surname alone, nor a word for several (المملكة)."""
    kind, words = form
    if not name:
        return True
    if kind == "person":
        return len(words) > 1 or " " not in name
    return (kind, " ".join(words)) in known_names() or len(words) > 1
