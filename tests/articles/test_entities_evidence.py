"""When two articles that use one name mean one person: roles beside names, and what they are worth."""

import pytest

from articles.naming.evidence import Candidate, Evidence, Sighting, choose, parts_of, says_who, weigh
from articles.naming.roles import role_beside, role_in

COMMON, RARE, LONG = "محمد أحمد", "سامر الحداري", "محمد أحمد الشهري"


def beside(text: str, name: str):
    start = text.index(name)
    return role_beside(text, start, start + len(name))


@pytest.mark.parametrize(
    ("text", "name", "words", "field"),
    [
        ("قال وزير الطاقة سامر الحداري إن الأسعار لن تتغير", RARE, "وزير الطاقة", "government"),
        ("قال سامر الحداري، وزير الطاقة، إن الأسعار لن تتغير", RARE, "وزير الطاقة", "government"),
        ("سجل محمد أحمد (لاعب الهلال) هدفين", COMMON, "لاعب الهلال", "sport"),
        ("سجل لاعب الهلال السعودي محمد أحمد هدفين", COMMON, "لاعب الهلال السعودي", "sport"),
        ("وقال للاعب نادي الهلال محمد أحمد", COMMON, "لاعب نادي الهلال", "sport"),
        ("ووزير الصحة محمد أحمد", COMMON, "وزير الصحة", "government"),
        ("قال نائب وزير الصحة محمد أحمد", COMMON, "نائب وزير الصحة", "government"),
        ("رئيس محكمة الاستئناف محمد أحمد", COMMON, "رئيس محكمة الاستئناف", "judiciary"),
        ("المتحدث باسم وزارة الصحة محمد أحمد", COMMON, "المتحدث باسم وزارة الصحة", "government"),
        ("قال رئيس مجلس إدارة نادي النصر الأمير محمد أحمد", COMMON, "رئيس مجلس إدارة نادي النصر", "business"),
        ("حضر أمين المنطقة الدكتور محمد أحمد", COMMON, "أمين المنطقة", "government"),
        ("قيل للرئيس اليمني السابق محمد أحمد", COMMON, "الرئيس اليمني السابق", "government"),
        # The nearest role counts, and one across a sentence word is somebody else's.
        ("زار وزير الصحة المستشفى والتقى الطبيب محمد أحمد", COMMON, "الطبيب", "medicine"),
    ],
)
def test_the_role_beside_a_name_is_read_as_written(text, name, words, field):
    role = beside(text, name)
    assert (role.words, role.kind) == (words, field)


@pytest.mark.parametrize(
    "text",
    [
        "حضر الأمير محمد أحمد",
        "قال الأستاذ محمد أحمد",
        "لعب أمام محمد أحمد",
        "أعلن المدرب أن محمد أحمد سيغيب",
        "محمد أحمد يغيب",
        "هنأ الوزير زار محمد أحمد",
        "عاد الوزير.\nمحمد أحمد غائب",
    ],
)
def test_a_role_that_belongs_to_the_sentence_is_not_the_name_s(text):
    assert beside(text, COMMON) is None


def test_a_role_between_two_names_is_the_second_one_s():
    text = "والتقى الحداري رئيسة البلدية سلمى الهادي، مديرة المكتب"
    first, second = text.index("الحداري"), text.index("سلمى الهادي")
    assert role_beside(text, first, first + len("الحداري"), ceiling=second) is None
    assert role_beside(text, second, second + len("سلمى الهادي")).words == "رئيسة البلدية"


def test_the_role_of_the_name_next_to_it_stays_with_that_name():
    text = "قال وزير الصحة علي الفهد ومحمد أحمد"
    start = text.index(COMMON)
    assert role_beside(text, start, start + len(COMMON), floor=text.index("ومحمد")) is None


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("عبد الله بن محمد", ("عبدالله", "محمد")),
        ("عبدالله محمد", ("عبدالله", "محمد")),
        ("حسن نصر الله", ("حسن", "نصرالله")),
        ("أبو بكر البغدادي", ("ابوبكر", "البغدادي")),
    ],
)
def test_the_parts_of_a_name_hold_together(name, parts):
    assert parts_of(name) == parts


@pytest.mark.parametrize(("name", "alone"), [(COMMON, False), ("عبد الله محمد", False), (RARE, True), (LONG, True)])
def test_a_common_name_of_two_words_says_too_little(name, alone):
    assert says_who(parts_of(name)) is alone


def roles(*written: str):
    return tuple(role_in(words) for words in written)


