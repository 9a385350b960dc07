"""Two texts, and articles that are stored with them as an import stores them: they find their copies."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from articles.models import Article
from articles.provenance.steps import join_story
from tests.articles.factories import make_article, make_source

DAY = datetime(2024, 3, 27, 9, 30, tzinfo=UTC)
FLOOD = [
    "أعلنت بلدية الوادي صباح الاثنين إغلاق الجسر القديم أمام حركة السير بعد أن ارتفع منسوب النهر متراً ونصف المتر ليلاً.",
    "وقال رئيس البلدية عادل الراوي إن فرق الطوارئ نقلت 70 أسرة من الضفة الشرقية إلى مدرسة الحي، ووزعت عليها الأغطية.",
    "وتوقعت دائرة الأرصاد أن تستمر الأمطار حتى مساء الأربعاء، ودعت السكان إلى الابتعاد عن النهر والطرق المغمورة.",
]
LIBRARY = [
    "افتتحت وزارة الثقافة مكتبة عامة في محطة القطار التي بقيت مغلقة ثلاثين عاماً، وتضم ستة آلاف كتاب تبرع بها السكان.",
    "وقالت أمينة المكتبة سلوى النوري إن أبوابها ستبقى مفتوحة حتى العاشرة ليلاً، وإن قاعة الأطفال للتلاميذ كل خميس.",
]


def stored(
    paragraphs: Sequence[str], *, source: str = "صحيفة الميناء", hours: float = 0, credited: Any = None, **details: Any
) -> Article:
    """An article published so many hours after DAY that went through the step."""
    details.setdefault("published_at", DAY + timedelta(hours=hours))
    article = make_article(paragraphs=paragraphs, source=make_source(source), **details)
    Article.objects.filter(pk=article.pk).update(credited_source=credited)
    join_story(article.current_revision)
    article.refresh_from_db()
    return article
