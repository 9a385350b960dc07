import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from annotations.connecting import connect_speaker
from annotations.layers import count_marks, mark_layer
from annotations.marking import accept, change_mark
from annotations.models import Annotation
from articles.layers import MarkCount
from tests.accounts import make_user
from tests.annotations.marks import make_mark, span, suggest, suggest_said
from tests.articles.factories import add_revision, make_article, make_entity, make_mention, make_source

pytestmark = pytest.mark.django_db

FIRST = "«لن نُغلق الميناء»"
SECOND = "«سنوسّع الأرصفة»"
INDIRECT = "إن الأجور ستُرفع قريباً"
CLAIM = "يمر بالميناء نصف تجارة البلاد"
TEXT = [
    f"قال وزير النقل سالم الخطيب {FIRST} أمس، ثم أضاف {SECOND}.",
    f"وقالت النقابة {INDIRECT}. و{CLAIM}.",
]


@pytest.fixture
def article():
    return make_article(title="الميناء باق", paragraphs=TEXT, source=make_source("جريدة المرسى"))


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ledger_of(article, client: Client):
    response = client.get(reverse("ledger", args=[article.pk]))
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def words(element) -> str:
    return " ".join(element.text_content().split())


def doing(element, action: str) -> list:
    """The buttons for an action."""
    return element.xpath(f'.//button[@data-do="{action}"]')


def entry_of(ledger, mark: Annotation):
    [entry] = ledger.xpath(f'.//li[@data-mark="{mark.uuid}"]')
    return entry


def groups(ledger) -> list[tuple[str, list[str]]]:
    return [
        (words(group.find(".//h3")), [words(entry) for entry in group.find_class("entry-words")])
        for group in ledger.find_class("said-by")
    ]


def buttons(ledger, mark: Annotation) -> list[str]:
    return [button.get("data-do") for button in entry_of(ledger, mark).iter("button")]


def test_quotes_stand_under_who_said_them_the_surest_first_and_the_unsure_apart(article, annotator):
    suggest_said(article, INDIRECT, "النقابة", certainty="uncertain")
    probable, _ = suggest_said(article, FIRST, "سالم", certainty="probable")
    make_mark(article, CLAIM, kind="claim", by=annotator)
    quote = make_mark(article, SECOND, by=annotator)
    connect_speaker(mark=quote, name="سالم الخطيب", by=annotator)
    assert groups(ledger_of(article, signed_in(annotator))) == [
        ("سالم الخطيب", [SECOND]),
        ("سالم مرجّح", [FIRST]),
        ("القائل غير مؤكد", [f"«{INDIRECT}»"]),
        ("ادعاءات يمكن التحقق منها", [CLAIM]),
    ]
    assert "ربما: النقابة" in words(ledger_of(article, signed_in(annotator)))
    assert probable.status == "suggested"


def test_quotes_of_one_entity_are_together_however_the_text_names_it(article, annotator):
    entity = make_entity("سالم الخطيب")
    for quote in (FIRST, SECOND):
        connect_speaker(mark=make_mark(article, quote, by=annotator), entity=entity, by=annotator)
    [(name, entries)] = groups(ledger_of(article, signed_in(annotator)))
    assert (name, entries) == ("سالم الخطيب", [FIRST, SECOND])


def test_an_entry_says_type_cue_state_and_how_the_text_names_the_speaker(article, annotator):
    entity = make_mention(article, "سالم الخطيب").entity
    quote = make_mark(article, FIRST, cue="قال", by=annotator)
    connect_speaker(mark=quote, span=span(article, "وزير النقل سالم الخطيب"), by=annotator)
    ledger = ledger_of(article, signed_in(annotator))
    [facts] = ledger.find_class("entry-facts")
    assert words(facts) == "مباشر عبارة الإسناد: قال في النص: وزير النقل سالم الخطيب"
    link = ledger.find(".//h3//a")
    assert link.get("href") == entity.get_absolute_url()


def test_a_suggestion_says_that_it_is_one(article, annotator):
    suggest(article, FIRST)
    make_mark(article, SECOND, by=annotator)
    ledger = ledger_of(article, signed_in(annotator))
    assert [len(entry.find_class("entry-state")) for entry in ledger.find_class("entry")] == [1, 0]


