"""Names that a class word announces: وزارة …، جامعة …، محافظة …، صحيفة «…»، and resolutions and units by number."""

from collections.abc import Iterator

from articles.language.lexicon import Head, heads, known_forms, name_counts, nationalities, ordinary_words, titles
from articles.language.name_candidates import Candidate, candidate
from articles.language.name_tokens import Reading, Token
from articles.language.person_names import is_given, is_unknown, name_end

HEADED, QUOTED, NUMBERED = 0.75, 0.7, 0.9

_LONGEST_QUOTED = 5
_LONGEST_COMPLEMENT = 8
_HONORED = frozenset(["الملك", "الامير", "الشيخ", "الامام", "السلطان", "الملكه", "الاميره", "الشهيد"])
# Definite words that end an organisation's name: they say something about it or begin the next phrase.
_NOT_IN_NAME = frozenset(["الذي", "التي", "الذين", "اللذين", "اللتين", "اليوم", "الان", "الماضي", "الماضيه", "الحالي", "الحاليه", "المقبل", "المقبله", "القادم", "القادمه", "الجاري", "السابق", "السابقه", "الجديد", "الجديده", "الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "السبت", "المذكور", "المذكوره", "المعنيه", "المختصه", "الاسبوع", "الشهر", "العام", "المحتل", "المحتله", "الطارئ", "الطارئه"])
_QUALIFIERS = frozenset(["العام", "العامه", "العليا", "الاعلي", "المدني", "المدنيه", "الوطني", "الوطنيه", "الدولي", "الدوليه", "العالي", "العالمي", "العالميه", "المركزي", "المركزيه", "الحر", "الحره", "الموحد", "الموحده", "المستقل", "المستقله", "المتحد", "المتحده", "الكبري", "الخيري", "الخيريه", "المشترك", "المشتركه", "التنفيذي", "التنفيذيه", "الدائم", "الدائمه", "التاسيسي", "الانتقالي", "الرئاسي", "التشريعي", "الدستوري", "الدستوريه", "الاقليمي", "التعليمي", "التخصصي", "الجامعي", "الطبي", "الطبيه", "المسلحه", "الملكي", "الملكيه"])
_GENERIC_PLACES = frozenset(["المدينه", "المنطقه", "القريه", "البلده", "العاصمه", "البلاد", "الدوله", "المحافظه", "الولايه", "المطار", "الوزراء"])
_DEFINITE_HEADS = frozenset(["الهيئه", "المديريه", "المؤسسه", "الموسسه", "الجمعيه", "الاتحاد", "المجلس", "اللجنه", "المركز", "الشركه", "المنظمه", "الوكاله", "المحكمه", "الاداره", "النيابه", "الجامعه", "البنك", "المصرف", "الحزب", "الجبهه", "الحركه", "الرئاسه", "المفوضيه", "الرابطه", "النقابه", "الصندوق", "الشبكه", "المعهد", "الامانه"])
_STATE_BODIES = frozenset(["الخارجيه", "الداخليه", "المخابرات", "الاستخبارات", "البرلمان", "المنتخب", "الجيش"])
_UNITS = frozenset(["الفرقه", "اللواء", "الكتيبه", "الفوج"])
_ORDINALS = frozenset(["الاول", "الاولي", "الثاني", "الثانيه", "الثالث", "الثالثه", "الرابع", "الرابعه", "الخامس", "الخامسه", "السادس", "السادسه", "السابع", "السابعه", "الثامن", "الثامنه", "التاسع", "التاسعه", "العاشر", "العاشره", "الحادي", "الحاديه"])
_RESOLUTIONS = frozenset(["القرار", "قرار", "قراره", "قرارها", "القانون", "المرسوم", "قانون", "مرسوم"])


def headed_candidates(tokens: list[Token]) -> Iterator[Candidate]:
    """Names announced by a class word, and what is named by a number."""
    known_heads = heads()
    for index, token in enumerate(tokens):
        for reading in token.readings:
            head = known_heads.get(reading.stem)
            if head is not None:
                yield from _after_head(tokens, index, reading, head)
                break
            found = _other_heads(tokens, index, reading)
            if found is not None:
                yield found
                break


def _after_head(tokens: list[Token], index: int, reading: Reading, head: Head) -> Iterator[Candidate]:
    quoted = _quoted_end(tokens, index + 1)
    if quoted:
        if head.needs not in {"list", "never"}:
            first = tokens[index + 1]
            yield candidate(tokens, index + 1, quoted, 0, first.key, head.kind, QUOTED)
    elif head.needs == "list":
        yield from _places_in_list(tokens, index + 1)
    elif head.inside:
        last = _place_end(tokens, index + 1) if head.kind == "place" else _organisation_end(tokens, index, head.needs)
        if last:
            yield candidate(tokens, index, last, reading.cut, reading.stem, head.kind, HEADED)
    elif _is_near(tokens, index + 1):
        yield from _outside(tokens, index + 1, head)


def _is_near(tokens: list[Token], index: int) -> bool:
    return index < len(tokens) and tokens[index].near


def _quoted_end(tokens: list[Token], start: int) -> int:
    """The index after the last word in the quotation marks that open at `start`; 0 when there are none."""
    if start >= len(tokens) or not tokens[start].opened:
        return 0
    for index in range(start, min(start + _LONGEST_QUOTED, len(tokens))):
        if index > start and not tokens[index].near:
            return 0
        if tokens[index].closed:
            return index + 1
    return 0


def _outside(tokens: list[Token], start: int, head: Head) -> Iterator[Candidate]:
    """One word after a class word that is not part of the name: بلدة مارع، صحيفة الوطن."""
    key = tokens[start].key
    if head.needs == "quoted" or head.needs == "never" or key in nationalities() or key in titles():
        return
    if head.kind == "place":
        accepted = is_unknown(key) and key not in _GENERIC_PLACES and not is_given(key)
    else:
        accepted = is_unknown(key) or (head.needs == "any" and key.startswith("ال") and key not in _NOT_IN_NAME)
    if accepted:
        yield candidate(tokens, start, start + 1, 0, key, head.kind, HEADED - 0.1)


def _places_in_list(tokens: list[Token], start: int) -> Iterator[Candidate]:
    """محافظات عدن ولحج والضالع: each one after و is a place too."""
    index = start
    while _is_near(tokens, index):
        token = tokens[index]
        reading = token.readings[0]
        if index > start:
            reading = next((r for r in token.readings if r.cut == 1 and token.key.startswith("و")), None)
        if reading is None or reading.stem in nationalities() or not (is_unknown(reading.stem) or _is_place(reading.stem)):
            return
        yield candidate(tokens, index, index + 1, reading.cut, reading.stem, "place", HEADED)
        index += 1


def _is_place(stem: str) -> bool:
    return any(form.kind == "place" and not form.rest for form in known_forms().get(stem, ()))


def _place_end(tokens: list[Token], start: int) -> int:
    """The index after the name of a place whose class word belongs to it: محافظة القطيف، مطار الملك خالد الدولي."""
    if not _is_near(tokens, start):
        return 0
    key = tokens[start].key
    end = _proper_end(tokens, start)
    if not end:
        definite = key.startswith("ال") and len(key) > 4
        if not definite or key in nationalities() or key in _GENERIC_PLACES or key in _NOT_IN_NAME or key in _QUALIFIERS:
            return 0
        end = start + 1
    if _is_near(tokens, end) and tokens[end].key in {"الدولي", "الدوليه", "الوطنيه", "الكبير"}:
        end += 1
    return end


def _proper_end(tokens: list[Token], start: int) -> int:
    """The index after a proper name at `start`: one of the lexicon, an honoured person, or an unknown word; else 0."""
    if not _is_near(tokens, start):
        return 0
    key = tokens[start].key
    for form in known_forms().get(key, ()):
        last = start + 1 + len(form.rest)
        if last <= len(tokens) and all(
            tokens[start + 1 + n].near and tokens[start + 1 + n].key == word for n, word in enumerate(form.rest)
        ):
            return last
    if key in _HONORED and _is_near(tokens, start + 1):
        last = name_end(tokens, start + 1, tokens[start + 1].key, titled=True)
        return last if last > start + 1 else 0
    if is_unknown(key) and not key.startswith("ال"):
        return name_end(tokens, start, key) if is_given(key) else start + 1
    return start + 1 if is_unknown(key) and key not in name_counts() else 0


def _organisation_end(tokens: list[Token], index: int, needs: str) -> int:
    """The index after the name that the class word at `index` begins; 0 when too little follows (see data/heads.tsv)."""
    start = index + 1
    end = _proper_end(tokens, start)
    proper = bool(end)
    if not proper:
        end = _definite_run(tokens, start)
    nouns = end - start
    if not end or (nouns == 1 and tokens[start].key in nationalities()):
        return 0
    extended = _extend(tokens, end)
    proper = proper or extended > end or any(tokens[i].key in nationalities() for i in range(start, extended))
    end = extended
    if needs == "noun" or proper:
        return end
    return end if needs == "long" and end - start >= 2 else 0


def _definite_run(tokens: list[Token], start: int) -> int:
    """The index after «الدفاع الأميركية», «التربية والتعليم», «الأمر بالمعروف»: a definite noun and what qualifies it."""
    if not _is_near(tokens, start) or not _is_name_noun(tokens[start].key):
        return 0
    index = start + 1
    while index - start < _LONGEST_COMPLEMENT and _is_near(tokens, index) and not tokens[index - 1].closed:
        key = tokens[index].key
        joined = key.startswith("وال") and _is_name_noun(key[1:]) and len(key) > 5
        if joined or _qualifies(key) or (key.startswith("لل") and len(key) > 4):
            index += 1
        else:
            break
    return index


def _is_name_noun(key: str) -> bool:
    return key.startswith("ال") and len(key) > 4 and key not in _NOT_IN_NAME and not ("personal" in titles().get(key, ()))


def _qualifies(key: str) -> bool:
    if key in _NOT_IN_NAME and key not in {"العام"}:
        return False
    return key.startswith("ال") and (
        key in _QUALIFIERS or key in nationalities() or (key.endswith(("يه", "ي")) and len(key) > 5 and not is_person(key))
    )


def is_person(key: str) -> bool:
    return "personal" in titles().get(key, ())


def _extend(tokens: list[Token], end: int) -> int:
    """Past a nationality, and past a place that stands in apposition: شرطة منطقة الباحة، جامعة القاهرة."""
    if _is_near(tokens, end) and (tokens[end].key in nationalities() and tokens[end].key.startswith("ال")):
        end += 1
    if _is_near(tokens, end):
        head = heads().get(tokens[end].key)
        if head is not None and head.kind == "place" and head.needs in {"one"}:
            last = _place_end(tokens, end + 1)
            return last or end
    return end


def _other_heads(tokens: list[Token], index: int, reading: Reading) -> Candidate | None:
    stem = reading.stem
    if stem in _RESOLUTIONS:
        last = _number_end(tokens, index + 1)
        return candidate(tokens, index, last, reading.cut, stem, "other", NUMBERED) if last else None
    if stem in _UNITS and _is_near(tokens, index + 1):
        key = tokens[index + 1].key
        last = index + 2
        if key in _ORDINALS and _is_near(tokens, last) and tokens[last].key == "عشر":
            last += 1
        if key.isdigit() or key in _ORDINALS:
            return candidate(tokens, index, last, reading.cut, stem, "organisation", HEADED)
    if stem in _STATE_BODIES and _is_near(tokens, index + 1):
        key = tokens[index + 1].key
        if key in nationalities() and key.startswith("ال"):
            return candidate(tokens, index, index + 2, reading.cut, stem, "organisation", HEADED)
    if stem in _DEFINITE_HEADS:
        last = _definite_organisation_end(tokens, index + 1)
        return candidate(tokens, index, last, reading.cut, stem, "organisation", HEADED) if last else None
    return None


def _number_end(tokens: list[Token], start: int) -> int:
    """The index after «2728» or «رقم 2728»; 0 when no number follows."""
    if _is_near(tokens, start) and tokens[start].key == "رقم":
        start += 1
    return start + 1 if start < len(tokens) and (tokens[start].near or tokens[start].opened) and tokens[start].key[:1].isdigit() else 0


def _definite_organisation_end(tokens: list[Token], start: int) -> int:
    """The index after «العامة للطيران المدني»: at least one adjective, and a nationality or what it is for; else 0."""
    index = start
    while _is_near(tokens, index) and _qualifies(tokens[index].key):
        index += 1
    if index == start:
        return 0
    adjectives = index - start
    named = any(tokens[i].key in nationalities() and tokens[i].key not in _QUALIFIERS for i in range(start, index))
    if _is_near(tokens, index) and tokens[index].key.startswith("لل") and len(tokens[index].key) > 4:
        inner = index + 1
        while _is_near(tokens, inner) and (_qualifies(tokens[inner].key) or tokens[inner].key.startswith("وال")):
            inner += 1
        return inner
    return index if named or adjectives >= 2 or tokens[start].key in ordinary_words() and adjectives > 2 else 0
