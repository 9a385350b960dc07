"""Cues: the words that attribute, with the forms derived from `data/cues.tsv`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from annotations.detection.reading import Reading
from annotations.detection.vocabulary import classes_of, particles
from articles.language.folding import fold

_CUES = Path(__file__).parent / "data" / "cues.tsv"
_OBJECTS = ("ه", "ها", "هم", "هما")
# Rows of one form → what kind of cue it is.
_UNDERIVED = {"source": "source", "form": "verb", "noun": "noun"}
# «يريد أن يقول» tells of words that were not said, «لا أحد قال» of nobody.
_SUBJUNCTIVE = "ان"
_NOBODY = ("احد", "احدا")
# The perfect that is also و before another verb (ورد الوزير بأن).
_DOUBLE = "ورد"
_COMPLEMENTISERS = ("complementiser", "complementiser_with_subject")
_NEAR = 4
_RELATIVES = ("ما", "مما", "عما", "بما")


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a cue. `gender` is "m", "f" or "" and `plural` likewise what the form tells about its subject."""

    lemma: str
    kind: str
    frames: frozenset[str]
    stance: str
    gender: str = ""
    plural: bool = False
    imperfect: bool = False

    @property
    def tight(self) -> bool:
        return "tight" in self.frames

    @property
    def subject_preposition(self) -> str:
        """Folded, of cues whose source stands after a preposition (نقل عن X)."""
        return next((fold(frame[8:]) for frame in self.frames if frame.startswith("subject:")), "")


@dataclass(frozen=True, slots=True)
class CueMatch:
    """Tokens [first, stop) of a cue; `start` leaves out an attached و or ف. `verb` is set for «بحسب ما أفاد»."""

    first: int
    stop: int
    start: int
    end: int
    cue: Cue
    attached: str = ""
    verb: Cue | None = None


def _finite_forms(perfect: str, imperfect: str, *, defective: bool) -> Iterator[tuple[str, str, bool, bool]]:
    """(form, gender, plural, imperfect) of the third person; everything already folded."""
    if perfect:
        # A defective verb loses its last letter: نفى → نفت، نفوا.
        stem = perfect[:-1] if defective and len(perfect) > 2 else perfect
        yield perfect, "m", False, False
        yield stem + "ت", "f", False, False
        yield stem + "وا", "m", True, False
        if stem == perfect:
            yield stem + "ا", "m", True, False
        yield stem + "تا", "f", True, False
    if imperfect:
        rest = imperfect[1:]
        long = rest[:-1] if rest[-1] in "يو" and len(rest) > 2 else rest
        yield "ي" + rest, "m", False, True
        yield "ت" + rest, "f", False, True
        yield "ي" + long + "ون", "m", True, True
        yield "ي" + rest + "ان", "m", True, True


def _verb_forms(row: list[str]) -> Iterator[tuple[str, Cue]]:
    _, perfect, imperfect, participle, noun, frames, stance = row[:7]
    base = Cue(perfect, "verb", frozenset(frames.split()), stance)
    perfect, imperfect, participle, noun = map(fold, (perfect, imperfect, participle, noun))
    # Not those that end in a hamza, which folds to the same letter (تنبأ).
    defective = base.lemma.endswith(("ى", "ا", "ي"))
    for form, gender, plural, unfinished in _finite_forms(perfect, imperfect, defective=defective):
        cue = replace(base, gender=gender, plural=plural, imperfect=unfinished)
        yield form, cue
        if "object" in base.frames and not form.endswith("ا"):
            # The last letter of a defective perfect is written out: سمى → سماه.
            stem = form[:-1] + "ا" if form == perfect and form.endswith("ي") else form
            for ending in _OBJECTS:
                yield stem + ending, cue
    if participle:
        active = replace(base, kind="participle")
        yield participle + "ا", replace(active, gender="m")
        yield participle + "ه", replace(active, gender="f")
        yield participle.removesuffix("ي") + "ين", replace(active, gender="m", plural=True)
    if noun:
        for ending in _OBJECTS[:3]:
            for preposition in ("", "ب"):
                form = preposition + noun + ending
                yield form, replace(base, kind="noun", gender="f" if ending == "ها" else "m")


