"""What leaves through the API, and for whom: what a person may read, without what is internal, whoever asks.

Members read internal sources on the pages; what a program takes away has left the house (Source.Rights).
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from annotations.models import Annotation
from annotations.models.annotations import AnnotationQuerySet
from annotations.permissions import Person
from annotations.speaking.audience import Audience
from articles.models import Article, Entity, Mention, Source
from articles.models.articles import ArticleQuerySet
from articles.models.entities import EntityQuerySet


class SignedIn(SessionAuthentication):
    """Whom the session or the token (newsdesk.api.door) says; who is nobody is told how to sign in."""

    def authenticate(self, request: Request) -> tuple[Person, object] | None:
        found = super().authenticate(request)
        return found and (found[0], getattr(request._request, "api_token", None))

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Newsdesk"'


class MayRead(BasePermission):
    """Members, and everybody where reading is open."""

    def has_permission(self, request: Request, view: object) -> bool:
        return request.user.is_authenticated or settings.PUBLIC_READING


def open_articles(user: Person) -> ArticleQuerySet:
    return Article.objects.visible_to(user).of_open_sources().exclude(current_revision=None)


def open_entities(user: Person) -> EntityQuerySet:
    """Those that stand, and that an article which may leave names."""
    articles = open_articles(user).filter(current_revision=OuterRef("revision"))
    return Entity.objects.standing().filter(Exists(Mention.objects.filter(Exists(articles), entity=OuterRef("pk"))))


def open_sources(user: Person):
    return Source.objects.filter(Exists(open_articles(user).filter(source=OuterRef("pk"))))


@dataclass(frozen=True)
class Listeners(Audience):
    """For whom marks are listed: of one kind, or of every kind, where annotations.speaking lists quotes alone."""

    kind: str = ""

    @classmethod
    def to(cls, user: Person, kind: str = "") -> "Listeners":
        return cls(user, open_articles(user), user.is_authenticated, kind)

    @property
    def quotes(self) -> AnnotationQuerySet:
        marks = Annotation.objects.visible_to(self.user).on_current_text()
        marks = marks.filter(kind=self.kind) if self.kind else marks
        return marks if self.member else marks.accepted()
