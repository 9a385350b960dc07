"""Articles of an invented country, as many as a test needs, always the same for the same number."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

_PEOPLE = (
    "سامر الحلواني", "ليلى عبد الرزاق", "نادر قاسم", "هدى المنصوري", "كريم البدري", "رنا شاهين",
    "فؤاد الجابري", "مها التميمي", "وائل صالح", "سعاد الكردي", "جمال النقيب", "دينا حمدان",
)  # fmt: skip
_ROLES = ("وزير التعليم", "رئيس البلدية", "مدير المستشفى", "المتحدث باسم الشرطة", "رئيسة اتحاد الكتّاب", "محافظ الساحل")
_PLACES = ("مدينة الميناء", "بلدة السهل", "قرية التلال", "العاصمة", "منطقة الواحات", "حي القلعة")
_ORGANISATIONS = ("وزارة الأشغال", "جامعة الساحل", "شركة المياه الوطنية", "غرفة التجارة", "جمعية الصيادين")
_SUBJECTS = ("مدرسة", "جسر", "مكتبة", "محطة تحلية", "سوق شعبية", "حديقة عامة", "طريق ساحلي", "مركز صحي")
_VERBS = ("قال", "أكد", "أوضح", "أضاف", "أعلن")
_TALES = (
    "إن العمل في المشروع يستمر حتى نهاية العام",
    "أن الكلفة بلغت {number} مليون دينار",
    "أن {number} عاملاً شاركوا في التنفيذ",
    "إن السكان انتظروا هذا اليوم منذ {number} سنة",
    "أن الافتتاح تأجل بسبب الأمطار",
)
_OUTLETS = ("صحيفة الميناء", "الساحل نيوز", "موقع الواحة")


def invented_articles(number: int) -> Iterator[dict[str, str]]:
    """Fields as JSON lines have them. One in twenty is republished by another outlet with a line added."""
    chance = random.Random(20240327)
    before: dict[str, str] = {}
    for index in range(number):
        article = _article(index, chance)
        if index % 20 == 19:
            article |= {"title": before["title"], "text": f"{before['text']}\nالمصدر: {before['source']}"}
        yield article
        before = article


def write_invented(folder: Path, number: int) -> Path:
    file = folder / "invented.jsonl"
    lines = (json.dumps(article, ensure_ascii=False) for article in invented_articles(number))
    file.write_text("\n".join(lines) + "\n")
    return file


def _article(index: int, chance: random.Random) -> dict[str, str]:
    person, other = chance.sample(_PEOPLE, 2)
    role, place, subject = chance.choice(_ROLES), chance.choice(_PLACES), chance.choice(_SUBJECTS)
    organisation, number = chance.choice(_ORGANISATIONS), chance.randint(3, 900)
    told = [tale.format(number=number + step) for step, tale in enumerate(chance.sample(_TALES, 3))]
    source = chance.choice(_OUTLETS)
    return {
        "url": f"https://outlet-{_OUTLETS.index(source)}.example/news/{index}",
        "source": source,
        "title": f"{role} يفتتح {subject} في {place} رقم {index}",
        "published_at": f"2024-{1 + index % 12:02}-{1 + index % 28:02}T{index % 24:02}:{index % 60:02}:00+03:00",
        "text": (
            f"افتتح {role} {person} {subject} جديدة في {place} بالتعاون مع {organisation}.\n"
            f"و{chance.choice(_VERBS)} {person} {told[0]}، مشيراً إلى {told[1].removeprefix('إن ')}.\n"
            f"{chance.choice(_VERBS)} {other} {told[2]}. وحضر الحفل ممثلون عن {organisation} وأهالي {place}."
        ),
    }
