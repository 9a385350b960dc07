"""Articles as an export has them: one with everything that a record can hold, one with as little as possible."""

from datetime import UTC, date, datetime, timedelta

from annotations.exports.records import (
    AROUND,
    CUE,
    ArticleRecord,
    AttributionRecord,
    BlockRecord,
    ChangeRecord,
    CommentRecord,
    EntityRecord,
    MarkRecord,
    MentionRecord,
    PartRecord,
    PlaceRecord,
    SourceRecord,
    TextRecord,
)

HEADLINE = "وزيرة المياه: «لن يَعطَشَ أحدٌ» في وادي الزعفران 💧"
BEGINNING = (
    "قالت وزيرة المياه سلمى الرافعي في مؤتمر صحفي يوم الثلاثاء إن السدّ الجديد «سيروي ثلاث مدن»، مضيفةً أن "
    "«العملَ فيه يبدأ قبل الصيف»."
)
JOINT = "وأعلن المهندس زياد الحلو والخبيرة Anna Lindqvist أن «التربة صالحة للبناء 👷🏽‍♀️ بلا تحفظ»."
RELAYED = "ونقلت وكالة الواحة عن رئيس البلدية مروان الشامي قوله: «الماء حقٌّ لكل بيت في المدينة»."
QUOTED = "«أُنفق على المشروع 40 مليون دينار منذ 2019، ولم يكتمل منه شيء»، تقول النائبة هدى الكرمي."
LISTED = "يبلغ عمق السد 62 متراً & يكفي <نصف مليون> نسمة"
ENDING = "ويُنتظر أن يصوّت المجلس على الميزانية الخميس المقبل."
LINES = (
    ("heading", HEADLINE),
    ("paragraph", BEGINNING),
    ("paragraph", JOINT),
    ("paragraph", RELAYED),
    ("quotation", QUOTED),
    ("list_item", LISTED),
    ("paragraph", ENDING),
)
TEXT = "\n".join(line for _, line in LINES)
EARLIER = TEXT.replace("سيروي ثلاث مدن", "يروي ثلاث مدن كبيرة")
MORNING = datetime(2026, 3, 24, 8, 15, tzinfo=UTC)

SALMA = EntityRecord("person", "سلمى الرافعي", "وزيرة المياه", 41, "https://desk.example/entities/41/")
ANNA = EntityRecord("person", "Anna Lindqvist", "", 42, "https://desk.example/entities/42/")
AGENCY = EntityRecord("organisation", "وكالة الواحة", "", 43, "https://desk.example/entities/43/")
VALLEY = EntityRecord("place", "وادي الزعفران", "", 44, "https://desk.example/entities/44/")
DAM = EntityRecord("other", "السدّ الجديد", "", 45, "https://desk.example/entities/45/")


def part(words: str, role: str = "content", *, text: str = TEXT, places: tuple[PlaceRecord, ...] = ()) -> PartRecord:
    """These words where they first stand in a text."""
    start = text.index(words)
    end = start + len(words)
    around = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return PartRecord(start, end, words, role, *around, places)


def uuid(number: int) -> str:
    return f"5f0c7a1e-0000-4000-8000-{number:012}"


def plain() -> ArticleRecord:
    """A headline, a paragraph, and a quote that says nothing of itself but its words."""
    text = "افتتاح مكتبة في قرية التين\nقال المختار: «الكتاب لكل طفل»."
    quote = MarkRecord(uuid(900), "quote", (part("الكتاب لكل طفل", text=text),), quote_type="direct")
    return ArticleRecord(id=90, title="افتتاح مكتبة في قرية التين", texts=(TextRecord.of(1, text),), marks=(quote,))


def whole() -> ArticleRecord:
    """Every field of every record is other than its default in one place at least."""
    return ArticleRecord(
        id=17,
        title=HEADLINE,
        revision=2,
        url="https://zafaran.example/2026/03/24/سد",
        key="zafaran-2026-17",
        address="https://desk.example/articles/17/",
        source=SourceRecord("zafaran.example", "صحيفة الزعفران", "full"),
        byline="كتب: ليث النجار",
        published_at=MORNING,
        published_precision="minute",
        language="ar-SY",
        texts=(TextRecord.of(1, EARLIER, _blocks(EARLIER)), TextRecord.of(2, TEXT, _blocks(TEXT))),
        marks=(_headline(), _salma(), _interrupted(), _anna(), _joint(), _relayed(), _quoted(), _claim(), _suggested()),
        mentions=_mentions(),
    )


def _blocks(text: str) -> tuple[BlockRecord, ...]:
    blocks, start = [], 0
    for (kind, _), line in zip(LINES, text.split("\n"), strict=True):
        blocks.append(BlockRecord(kind, start, start + len(line)))
        start += len(line) + 1
    return tuple(blocks)


def _made(number: int) -> dict[str, object]:
    at = MORNING + timedelta(minutes=number)
    return {"created_by": "ليلى", "created_at": at, "decided_by": "ليلى", "decided_at": at}


def _headline() -> MarkRecord:
    said = (AttributionRecord(name="وزيرة المياه", entity=SALMA),)
    words = part("لن يَعطَشَ أحدٌ")
    return MarkRecord(uuid(1), "quote", (words,), 2, quote_type="direct", attributions=said, **_made(1))