def test_every_entry_leads_to_its_words_in_the_text(article, annotator):
    mark = make_mark(article, FIRST, by=annotator)
    page = html.fromstring(signed_in(annotator).get(article.get_absolute_url()).content.decode())
    [link] = page.find_class("entry-words")
    path, _, anchor = link.get("href").partition("#")
    assert (path, anchor) == (article.get_absolute_url(), f"mark-{mark.uuid}")
    assert FIRST.startswith(page.get_element_by_id(anchor).text_content())


def test_each_person_gets_the_buttons_of_what_they_may_do(article, annotator):
    suggested, own = suggest(article, FIRST), make_mark(article, SECOND, by=annotator)
    for user, on_suggested, on_made in [
        (make_user("reader"), ["copy"], ["copy"]),
        (make_user("annotator"), ["accept", "reject", "copy", "edit"], ["copy"]),
        (annotator, ["accept", "reject", "copy", "edit"], ["copy", "edit", "delete"]),
        (make_user("editor"), ["accept", "reject", "copy", "edit"], ["copy", "edit", "delete"]),
    ]:
        ledger = ledger_of(article, signed_in(user))
        assert (buttons(ledger, suggested), buttons(ledger, own)) == (on_suggested, on_made)


def test_an_accepted_quote_whose_speaker_nobody_confirmed_can_still_be_confirmed(article, annotator):
    quote, _ = suggest_said(article, FIRST, "سالم الخطيب")
    change_mark(mark=quote, note="تحققت من النص", by=annotator)
    ledger = ledger_of(article, signed_in(annotator))
    assert words(doing(ledger, "accept")[0]) == "تأكيد القائل"
    accept(mark=quote, by=annotator)
    assert not doing(ledger_of(article, signed_in(annotator)), "accept")


def test_the_buttons_work_without_scripts(article, annotator):
    client = signed_in(annotator)
    quote, other, own = (
        suggest(article, FIRST),
        suggest(article, SECOND),
        make_mark(article, CLAIM, kind="claim", by=annotator),
    )
    ledger = ledger_of(article, client)
    for mark, action in ((quote, "accept"), (other, "reject"), (own, "delete")):
        [button] = doing(entry_of(ledger, mark), action)
        assert ledger.get_element_by_id(button.get("form")).get("method") == "post"
        response = client.post(button.get("formaction"))
        assert (response.status_code, response.headers["Location"]) == (303, f"{article.get_absolute_url()}#ledger")
    assert dict(Annotation.objects.values_list("pk", "status")) == {quote.pk: "accepted", other.pk: "rejected"}


def test_the_buttons_are_for_those_who_may_and_only_by_post(article):
    quote = suggest(article, FIRST)
    address = reverse("accept_in_ledger", args=[quote.uuid])
    assert Client().post(address).url.startswith(reverse("login"))
    assert signed_in(make_user("reader")).post(address).status_code == 403
    assert signed_in(make_user("annotator")).get(address).status_code == 405
    hidden = suggest(make_article(paragraphs=TEXT, status="hidden"), FIRST)
    assert signed_in(make_user("annotator")).post(reverse("accept_in_ledger", args=[hidden.uuid])).status_code == 404
    quote.refresh_from_db()
    assert quote.status == "suggested"


def test_who_is_not_signed_in_sees_decided_marks_only_on_page_ledger_and_count(article, annotator, settings):
    settings.PUBLIC_READING = True
    suggested, _ = suggest_said(article, FIRST, "سالم الخطيب")
    rejected = suggest(article, CLAIM, kind="claim")
    Annotation.objects.filter(pk=rejected.pk).update(
        status="rejected", decided_by_name="محرر", decided_at="2024-01-01T00:00Z"
    )
    made = make_mark(article, SECOND, by=annotator)
    for address in (article.get_absolute_url(), reverse("ledger", args=[article.pk])):
        page = Client().get(address).content.decode()
        assert str(made.uuid) in page
        assert str(suggested.uuid) not in page
        assert str(rejected.uuid) not in page
        assert annotator.username not in page
        assert "is-suggested" not in page
    anonymous = Client().get("/").wsgi_request.user
    assert count_marks([article.pk], anonymous) == {article.pk: MarkCount(1, 0)}
    assert count_marks([article.pk], annotator) == {article.pk: MarkCount(1, 2)}


