"""Checks for tests: claims that people marked, a scale, and checks that have come some way."""

from django.contrib.auth.models import User

from annotations.checking.judging import give_verdict, sign_off
from annotations.checking.moving import move
from annotations.checking.opening import open_check
from annotations.models import Annotation, Check, Rating, Verdict
from articles.models import Article
from tests.accounts import make_user
from tests.annotations.marks import make_mark
from tests.articles.factories import make_article

CLAIM = "تسعون في المئة من صادرات البلاد تمر عبر الميناء"
REASONS = "تقول أرقام الجمارك إن الميناء يستقبل ثلث الصادرات."


def make_claim(words: str = CLAIM, *, by: User | None = None, **article) -> Annotation:
    """An accepted claim in an article of its own."""
    text = f"قال وزير النقل سالم الخطيب أمس إن {words}."
    return make_mark(make_article(paragraphs=[text], **article), words, kind="claim", by=by or make_user("annotator"))


def rating(label: str = "False") -> Rating:
    """One of the scale, which the migration made and tests that empty the database took away."""
    found = {"True": (1, "صحيح", 4, "green"), "False": (5, "خاطئ", 1, "red"), "Unproven": (4, "غير مثبت", None, "grey")}
    position, name, value, colour = found[label]
    known = {"label_en": label, "position": position, "value": value, "colour": colour}
    return Rating.objects.get_or_create(label=name, defaults=known)[0]


def make_check(wording: str = CLAIM, *, by: User | None = None, mark: Annotation | None = None) -> Check:
    by = by or make_user("annotator")
    return open_check(mark=mark or make_claim(by=by), wording=wording, by=by)


def decided(check: Check, *, label: str = "False", reasons: str = REASONS, notice: str = "") -> Verdict:
    """A verdict in force: given by one editor, signed off by another."""
    verdict = give_verdict(check=check, rating=rating(label), reasons=reasons, by=make_user("editor"))
    verdict = sign_off(verdict=verdict, by=make_user("editor"), notice=notice)
    check.refresh_from_db()
    return verdict


def published(check: Check | None = None, **verdict) -> Check:
    check = check or make_check()
    decided(check, **verdict)
    return move(check=check, to=Check.Status.PUBLISHED, by=make_user("editor"))


def article_of(check: Check) -> Article:
    return check.claims.first().mark.revision.article