def _possessed_forms(cue: Cue) -> dict[str, Cue]:
    """على حد قوله، قولها، قولهم: the source is a pronoun."""
    endings = (("ه", "m", False), ("ها", "f", False), ("هم", "m", True))
    return {fold(cue.lemma) + ending: replace(cue, gender=gender, plural=many) for ending, gender, many in endings}


@lru_cache(maxsize=1)
def lexicon() -> dict[str, Cue]:
    """Folded form (phrases with single spaces) → cue. Forms that two verbs share take the frames of both."""
    forms: dict[str, Cue] = {}
    for line in _CUES.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        row = [*line.split("\t"), "", "", ""]
        if row[0] == "not":
            forms.pop(fold(row[1]), None)
            continue
        if row[0] == "near":
            known = forms[fold(row[1])]
            forms[fold(row[1])] = replace(known, frames=known.frames | {"near"})
            continue
        if row[0] in _UNDERIVED:
            kind = _UNDERIVED[row[0]]
            cue = Cue(row[1], kind, frozenset(row[5].split()), row[6])
            forms |= _possessed_forms(cue) if "possessed" in cue.frames else {}
            forms[fold(row[1])] = replace(cue, frames=cue.frames - {"possessed"})
            continue
        for form, cue in _verb_forms(row):
            known = forms.get(form)
            forms[form] = cue if known is None else replace(known, frames=known.frames | cue.frames)
    return forms


@lru_cache(maxsize=1)
def _phrase_beginnings() -> frozenset[str]:
    return frozenset(form.split()[0] for form in lexicon() if " " in form)


def find_cues(reading: Reading) -> dict[int, CueMatch]:
    """By first token, in order; a token belongs to one cue only."""
    found: dict[int, CueMatch] = {}
    taken = 0
    for token, form in enumerate(reading.forms):
        if token < taken:
            continue
        attached = form[0] if _joins(reading, token, form) else ""
        stop, cue = _look_up(reading, token, form[len(attached) :])
        match = _match(reading, token, stop, cue, attached) if cue is not None else None
        if match is not None:
            found[token] = match
            taken = match.stop
    return found


def _joins(reading: Reading, token: int, form: str) -> bool:
    """Whether the first letter is و or ف before a cue; «ورد في البيان» begins with its own."""
    cue = lexicon().get(form)
    if cue is not None and cue.lemma == _DOUBLE:
        # Reports and what came to somebody arrive (وردت تقارير، ورد إليه); people and bodies answer.
        following = reading.forms[token + 1] if token + 1 < len(reading) else ""
        arrives = classes_of(following) & {"document", "aside", "around", "time"}
        return not (arrives or following in particles("preposition"))
    if form[0] not in "وف" or len(form) <= 3:
        return False
    return cue is None and form not in _phrase_beginnings()


def _look_up(reading: Reading, token: int, form: str) -> tuple[int, Cue | None]:
    """The longest cue that begins with the word, and the token after it."""
    forms = lexicon()
    if form in _phrase_beginnings():
        words = [form, *reading.forms[token + 1 : token + 3]]
        for length in range(len(words), 1, -1):
            cue = forms.get(" ".join(words[:length]))
            if cue is not None:
                return token + length, cue
    return token + 1, forms.get(form)


def _match(reading: Reading, token: int, stop: int, cue: Cue, attached: str) -> CueMatch | None:
    if cue.kind == "verb" and _unsaid(reading, token, cue, attached):
        return None
    if cue.kind == "verb" and (_is_noun(reading, token, cue, attached) or _is_passive(reading, token, cue)):
        return None
    if "opens" in cue.frames and cue.kind == "verb" and not (attached or _opens_clause(reading, token)):
        return None
    if cue.kind == "participle" and not attached and _describes_thing(reading, token, cue):
        return None
    if "near" in cue.frames and not _says_at_once(reading, stop):
        return None
    verb = None
    if cue.kind == "source" and "possessed" not in cue.frames:
        stop, verb = _clause_of_source(reading, stop)
    elif cue.kind != "source" and stop < len(reading) and reading.forms[stop] in particles("saying"):
        stop += 1
    start = reading.starts[token]
    if attached:
        start += 1
        while start < reading.ends[token] and not fold(reading.text[start]):
            start += 1
    return CueMatch(token, stop, start, reading.ends[stop - 1], cue, attached, verb)