def test_marks_of_what_a_person_may_not_read_are_not_counted_and_have_no_ledger(annotator):
    hidden = make_article(paragraphs=TEXT, status="hidden")
    suggest(hidden, FIRST)
    assert count_marks([hidden.pk], annotator) == {}
    assert signed_in(annotator).get(reverse("ledger", args=[hidden.pk])).status_code == 404
    assert count_marks([hidden.pk], make_user("editor")) == {hidden.pk: MarkCount(0, 1)}


def test_only_marks_on_the_current_text_are_counted_in_one_query(article, annotator, django_assert_num_queries):
    other = make_article(paragraphs=TEXT)
    for words_ in (FIRST, SECOND):
        make_mark(article, words_, by=annotator)
    make_mark(other, FIRST, by=annotator)
    add_revision(other, title=other.title, paragraphs=["نص آخر."])
    annotator.has_perm("articles.view_unpublished")
    with django_assert_num_queries(1):
        assert count_marks([article.pk, other.pk], annotator) == {article.pk: MarkCount(2, 0)}


def test_the_layer_draws_every_part_and_says_what_it_is(article, annotator):
    quote = make_mark(article, FIRST, cue="قال", by=annotator)
    suggest(article, CLAIM, kind="claim")
    spans = [
        span_ for span_ in mark_layer(article.current_revision, annotator).spans if "data-mark" in span_.attributes
    ]
    text = article.current_revision.text
    assert [(text[one.start : one.end], one.classes, one.attributes["aria-roledescription"]) for one in spans] == [
        ("قال", "mark mark-cue", "اقتباس"),
        (FIRST, "mark mark-quote", "اقتباس"),
        (CLAIM, "mark mark-claim is-suggested", "ادعاء، مقترح"),
    ]
    assert {one.attributes["data-mark"] for one in spans[:2]} == {str(quote.uuid)}


def test_the_page_needs_as_many_queries_for_sixty_marks_as_for_one(annotator, django_assert_max_num_queries):
    quotes = [f"«الجملة رقم {number} من الكلام»" for number in range(30)]
    article = make_article(paragraphs=[f"قال المتحدث{number} {quote}." for number, quote in enumerate(quotes)])
    for number, quote in enumerate(quotes):
        suggest_said(article, quote, f"المتحدث{number} "[:-1], entity=make_entity(f"المتحدث{number}"))
    client = signed_in(annotator)
    with django_assert_max_num_queries(12):
        page = client.get(article.get_absolute_url())
    assert page.content.decode().count("entry-quote") == 30


@pytest.mark.parametrize(
    ("state", "cited"),
    [
        ("confirmed", f"{FIRST} — سالم الخطيب"),
        ("suggested", f"{FIRST} — القائل غير مؤكد"),
        ("indirect", f"{INDIRECT} (بالمعنى) — النقابة"),
        ("without its quotation marks", f"{FIRST} — القائل غير مؤكد"),
    ],
)
def test_a_quote_is_copied_with_who_where_and_when(annotator, state, cited):
    article = make_article(paragraphs=TEXT, source=make_source("جريدة المرسى"), url="https://marsa.example/1")
    if state == "confirmed":
        connect_speaker(mark=make_mark(article, FIRST, by=annotator), name="سالم الخطيب", by=annotator)
    elif state == "suggested":
        suggest_said(article, FIRST, "سالم الخطيب")
    elif state == "indirect":
        connect_speaker(mark=make_mark(article, INDIRECT, by=annotator), name="النقابة", by=annotator)
    else:
        make_mark(article, FIRST.strip("«»"), by=annotator)
    [button] = doing(ledger_of(article, signed_in(annotator)), "copy")
    assert button.get("data-citation") == f"{cited}، جريدة المرسى، 27 مارس 2024، 12:30، https://marsa.example/1"


def test_a_quote_of_an_article_without_address_is_copied_with_this_pages(annotator):
    article = make_article(paragraphs=TEXT, source=make_source("مواد ملصقة"), published_at=None)
    article.url, article.key = None, "نص ملصق"
    article.save()
    make_mark(article, FIRST, by=annotator)
    [button] = doing(ledger_of(article, signed_in(annotator)), "copy")
    assert button.get("data-citation") == f"{FIRST} — القائل غير مؤكد، مواد ملصقة"
    assert button.get("data-page") == article.get_absolute_url()