# What an article says of a name; what is known of an entity of that name; whether they are one, and why.
CASES = [
    (COMMON, [], Candidate(), False, []),
    (RARE, [], Candidate(), True, [Evidence.RARE_NAME]),
    (LONG, [], Candidate(), True, [Evidence.LONG_NAME]),
    (COMMON, ["لاعب الهلال"], Candidate(roles("لاعب نادي الهلال")), True, [Evidence.SAME_ROLE]),
    (COMMON, ["لاعب"], Candidate(roles("لاعب الهلال")), True, [Evidence.SAME_FIELD]),
    # Two posts of one field are two people in doubt.
    (COMMON, ["لاعب الهلال"], Candidate(roles("لاعب النصر")), False, []),
    (COMMON, ["وزير الصحة"], Candidate(roles("وزير التعليم")), False, []),
    (COMMON, ["وزير الصحة"], Candidate(roles("لاعب الهلال")), False, [Evidence.CONFLICT]),
    (COMMON, ["القاضي"], Candidate(roles("لاعب الهلال")), False, [Evidence.CONFLICT]),
    (COMMON, ["القتيل"], Candidate(roles("وزير الصحة")), False, [Evidence.CONFLICT]),
    # Fields that often meet in one person are no conflict, and no proof either.
    (COMMON, ["وزير الصحة"], Candidate(roles("أستاذ القانون")), False, []),
    (RARE, ["لاعب"], Candidate(roles("وزير الصحة")), True, [Evidence.RARE_NAME, Evidence.CONFLICT]),
    (COMMON, [], Candidate(people=1), True, [Evidence.COMPANY]),
    (COMMON, [], Candidate(bodies=1), False, [Evidence.BODIES]),
    (COMMON, [], Candidate(bodies=5), True, [Evidence.BODIES, Evidence.BODIES]),
    (COMMON, ["لاعب الهلال"], Candidate(roles("وزير الصحة"), people=1), False, [Evidence.CONFLICT, Evidence.COMPANY]),
    (COMMON, [], Candidate(known=True), True, [Evidence.KNOWN]),
    (COMMON, ["القاضي"], Candidate(roles("لاعب كرة قدم"), known=True), False, [Evidence.KNOWN, Evidence.CONFLICT]),
    # Anyone may be accused: against a name that everybody knows it says nothing.
    (COMMON, ["المتهم"], Candidate(roles("وزير سابق"), known=True), True, [Evidence.KNOWN]),
    (COMMON, [], Candidate(written=True), True, [Evidence.WRITTEN]),
    (COMMON, ["القاضي"], Candidate(roles("لاعب"), written=True), False, [Evidence.WRITTEN, Evidence.CONFLICT]),
    # What an article was filed under is not changed without a reason.
    (COMMON, [], Candidate(before=True), True, [Evidence.BEFORE]),
    (COMMON, ["القاضي"], Candidate(roles("لاعب"), before=True), False, [Evidence.CONFLICT, Evidence.BEFORE]),
]


@pytest.mark.parametrize(("name", "said", "candidate", "joined", "why"), CASES)
def test_evidence_decides_whether_two_articles_mean_one_person(name, said, candidate, joined, why):
    sighting = Sighting(parts_of(name), roles(*said))
    assert weigh(sighting, candidate)[1] == why
    assert (choose(sighting, [candidate]) == 0) is joined


def test_of_several_namesakes_the_one_in_the_same_role_is_meant():
    sighting = Sighting(parts_of(RARE), roles("لاعب الهلال"))
    namesakes = [Candidate(roles("وزير الصحة")), Candidate(roles("لاعب الهلال"))]
    assert choose(sighting, namesakes) == 1


def test_where_namesakes_are_known_even_a_rare_name_says_nothing():
    sighting = Sighting(parts_of(RARE))
    assert choose(sighting, [Candidate(roles("وزير الصحة")), Candidate(roles("لاعب الهلال"))]) is None


def test_one_that_several_articles_speak_of_goes_before_one_that_stands_alone():
    sighting = Sighting(parts_of(COMMON))
    assert choose(sighting, [Candidate(people=1, alone=True), Candidate(people=1)]) == 1
    assert choose(sighting, [Candidate(people=1, alone=True), Candidate(people=1, alone=True)]) is None


def test_namesakes_that_stand_alone_prove_nothing():
    assert choose(Sighting(parts_of(RARE)), [Candidate(), Candidate(alone=True)]) == 0


def test_two_candidates_that_are_equally_likely_stay_two():
    sighting = Sighting(parts_of(COMMON), roles("لاعب"))
    assert choose(sighting, [Candidate(roles("لاعب الهلال")), Candidate(roles("لاعب النصر"))]) is None
