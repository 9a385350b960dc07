"""Outlets that exist nowhere, each with its own lines above and below its articles: made by a seed, for measuring.

What varies inside a line (dates, counts, names, sections, tags) varies; links to other articles are never the same; no
line stands on every page. A writer's own opening and closing, prayers and datelines are among the text, and stay text.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

SITES = ("نوافذ الخليج", "صدى البادية", "بوابة الساحل", "مرآة الضاحية", "شبكة السنابل", "أصداء الميناء", "ديوان الخبر")
SECTIONS = ("محليات", "اقتصاد وأعمال", "رياضة", "ثقافة وفنون", "تقنية", "منوعات", "عربي ودولي", "صحة")
PEOPLE = (
    "سلمى الهادي",
    "عمر القناص",
    "ريم الصاوي",
    "بدر العنزي",
    "هند المرزوقي",
    "فؤاد شاهين",
    "لينا حداد",
    "مازن فرح",
)
TAGS = ("المياه", "البلدية", "أسعار الخضار", "الدوري", "المدارس", "الطرق", "الموازنة", "السياحة", "الطقس", "الموانئ")
MONTHS = ("يناير", "فبراير", "آذار/مارس", "نيسان", "مايو", "حزيران", "يوليو", "آب", "سبتمبر", "تشرين الأول", "نوفمبر")
DAYS = ("الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت")


@dataclass(frozen=True)
class Body:
    """An article's own text, by a writer or nobody."""

    title: str
    lines: Sequence[str]
    byline: str = ""


@dataclass(frozen=True)
class OutletPage:
    """A page's lines in their order; `boilerplate` are the numbers of those that are the outlet's."""

    title: str
    byline: str
    lines: Sequence[str]
    boilerplate: frozenset[int]


Line = Callable[[random.Random], str]


def date_of(rng: random.Random) -> str:
    return f"{rng.choice(DAYS)} {rng.randint(1, 28)} {rng.choice(MONTHS)} {rng.randint(2015, 2025)}"


def clock(rng: random.Random) -> str:
    return f"{rng.randint(1, 12)}:{rng.randint(0, 59):02} {rng.choice('صم')}"


def tags(rng: random.Random) -> str:
    return rng.choice(("، ", " - ", " | ")).join(rng.sample(TAGS, rng.randint(2, 5)))


def headers(site: str, rng: random.Random) -> list[Line]:
    word = rng.choice(("نافذتك على", "عين القارئ على", "أقرب طريق إلى"))
    return [
        lambda r: f"{site} .. {word} ما يجري",
        lambda r: f"أنت تتصفح قسم {r.choice(SECTIONS)} في {site}",
        lambda r: f"حُرر هذا الخبر في {date_of(r)} الساعة {clock(r)}",
        lambda r: f"{date_of(r)} - {clock(r)}",
        lambda r: f"اطّلع على هذه الصفحة {r.randint(3, 90_000):,} زائراً حتى الآن",
        lambda r: f"رقم المادة في سجلاتنا: {r.randint(1000, 999_999)}",
        lambda r: f"المحرر المناوب: {r.choice(PEOPLE)}",
        lambda r: "لا تستعجل، خذ فنجان قهوتك واقرأ على مهل",
        lambda r: f"خدمة {site} الإخبارية",
        lambda r: f"خاص {site}: مكتب {r.choice(('العاصمة', 'الساحل', 'الجنوب', 'الواحات'))} الإقليمي",
    ]


def footers(site: str, rng: random.Random) -> list[Line]:
    host = f"{rng.choice(('news', 'desk', 'mail'))}@{rng.choice(('nawafith', 'sada', 'bawaba'))}.example"
    return [
        lambda r: f"وسوم هذه المادة: {tags(r)}",
        lambda r: f"عدد الزيارات: {r.randint(1, 9000)} زيارة",
        lambda r: f"رأي القراء: {r.randint(0, 400)} مع، {r.randint(0, 400)} ضد",
        lambda r: f"راسلوا هيئة التحرير على {host} أو على الرقم {r.randint(100_000, 999_999)}",
        lambda r: (
            f"ما تنشره {site} هو جهد محرريها، ولا مانع من نقله بشرط ذكر الاسم كاملاً وعدم تغيير أي كلمة فيه، ومن يخالف"
            " ذلك يعرّض نفسه للمساءلة أمام الجهات المختصة."
        ),
        lambda r: f"وصلكم هذا الخبر من {site}، فلا تنسوا أن تخبروا من تحبون",
        lambda r: f"عُدّلت هذه المادة آخر مرة في {date_of(r)}",
        lambda r: f"جولة أخرى في قسم {r.choice(SECTIONS)} من {site}",
        lambda r: "*" * r.randint(3, 5) + " نهاية المادة " + "*" * r.randint(3, 5),
        lambda r: f"صاغ المادة للنشر {r.choice(PEOPLE)} من فريق {site}",
    ]


def pages_of(seed: int, bodies: Sequence[Body], *, number: int) -> list[OutletPage]:
    """So many pages of the outlet of this seed, over bodies in their order."""
    rng = random.Random(seed)
    site = rng.choice(SITES)
    above = rng.sample(headers(site, rng), rng.randint(1, 4))
    below = rng.sample(footers(site, rng), rng.randint(2, 6))
    present = {line: rng.uniform(0.6, 1.0) for line in [*above, *below]}
    related = rng.choice(("من دفاترنا", "على الرف ذاته", "قرأ الناس بعدها", "")) if rng.random() < 0.7 else ""
    writer = rng.choice(PEOPLE)
    return [
        _page(body, [line for line in above if rng.random() < present[line]],
              [line for line in below if rng.random() < present[line]],
              related if rng.random() < 0.9 else "", bodies, writer, rng)
        for body in bodies[:number]
    ]  # fmt: skip


def _page(
    body: Body, above: Sequence[Line], below: Sequence[Line], related: str, bodies: Sequence[Body], writer: str,
    rng: random.Random,
) -> OutletPage:  # fmt: skip
    byline, text = body.byline, list(body.lines)
    if rng.random() < 0.2:
        # A columnist who always begins and ends in the same way: words of the text.
        byline, text = writer, ["سلام الله عليكم أيها الأحبة", *text, f"هذا ما عندي، {writer}"]
    elif rng.random() < 0.2:
        text = ["بسم الله الرحمن الرحيم", *text]
    elif rng.random() < 0.15:
        text = [f"{rng.choice(('الرياض', 'القاهرة', 'بيروت', 'عمّان'))}: {rng.choice(PEOPLE)}", *text]
    head = [line(rng) for line in above]
    foot = [line(rng) for line in below]
    if related:
        links = [related, *(other.title for other in rng.sample(list(bodies), 3) if other is not body)]
        foot = [*links, *foot] if len(related) % 2 else [*foot, *links]
    lines = [*head, *text, *foot]
    numbers = [*range(len(head)), *range(len(head) + len(text), len(lines))]
    return OutletPage(body.title, byline, lines, frozenset(numbers))