def _clause_of_source(reading: Reading, stop: int) -> tuple[int, Cue | None]:
    """Takes in the verb of بحسب ما أفاد، حسبما قال، وفقاً لما قاله."""
    after = stop
    if after < len(reading) and reading.forms[after] in ("ما", "لما"):
        after += 1
    if after < len(reading):
        form = reading.forms[after]
        verb = lexicon().get(form)
        if verb is None and (after > stop or reading.forms[stop - 1].endswith("ما")):
            verb = lexicon().get(form.removesuffix("ه")) or lexicon().get(form.removesuffix("ته"))
        if verb is not None and verb.kind == "verb":
            return after + 1, verb
    return stop, None


def _is_noun(reading: Reading, token: int, cue: Cue, attached: str) -> bool:
    """After a preposition; or نفي, the noun, where the verb is written نفى; إبان, «during»; «بينها وبين»."""
    if cue.lemma == "أبان" and reading.surface(token).lstrip("وف").startswith("إ"):
        return True
    if cue.lemma == "بيّن" and attached and _pairs_between(reading, token):
        return True
    if not attached and token + 1 < len(reading) and reading.forms[token + 1] in particles("withheld"):
        return True
    if reading.forms[token].endswith("ي") and not cue.imperfect and reading.surface(token).endswith("ي"):
        return True
    return token > 0 and not attached and reading.forms[token - 1] in particles("before_noun")


def _pairs_between(reading: Reading, token: int) -> bool:
    """«المعركة بينها وبين السعودية», «بين البلدين وبين غيرهما»."""
    return any(form.startswith("بين") for form in reading.forms[max(0, token - _NEAR) : token])


def _is_passive(reading: Reading, token: int, cue: Cue) -> bool:
    """يدعى («is called») is written with ى, يدعي («claims») with ي; of the verbs here only يرى ends in ى itself."""
    return cue.imperfect and reading.surface(token).endswith("ى") and cue.lemma != "رأى"


def _says_at_once(reading: Reading, stop: int) -> bool:
    forms = reading.forms[stop : stop + 2]
    if forms and forms[0] in particles("complement_preposition"):
        forms = forms[1:]
    return bool(forms) and any(forms[0] in particles(name) for name in _COMPLEMENTISERS)


def _describes_thing(reading: Reading, token: int, cue: Cue) -> bool:
    """«لم يكن متوقعاً أن», «اعتقاداً جازماً بأن»: what something is, not what somebody does."""
    if token == 0:
        return False
    before = reading.forms[token - 1]
    return before in particles("being") or (
        "epithet" in cue.frames and reading.surface(token - 1).endswith(("ا", "اً", "ًا"))
    )


def _opens_clause(reading: Reading, token: int) -> bool:
    """Nothing, a sign or a conjunction before; or written with its shadda (بيّن)."""
    if token == 0 or not reading.is_word[token - 1] or "\u0651" in reading.surface(token):
        return True
    return reading.forms[token - 1] in particles("clause_link")


def _unsaid(reading: Reading, token: int, cue: Cue, attached: str) -> bool:
    if attached or token == 0:
        return False
    before = reading.forms[token - 1]
    if before == "يا":
        # «يا ترى»
        return True
    if before in ("قد", "وقد", "فقد"):
        return cue.imperfect
    if cue.imperfect and before == _SUBJUNCTIVE:
        # «قبل أن يضيف» it was said after all.
        return reading.forms[token - 2 : token - 1] != ["قبل"]
    if before in _NOBODY and reading.forms[token - 2 : token - 1] in (["لا"], ["ولا"]):
        return True
    if before in _RELATIVES and "object" in cue.frames and reading.forms[token].endswith(_OBJECTS):
        # «ما وصفه بـ…»: with its object repeated the particle is a relative.
        return False
    return before in particles("unsaid") or (before[:1] in "وف" and before[1:] in particles("unsaid"))
