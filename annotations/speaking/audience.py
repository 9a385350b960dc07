"""For whom quotes are listed."""

from dataclasses import dataclass

from annotations.models import Annotation
from annotations.models.annotations import AnnotationQuerySet
from annotations.permissions import Person
from articles.delivering.results import published_reader
from articles.models import Article
from articles.models.articles import ArticleQuerySet


@dataclass(frozen=True)
class Audience:
    """`member`: whether suggestions and speakers whom nobody has confirmed are told."""

    user: Person
    articles: ArticleQuerySet
    member: bool

    @classmethod
    def of(cls, user: Person) -> "Audience":
        """Who reads a page here."""
        return cls(user, Article.objects.visible_to(user), user.is_authenticated)

    @classmethod
    def outside(cls, user: Person) -> "Audience":
        """Who reads what leaves the house for this person: what is published, and what people decided, alone."""
        return cls(user, published_reader(user).articles(), member=False)

    @property
    def quotes(self) -> AnnotationQuerySet:
        """On the texts that articles have now. Whether a mark's place is sure is told where it is loaded."""
        marks = Annotation.objects.visible_to(self.user).on_current_text().filter(kind=Annotation.Kind.QUOTE)
        return marks if self.member else marks.accepted()