def _salma() -> MarkRecord:
    return MarkRecord(uuid(2), "speaker", (part("وزيرة المياه سلمى الرافعي"),), 2, **_made(2))


def _interrupted() -> MarkRecord:
    """Of the earlier text, whose words were changed since; said in two parts, with what people say about it."""
    first = PlaceRecord(2, "moved", *_where("سيروي ثلاث مدن"), "سيروي ثلاث مدن", 0.82, "سامر", MORNING)
    second = PlaceRecord(2, "exact", *_where("العملَ فيه يبدأ قبل الصيف"), "العملَ فيه يبدأ قبل الصيف", 1.0)
    return MarkRecord(
        uuid(3),
        "quote",
        (
            part("قالت", CUE, text=EARLIER),
            part("يروي ثلاث مدن كبيرة", text=EARLIER, places=(first,)),
            part("العملَ فيه يبدأ قبل الصيف", text=EARLIER, places=(second,)),
        ),
        1,
        standing="moved",
        quote_type="mixed",
        stance="assertive",
        channel="press_conference",
        occasion="في مؤتمر صحفي",
        said_when="يوم الثلاثاء",
        said_on=date(2026, 3, 24),
        translated=True,
        framing="على حدّ قولها",
        note="سطر أول\nوسطر ثانٍ: <b>ليس</b> علامة & لا «وسماً»",
        attributions=(AttributionRecord("سلمى الرافعي", uuid(2), SALMA),),
        tags=("مياه", "<script>alert('سد')</script>", "ميزانية & أرقام"),
        comments=_comments(),
        changes=(
            ChangeRecord(uuid(801), "marked", MORNING, "ليلى"),
            ChangeRecord(uuid(802), "placed", MORNING + timedelta(hours=3), "سامر"),
        ),
        version=4,
        **_made(3),
    )


def _where(words: str) -> tuple[int, int]:
    found = part(words)
    return found.start, found.end


def _comments() -> tuple[CommentRecord, ...]:
    later = MORNING + timedelta(hours=1)
    return (
        CommentRecord("سامر", "هل قالت «ثلاث مدن»؟ @ليلى 🤔", MORNING, later, mentions=("ليلى",)),
        CommentRecord("ليلى", "نعم، في الدقيقة 12.", later, reply_to=0),
        CommentRecord("نور", "", later, deleted_at=later + timedelta(minutes=1), deleted_by="سامر", reply_to=1),
    )


def _joint() -> MarkRecord:
    said = (
        AttributionRecord("زياد الحلو", role="joint"),
        AttributionRecord("Anna Lindqvist", uuid(5), ANNA, "joint", "probable"),
    )
    parts = (part("أعلن", CUE), part("التربة صالحة للبناء 👷🏽‍♀️ بلا تحفظ"))
    return MarkRecord(uuid(4), "quote", parts, 2, quote_type="direct", attributions=said, tags=("مياه",), **_made(4))


def _anna() -> MarkRecord:
    return MarkRecord(uuid(5), "speaker", (part("الخبيرة Anna Lindqvist"),), 2, **_made(5))


def _relayed() -> MarkRecord:
    said = (
        AttributionRecord("مروان الشامي", certainty="uncertain"),
        AttributionRecord("وكالة الواحة", entity=AGENCY, role="relayed"),
    )
    words = part("الماء حقٌّ لكل بيت في المدينة")
    return MarkRecord(uuid(6), "quote", (words,), 2, quote_type="direct", attributions=said, **_made(6))


def _quoted() -> MarkRecord:
    words = part("أُنفق على المشروع 40 مليون دينار منذ 2019، ولم يكتمل منه شيء")
    said = (AttributionRecord("هدى الكرمي"),)
    parts = (words, part("تقول", CUE))
    return MarkRecord(uuid(7), "quote", parts, 2, quote_type="direct", stance="accusing", attributions=said, **_made(7))


def _claim() -> MarkRecord:
    return MarkRecord(
        uuid(8),
        "claim",
        (part("أُنفق على المشروع 40 مليون دينار منذ 2019"),),
        2,
        quote=uuid(7),
        attributions=(AttributionRecord("هدى الكرمي"),),
        note="يُسأل عنه ديوان المحاسبة",
        **_made(8),
    )


def _suggested() -> MarkRecord:
    """Nobody has decided it; it runs over the end of a line, and the claim before it overlaps nothing of it."""
    return MarkRecord(
        uuid(9),
        "claim",
        (part("يكفي <نصف مليون> نسمة\nويُنتظر أن يصوّت المجلس"),),
        2,
        status="suggested",
        detector="newsdesk",
        detector_version="2",
        rule="number",
        confidence=0.75,
        created_at=MORNING,
    )


def _mentions() -> tuple[MentionRecord, ...]:
    named = (("وادي الزعفران", VALLEY), ("سلمى الرافعي", SALMA), ("السدّ الجديد", DAM), ("Anna Lindqvist", ANNA))
    mentions = [MentionRecord(*_where(words), words, entity, "newsdesk") for words, entity in named]
    return (*mentions, MentionRecord(*_where("وكالة الواحة"), "وكالة الواحة", AGENCY))
