"""An article of the database whose marks have all that marks can have, made by the actions of the desk."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User

from annotations.carrying import carry_marks
from annotations.commenting import add_comment, delete_comment
from annotations.connecting import connect_speaker, link_to_quote
from annotations.models import Annotation
from annotations.tagging import set_tags
from articles.models import Article, Source
from tests.accounts import make_user
from tests.annotations.marks import make_mark, suggest_said
from tests.articles.factories import add_revision, make_article, make_entity, make_mention, make_source

TITLE = "الميناء القديم يعود إلى العمل 🚢"
QUOTE = "لن نُغلق الميناء بعد اليوم"
CLAIM = "لن نُغلق الميناء"
SPEAKER = "الوزير ربيع الساحلي"
SUGGESTED = "عاد 300 عامل إلى أرصفته"
PARAGRAPHS = (f"قال {SPEAKER}: «{QUOTE}»، وسط تصفيق الحاضرين.", f"وأضاف: «{SUGGESTED}»، بحسب سجلات الميناء.")
LATER = (f"قال {SPEAKER} الاثنين: «{QUOTE}»، وسط تصفيق الحاضرين.", PARAGRAPHS[1])


@dataclass(frozen=True)
class Desk:
    article: Article
    annotator: User
    editor: User
    quote: Annotation
    claim: Annotation
    speaker: Annotation


def fill_desk(*, rights: str = Source.Rights.FULL) -> Desk:
    """A quote with its speaker, a claim in it, tags, comments and a history, all carried to a second text."""
    annotator, editor = make_user("annotator", username="ليلى"), make_user("editor", username="سامر")
    source = make_source("صحيفة المرفأ", key="marfa.example")
    Source.objects.filter(pk=source.pk).update(rights=rights)
    article = make_article(
        title=TITLE, paragraphs=PARAGRAPHS, source=source, url="https://marfa.example/17", byline="كتبت: هناء"
    )
    minister = make_entity("ربيع الساحلي")
    quote = make_mark(article, QUOTE, by=annotator, cue="قال")
    claim = make_mark(article, CLAIM, by=annotator, kind="claim")
    speaker = make_mark(article, SPEAKER, by=annotator, kind="speaker")
    connect_speaker(mark=quote, by=annotator, speaker=speaker, entity=minister)
    link_to_quote(claim=claim, quote=quote, by=annotator)
    set_tags(mark=quote, names=["ميناء", "<b>نقل</b>"], by=annotator)
    first = add_comment(mark=quote, text="أهذه كلماته كلها؟ @سامر", by=annotator)
    delete_comment(comment=add_comment(mark=quote, text="نعم.", by=editor, reply_to=first), by=editor)
    Annotation.objects.filter(pk=quote.pk).update(
        stance="assertive",
        channel="statement",
        occasion="في بيان",
        said_when="الاثنين",
        said_on=date(2024, 3, 25),
        translated=True,
        framing="على حد قوله",
        note="يُراجع مع التسجيل",
    )
    suggest_said(article, SUGGESTED, "سجلات الميناء")
    carry_marks(add_revision(article, title=TITLE, paragraphs=LATER))
    make_mention(article, "ربيع الساحلي", entity=minister)
    quote, claim, speaker = (Annotation.objects.get(pk=mark.pk) for mark in (quote, claim, speaker))
    return Desk(Article.objects.get(pk=article.pk), annotator, editor, quote, claim, speaker)
