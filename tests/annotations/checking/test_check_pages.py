"""/claims/: what the lists, the board and a check's page say, to whom, and with how many queries."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.checking.correcting import publish_notice
from annotations.checking.judging import give_verdict
from annotations.checking.moving import move
from annotations.checking.opening import add_claim, assign
from annotations.checking.weighing import add_evidence, ask_for_reply, record_answer
from annotations.connecting import connect_speaker
from annotations.models import Check
from articles.models import Article, Source
from tests.accounts import make_user
from tests.annotations.checking.cases import CLAIM, REASONS, article_of, make_check, make_claim, published, rating
from tests.annotations.marks import suggest
from tests.annotations.requests import signed_in
from tests.articles.factories import make_article, make_source
from tests.articles.markup import page_in

pytestmark = pytest.mark.django_db
LIST, BOARD, FEED = "/claims/", "/claims/board/", "/claims/feed/"


@pytest.fixture(autouse=True)
def open_reading(settings):
    settings.PUBLIC_READING = True


def text_of(client: Client, address: str, **query) -> str:
    return client.get(address, query).content.decode()


def wordings(client: Client, **query) -> list[str]:
    page = page_in(client.get(LIST, query))
    return [title.text_content() for title in page.xpath("//h2[@class='check-wording']")]


def full_check() -> Check:
    """A check with everything that its page can show."""
    check, editor = make_check(), make_user("editor")
    for number in range(3):
        mark = make_claim(source=make_source(f"صحيفة {number}"))
        connect_speaker(mark=mark, name="سالم الخطيب", by=editor)
        add_claim(check=check, mark=mark, by=editor)
    for stance in ("supports", "refutes", "context"):
        add_evidence(check=check, stance=stance, url=f"https://customs.example/{stance}", quote="جدول", by=editor)
    add_evidence(check=check, stance="context", article=article_of(check), by=editor)
    reply = ask_for_reply(check=check, asked="وزارة النقل", channel="mail", by=editor)
    record_answer(reply=reply, answer="الرقم تقديري.", by=editor)
    make_check(f"{CLAIM} كل عام")
    return published(check)


@pytest.mark.parametrize("role", [None, "reader", "annotator", "editor"])
def test_pages_of_checks_take_twelve_queries_at_most(role):
    check = full_check()
    give_verdict(check=check, rating=rating("True"), reasons=REASONS, by=make_user("editor"))
    client = signed_in(make_user(role)) if role else Client()
    addresses = [LIST, FEED, check.get_absolute_url(), f"{LIST}?q=الميناء&claimant=سالم&status=published"]
    addresses += [BOARD, f"{LIST}?show=suggestions", reverse("check_history", args=[check.pk])] if role else []
    addresses += [reverse("check_verdict", args=[check.pk])] if role == "editor" else []
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        assert len(queries) <= 12, (address, [query["sql"][:90] for query in queries])


def test_visitors_see_what_was_published_and_nothing_of_the_work_on_it():
    check, annotator = full_check(), make_user("annotator", username="هدى-المدققة")
    add_evidence(check=check, stance="refutes", url="https://rumours.example/1", by=annotator)
    give_verdict(check=check, rating=rating("True"), reasons="سبب لم يُعتمد", by=make_user("editor"))
    make_check("ادعاء لم يُنشر")
    page = text_of(Client(), check.get_absolute_url())
    for told in (CLAIM, REASONS, "خاطئ", "customs.example/refutes", "الرقم تقديري.", "سالم الخطيب"):
        assert told in page, told
    for kept in ("rumours.example", "سبب لم يُعتمد", "هدى-المدققة", "بريد إلكتروني", check.verdict.by_name):
        assert kept not in page, kept
    assert wordings(Client()) == [CLAIM]
    assert Client().get(Check.objects.get(wording="ادعاء لم يُنشر").get_absolute_url()).status_code == 404
    assert "rumours.example" in text_of(signed_in(make_user("reader")), check.get_absolute_url())


def test_checks_are_for_members_where_reading_is(settings):
    check = published()
    settings.PUBLIC_READING = False
    for address in (LIST, FEED, check.get_absolute_url()):
        assert Client().get(address).status_code == 302, address
    assert CLAIM in text_of(signed_in(make_user("reader")), check.get_absolute_url())


@pytest.mark.parametrize("status", [Article.Status.PENDING, Article.Status.HIDDEN])
def test_an_article_that_may_not_be_read_is_told_of_by_no_check(status):
    check = make_check()
    hidden = make_claim(title="عنوان مستتر", source=make_source("صحيفة مستترة"))
    connect_speaker(mark=hidden, name="كيوان المستتر", by=make_user("editor"))
    add_claim(check=check, mark=hidden, by=make_user("editor"))
    add_evidence(check=check, stance="context", article=hidden.revision.article, by=make_user("editor"))
    published(check)
    alone = make_check("ادعاء المستتر وحده", mark=make_claim(title="عنوان مستتر آخر"))
    Article.objects.filter(title__startswith="عنوان مستتر").update(status=status)
    for client in (Client(), signed_in(make_user("annotator"))):
        for address in (LIST, check.get_absolute_url(), f"{LIST}?claimant=كيوان", BOARD, FEED, f"{FEED}?status=new"):
            assert "مستتر" not in text_of(client, address).replace('value="كيوان"', ""), address
        assert wordings(client, claimant="كيوان") == []
        assert wordings(client, source=hidden.revision.article.source_id) in ([], [CLAIM])
        assert client.get(alone.get_absolute_url()).status_code == 404
    assert "صحيفة مستترة" in text_of(signed_in(make_user("editor")), check.get_absolute_url())


def test_what_an_internal_source_says_is_for_members():
    check = make_check(mark=make_claim(source=make_source("نشرة داخلية")))
    add_claim(check=check, mark=make_claim(), by=make_user("editor"))
    published(check)
    Source.objects.filter(name="نشرة داخلية").update(rights=Source.Rights.INTERNAL)
    assert "نشرة داخلية" not in text_of(Client(), check.get_absolute_url())
    page = page_in(signed_in(make_user("reader")).get(check.get_absolute_url()))
    assert "نشرة داخلية" not in page.xpath("string(//script[@type='application/ld+json'])")
    assert "نشرة داخلية" in page.xpath("string(//main)")


def test_an_unconfirmed_claimant_is_told_to_members_alone_and_as_such():
    mark = make_claim()
    mark.attributions.create(order=0, name="سالم الخطيب", certainty="probable")
    mark.attributions.create(order=1, name="وكالة الأنباء", role="relayed", certainty="confirmed")
    check = published(make_check(mark=mark))
    visitor, member = (page_in(one.get(check.get_absolute_url())) for one in (Client(), signed_in(make_user("reader"))))
    assert visitor.xpath("//*[@class='claimant']") == []
    claimants = {" ".join(one.text_content().split()) for one in member.xpath("//*[@class='claimant']")}
    assert claimants == {"سالم الخطيب (غير مؤكد)"}
    assert wordings(Client(), claimant="سالم") == []
    assert wordings(signed_in(make_user("reader")), claimant="سالم") == [CLAIM]


def test_a_list_is_narrowed_by_words_in_any_spelling_state_rating_assignee_and_source():
    annotator, editor = make_user("annotator"), make_user("editor")
    one, other = make_check("أُغلِقت المدرسة الكبرى"), published()
    assign(check=one, to=annotator, by=editor)
    client = signed_in(make_user("reader"))
    assert wordings(client) == [other.wording, one.wording]
    assert wordings(client, q="اغلقت المدرسه") == [one.wording]
    assert wordings(client, status="published") == [other.wording]
    assert wordings(client, rating=other.verdict.rating_id) == [other.wording]
    assert wordings(client, assignee=annotator.pk) == [one.wording]
    assert wordings(client, assignee="nobody") == [other.wording]
    assert len(wordings(client, source=article_of(one).source_id)) == 2
    assert wordings(client, source="x", status="y", rating="0", before="z", assignee="9" * 30) == wordings(client)


def test_lists_go_on_by_key():
    annotator = make_user("annotator")
    checks = [make_check(f"ادعاء {number}", by=annotator) for number in range(22)]
    client = signed_in(make_user("reader"))
    page = page_in(client.get(LIST))
    (following,) = page.xpath("//a[@rel='next']/@href")
    assert [
        one.text_content() for one in page_in(client.get(LIST + following)).xpath("//h2[@class='check-wording']")
    ] == [
        checks[1].wording,
        checks[0].wording,
    ]


def test_claims_that_wait_for_a_check_are_listed_for_members():
    article = make_article(paragraphs=[f"قال الوزير إن {CLAIM}. وبلغت النسبة نصف ذلك."])
    suggest(article, CLAIM, kind="claim")
    make_claim("الرصيف الجديد أطول من القديم")
    make_check("ملف موجود")
    client = signed_in(make_user("annotator"))
    suggestions, claims = (text_of(client, LIST, show=show) for show in ("suggestions", "claims"))
    assert CLAIM in suggestions
    assert "الرصيف الجديد" not in suggestions
    assert "الرصيف الجديد" in claims
    assert CLAIM not in claims
    assert CLAIM not in text_of(Client(), LIST, show="suggestions")


def test_a_claim_becomes_a_check_or_joins_one_that_is_like_it():
    editor = make_user("editor")
    check, mark = make_check(), make_claim("تسعون في المئة من صادرات البلاد تمر من الميناء")
    client = signed_in(editor)
    address = reverse("new_check", args=[mark.uuid])
    assert check.wording in text_of(client, address)
    client.post(reverse("add_claim_to_check", args=[check.pk, mark.uuid]))
    assert check.claims.count() == 2
    assert client.get(address).url == check.get_absolute_url()
    other = make_claim("الرصيف الجديد أطول من القديم")
    assert client.post(reverse("new_check", args=[other.uuid]), {"wording": " "}).status_code == 422
    made = client.post(reverse("new_check", args=[other.uuid]), {"wording": "الرصيف الجديد أطول"})
    assert Check.objects.get(wording="الرصيف الجديد أطول").get_absolute_url() == made.url


def test_a_check_goes_through_its_pages_from_new_to_published_and_corrected():
    check, first, second = make_check(), signed_in(make_user("editor")), signed_in(make_user("editor"))
    page = check.get_absolute_url()
    first.post(f"{page}move/", {"to": "checking"})
    first.post(
        f"{page}evidence/", {"stance": "refutes", "place": f"http://testserver/articles/{article_of(check).pk}/"}
    )
    assert check.evidence.get().article == article_of(check)
    first.post(f"{page}replies/", {"asked": "وزارة النقل", "channel": "call", "deadline": "2024-05-01"})
    first.post(f"{page}replies/{check.replies.get().pk}/", {"answer": "لا تعليق"})
    first.post(f"{page}verdict/", {"rating": rating().pk, "reasons": REASONS})
    pending = check.verdicts.get()
    assert first.post(f"{page}verdict/sign/", {"verdict": pending.pk}).status_code == 403
    second.post(f"{page}verdict/sign/", {"verdict": pending.pk})
    second.post(f"{page}move/", {"to": "published", "back": "board"})
    second.post(f"{page}notices/", {"text": "كتبنا السنة خطأ."})
    second.post(f"{page}move/", {"to": "withdrawn"})
    check.refresh_from_db()
    assert check.status == "published"
    assert "كتبنا السنة خطأ." in text_of(Client(), page)
    second.post(f"{page}move/", {"to": "withdrawn", "notice": "سحبنا الملف."})
    shown = text_of(Client(), page)
    assert "سحبنا الملف." in shown
    assert "كتبنا السنة خطأ." in shown
    assert REASONS not in shown
    assert "ld+json" not in shown
    history = text_of(first, f"{page}history/")
    assert all(said in history for said in ("فُتح الملف", "أُضيف دليل", "سُجّل رد", "اعتُمدت نتيجة"))


@pytest.mark.parametrize("role", ["reader", "annotator"])
def test_what_a_person_may_not_do_is_neither_offered_nor_done(role):
    check, client = make_check(), signed_in(make_user(role))
    page = check.get_absolute_url()
    shown = text_of(client, page)
    assert "/assign/" not in shown if role == "reader" else "أتولى هذا الملف" in shown
    assert f"{page}move/" not in shown
    assert f"{page}verdict/" not in shown
    for path, body in (("move/", {"to": "checking"}), ("verdict/", {}), ("wording/", {"wording": "x"})):
        assert client.post(f"{page}{path}", body).status_code == 403, path
    assert Client().post(f"{page}move/", {"to": "checking"}).status_code == 302


def test_evidence_that_cannot_be_taken_keeps_what_was_typed():
    check, client = make_check(), signed_in(make_user("annotator"))
    answer = client.post(
        f"{check.get_absolute_url()}evidence/", {"stance": "context", "place": "/articles/99999/", "note": "ملاحظتي"}
    )
    assert answer.status_code == 422
    assert "ملاحظتي" in answer.content.decode()


def test_the_board_moves_a_check_by_its_buttons():
    check, client = make_check(), signed_in(make_user("editor"))
    page = page_in(client.get(BOARD))
    (form,) = page.xpath("//form[contains(@class, 'board-moves')]")
    assert form.xpath(".//button/@value") == ["checking", "withdrawn"]
    assert client.post(form.get("action"), {"to": "checking", "back": "board"})["Location"] == BOARD
    column = page_in(client.get(BOARD)).xpath("//section[@aria-labelledby='column-checking']")[0]
    assert check.wording in column.text_content()


def test_a_published_check_has_its_claim_review_in_the_page():
    mark = make_claim("قالوا </script><b>كل شيء")
    connect_speaker(mark=mark, name="سالم الخطيب", by=make_user("editor"))
    check = published(make_check("قالوا </script><b>كل شيء", mark=mark))
    response = Client().get(check.get_absolute_url())
    (block,) = page_in(response).xpath("//script[@type='application/ld+json']/text()")
    review = json.loads(block)
    assert (review["@type"], review["claimReviewed"]) == ("ClaimReview", check.wording)
    assert review["reviewRating"] == {
        "@type": "Rating", "alternateName": "خاطئ", "ratingValue": 1, "bestRating": 4, "worstRating": 1,
    }  # fmt: skip
    assert review["itemReviewed"]["author"] == {"@type": "Person", "name": "سالم الخطيب"}
    assert review["itemReviewed"]["appearance"][0]["url"] == article_of(check).url
    assert "<b>كل" not in response.content.decode()
    other = published(make_check("ادعاء ثانٍ"), label="Unproven")
    (block,) = page_in(Client().get(other.get_absolute_url())).xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(block)["reviewRating"] == {"@type": "Rating", "alternateName": "غير مثبت"}


def test_a_feed_tells_of_one_state_with_what_was_corrected():
    check, other = published(), make_check("ادعاء جديد")
    publish_notice(check=check, text="كتبنا السنة خطأ.", by=make_user("editor"))
    answer = Client().get(FEED)
    feed = answer.content.decode()
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert "خاطئ: " in feed
    assert "كتبنا السنة خطأ." in feed
    assert other.wording not in feed
    assert Client().get(FEED, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    assert other.wording not in text_of(Client(), FEED, status="new")
    assert other.wording in text_of(signed_in(make_user("reader")), FEED, status="new")
    assert Client().get(FEED, {"status": "x"}).status_code == 404
    move(check=check, to="withdrawn", notice="سحبناه.", by=make_user("editor"))
    assert "سحبناه." in text_of(Client(), FEED, status="withdrawn")


def test_the_ledger_leads_from_a_claim_to_its_check():
    check = published()
    article = article_of(check)
    assert check.get_absolute_url() in text_of(Client(), article.get_absolute_url())
    mark = make_claim("الرصيف الجديد أطول من القديم")
    address = reverse("new_check", args=[mark.uuid])
    assert address in text_of(signed_in(make_user("annotator")), mark.revision.article.get_absolute_url())
    assert address not in text_of(Client(), mark.revision.article.get_absolute_url())
    unpublished = make_check(mark=mark)
    assert unpublished.get_absolute_url() not in text_of(Client(), mark.revision.article.get_absolute_url())
