"""/queue/: what waits for the person who looks, and nothing of what they may not read."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.commenting import add_comment
from annotations.marking import change_mark
from annotations.models import Annotation, ChangedMark
from annotations.queue import Filters, next_article
from articles.models import Article
from tests.accounts import make_user
from tests.annotations.marks import make_mark, span, suggest, suggest_said
from tests.annotations.requests import signed_in
from tests.annotations.test_carrying import LINES, changed
from tests.annotations.test_carrying import QUOTE as LONG_QUOTE
from tests.articles.factories import make_article, make_source
from tests.articles.markup import page_in

pytestmark = pytest.mark.django_db

QUOTE, OTHER, SPEAKER = "«لن نُغلق الميناء»", "«سنوسّعه»", "سالم الخطيب"
TEXT = f"قال {SPEAKER} {QUOTE} ثم أضاف {OTHER} أمس."


def article_with(number: int, *, confidence: float = 0.9, title: str = "خبر", kind: str = "quote", **more) -> Article:
    """An article with so many suggestions."""
    article = make_article(title=title, paragraphs=[" ".join(f"كلمة{n}" for n in range(number))], **more)
    for n in range(number):
        suggest(article, f"كلمة{n}", kind=kind, confidence=confidence)
    return article


@pytest.fixture
def annotator():
    return make_user("annotator", username="هدى")


@pytest.fixture
def client(annotator):
    return signed_in(annotator)


def shown(client, **query) -> str:
    response = client.get(reverse("queue"), query)
    assert response.status_code == 200
    return response.content.decode()


def titles(client, **query) -> list[str]:
    page = page_in(client.get(reverse("queue"), query))
    return [title.text_content() for title in page.xpath("//h2[contains(@class, 'queue-title')]")]


def test_articles_with_the_most_and_the_surest_suggestions_come_first(client):
    article_with(1, confidence=0.5, title="واحد")
    article_with(3, title="ثلاثة")
    article_with(1, confidence=0.95, title="واحد أكيد")
    make_article(title="بلا مقترحات")
    assert titles(client) == ["ثلاثة", "واحد أكيد", "واحد"]


def test_a_row_shows_the_surest_words_and_who_said_them(client):
    article = make_article(paragraphs=[TEXT])
    quote, _ = suggest_said(article, QUOTE, SPEAKER)
    suggest(article, OTHER, confidence=0.3)
    page = shown(client)
    assert QUOTE in page
    assert SPEAKER in page
    assert f"{article.get_absolute_url()}#mark-{quote.uuid}" in page
    assert "\u206890%\u2069" in page


def test_suggestions_are_narrowed_by_source_kind_and_confidence(client):
    gazette = make_source("جريدة المرفأ")
    article_with(2, title="من المرفأ", source=gazette, confidence=0.6)
    article_with(1, title="ادعاء", kind="claim", confidence=0.95)
    assert titles(client, source=gazette.pk) == ["من المرفأ"]
    assert titles(client, kind="claim") == ["ادعاء"]
    assert titles(client, confidence="0.9") == ["ادعاء"]
    assert titles(client, source=gazette.pk, kind="claim") == []
    assert "لا مقترحات بهذه الشروط" in shown(client, source=gazette.pk, kind="claim")
    assert titles(client, source="x", kind="rumour", confidence="7", page="zzz") == ["من المرفأ", "ادعاء"]


def test_what_a_person_may_not_read_does_not_wait_for_them(client):
    secret = article_with(2, title="سرّي", source=make_source("صحيفة الكتمان"), status="hidden")
    page = shown(client)
    assert "سرّي" not in page
    assert "الكتمان" not in page
    assert titles(signed_in(make_user("editor"))) == ["سرّي"]
    assert client.get(reverse("api_next_in_queue"), {"after": 10**9}).json() == {"article": None}
    assert secret.status == "hidden"


def test_one_goes_on_from_article_to_article_whatever_was_decided_on_the_way(client, annotator):
    first, second, third = (article_with(number, title=str(number)) for number in (5, 4, 2))

    def after(article, **more):
        return next_article(annotator, Filters(), after=article.pk, **more)

    assert after(first) == second
    Annotation.objects.filter(revision=second.current_revision).update(
        status="rejected", decided_at="2024-01-01T00:00Z", decided_by_name="x"
    )
    assert after(second, number=4, best=0.9) == third
    assert after(third) == first  # and round again
    answer = client.get(reverse("queue"), {"after": second.pk, "n": 4, "best": "0.9"})
    assert (answer.status_code, answer.url) == (302, third.get_absolute_url())
    told = client.get(reverse("api_next_in_queue"), {"after": third.pk}).json()
    assert told == {"article": {"id": first.pk, "title": "5", "url": first.get_absolute_url()}}
    for wrong in ("x", "-1", "9" * 30, "٣"):
        assert client.get(reverse("queue"), {"after": wrong}).status_code == 302
    Annotation.objects.exclude(revision=first.current_revision).delete()
    assert after(first) is None
    assert client.get(reverse("queue"), {"after": first.pk}).url == reverse("queue")


def test_the_article_page_leads_on_to_the_next_article(client):
    first, second = article_with(2, title="أول"), article_with(1, title="ثان")
    page = page_in(client.get(first.get_absolute_url()))
    [link] = page.xpath("//a[@class='ledger-next']/@href")
    assert client.get(link).url == second.get_absolute_url()
    reader = signed_in(make_user("reader"))
    assert not page_in(reader.get(first.get_absolute_url())).xpath("//a[@class='ledger-next']")


def test_marks_whose_words_changed_wait_for_whoever_may_decide_about_them(client, annotator):
    article = make_article(title="الميناء باق", paragraphs=LINES)
    mark = make_mark(article, LONG_QUOTE, by=annotator)
    other = LONG_QUOTE.replace("مهما حدث، وسنواصل العمل", "أبداً، وسنمضي في التشغيل")
    changed(article, LINES[0].replace(LONG_QUOTE, other), *LINES[1:])
    page = shown(client, show="places")
    assert f"<mark>{LONG_QUOTE}</mark>" in page
    assert f"<mark>{other}</mark>" in page
    assert '<span class="queue-number">1</span>' in page
    assert LONG_QUOTE not in shown(signed_in(make_user("annotator")), show="places")
    assert LONG_QUOTE in shown(signed_in(make_user("editor")), show="places")
    back = {"next": f"{reverse('queue')}?show=places"}
    answer = client.post(reverse("confirm_mark_place", args=[mark.uuid]), back)
    assert (answer.status_code, answer.headers["Location"]) == (303, back["next"])
    assert "لا علامات تنتظر مراجعة" in shown(client, show="places")
    elsewhere = client.post(reverse("confirm_mark_place", args=[mark.uuid]), {"next": "https://evil.example/"})
    assert elsewhere.headers["Location"].startswith(article.get_absolute_url())


def test_what_was_said_to_a_person_waits_until_they_have_seen_it(client, annotator):
    article = make_article(paragraphs=[TEXT])
    mark = make_mark(article, QUOTE, by=annotator)
    add_comment(mark=mark, text="ما رأيك يا @هدى؟ <b>", by=make_user("editor", username="ليلى"))
    page = shown(client, show="comments")
    assert "ما رأيك يا @هدى؟ &lt;b&gt;" in page
    assert "ليلى" in page
    Article.objects.update(status="hidden")
    assert "ما رأيك" not in shown(client, show="comments")
    Article.objects.update(status="published")
    assert client.post(reverse("queue_seen"), {"mark": mark.pk}).status_code == 303
    assert "لا تعليقات تذكرك" in shown(client, show="comments")


def test_what_others_changed_on_a_persons_marks_is_told_once(client, annotator):
    article = make_article(paragraphs=[TEXT])
    mark, editor = make_mark(article, QUOTE, by=annotator), make_user("editor", username="ليلى")
    change_mark(mark=mark, note="راجعي هذا", by=annotator)
    assert "لم يغيّر أحد علاماتك" in shown(client, show="changes")
    change_mark(mark=mark, spans=[span(article, OTHER)], by=editor)
    change_mark(mark=mark, note="صُحّح", by=editor)
    page = shown(client, show="changes")
    assert f'<del dir="auto">{QUOTE}</del> <ins dir="auto">{OTHER}</ins>' in page
    assert page.count("queue-row") == 2 + page.count('class="queue-rows"')
    [_, row] = ChangedMark.objects.filter(owner=annotator).order_by("pk")
    client.post(reverse("queue_seen"), {"change": row.pk})
    assert "صُحّح" not in shown(client, show="changes")
    client.post(reverse("queue_seen"), {"change": "all"})
    assert "لم يغيّر أحد علاماتك" in shown(client, show="changes")
    assert "لم يغيّر أحد علاماتك" in shown(signed_in(editor), show="changes")


def test_a_reader_sees_what_concerns_readers_and_who_is_signed_out_nothing(client):
    article_with(1)
    page = shown(signed_in(make_user("reader")))
    assert "لا تعليقات تذكرك" in page
    assert "خبر" not in page
    assert Client().get(reverse("queue")).status_code == 302
    assert Client().post(reverse("queue_seen")).status_code == 302
    assert Client().get(reverse("api_next_in_queue")).status_code == 401


@pytest.mark.parametrize("show", ["suggestions", "places", "comments", "changes"])
def test_a_page_needs_twelve_queries_however_much_waits(annotator, show):
    editor = make_user("editor")
    for number in range(12):
        article = make_article(title=f"خبر {number}", paragraphs=LINES)
        quote = make_mark(article, LONG_QUOTE, by=editor)
        add_comment(mark=quote, text="@هدى", by=make_user("editor"))
        own = make_mark(article, "وحضر الجولة", by=annotator, kind="claim")
        change_mark(mark=own, note="x", by=editor)
        changed(article, *LINES[1:])
        suggest_said(article, "وحضر الجولة", "الجولة")
    client = signed_in(annotator)
    shown(client, show=show)
    with CaptureQueriesContext(connection) as queries:
        shown(client, show=show)
    assert len(queries) <= 12, [query["sql"][:120] for query in queries.captured_queries]


def test_history_is_a_page_and_a_fragment_and_editors_bring_a_state_back_from_it(client, annotator):
    article = make_article(paragraphs=[TEXT])
    mark, editor = make_mark(article, QUOTE, by=annotator), signed_in(make_user("editor"))
    change_mark(mark=mark, spans=[span(article, OTHER)], by=annotator)
    address = reverse("mark_history", args=[mark.uuid])
    page = client.get(address).content.decode()
    assert all(words in page for words in (QUOTE, OTHER, "هدى", "وُضعت العلامة", "<html"))
    assert "أعد العلامة" not in page
    fragment = editor.get(address, headers={"X-Requested-With": "fetch"}).content.decode()
    assert "أعد العلامة" in fragment
    assert "<html" not in fragment
    api = client.get(reverse("api_mark_history", args=[mark.uuid])).json()["history"]
    assert [entry["act"] for entry in api] == ["changed", "marked"]
    assert api[0]["differences"][0] == {"label": "الكلمات", "before": QUOTE, "after": OTHER}
    first = {"change": api[-1]["change"]}
    assert client.post(reverse("restore_mark", args=[mark.uuid]), first).status_code == 403
    answer = editor.post(reverse("restore_mark", args=[mark.uuid]), first)
    assert answer.headers["Location"] == f"{article.get_absolute_url()}#mark-{mark.uuid}"
    mark.refresh_from_db()
    assert mark.exact == QUOTE
    assert editor.post(reverse("restore_mark", args=[mark.uuid]), {"change": "x"}).status_code == 404
    Article.objects.update(status="hidden")
    assert client.get(address).status_code == 404
    assert client.get(reverse("api_mark_history", args=[mark.uuid])).status_code == 404
