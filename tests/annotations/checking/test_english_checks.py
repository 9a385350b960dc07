import pytest
from django.urls import reverse

from annotations.checking.correcting import publish_notice
from annotations.checking.judging import give_verdict
from annotations.checking.opening import assign, open_check
from annotations.checking.weighing import add_evidence, ask_for_reply
from annotations.models import Annotation
from tests.accounts import make_user
from tests.annotations.checking.cases import decided, published, rating
from tests.annotations.marks import make_mark, suggest
from tests.articles.factories import make_article, make_source
from tests.english import arabic_on, in_english

pytestmark = pytest.mark.django_db
CLAIM = "Half of the trade passes here"
ADDRESS = "https://port.example/report"


@pytest.fixture
def check():
    """A check with all that one can have, in a public archive whose articles are English."""
    editor = make_user("editor", username="salma")
    paper = make_source("Harbour Gazette", key="gazette.example")
    text = f"{CLAIM}. All ships stop. None left."
    article = make_article(title="Port", paragraphs=[text], source=paper, language="en")
    check = open_check(mark=make_mark(article, CLAIM, kind="claim", by=editor), wording=CLAIM, by=editor)
    suggest(article, "All ships stop", kind="claim")
    make_mark(article, "None left", kind="claim", by=editor)
    colleague = make_user("annotator", username="huda")
    add_evidence(check=check, stance="refutes", url=ADDRESS, archived_url=ADDRESS, quote="a third", by=colleague)
    add_evidence(check=check, stance="context", article=article, by=editor)
    ask_for_reply(check=check, asked="Ministry", channel="mail", by=editor)
    assign(check=check, to=editor, by=editor)
    decided(check, reasons="The report says so.")
    published(check, reasons="A later report says so.")
    publish_notice(check=check, text="The year was wrong", by=editor)
    give_verdict(check=check, rating=rating("True"), reasons="New figures", by=make_user("editor", username="omar"))
    return check


@pytest.mark.parametrize("role", [None, "reader", "annotator", "editor"])
def test_pages_of_checks_in_english_have_no_arabic_left(check, settings, role):
    settings.PUBLIC_READING = True
    page = check.get_absolute_url()
    suggested = Annotation.objects.get(status="suggested")
    addresses = ["/claims/", "/claims/?q=zzz", page, suggested.revision.article.get_absolute_url()]
    if role:
        addresses += ["/claims/board/", "/claims/?show=claims", "/claims/?show=suggestions", f"{page}history/"]
    if role in ("annotator", "editor"):
        addresses.append(reverse("new_check", args=[suggested.uuid]))
    if role == "editor":
        addresses.append(f"{page}verdict/")
    client = in_english(role)
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert arabic_on(answer) == [], address
