"""Quotes for the tests of who said what: suggested, made and confirmed by people, of chosen days and sources."""

from datetime import UTC, datetime

from django.contrib.auth.models import User

from annotations.connecting import connect_speaker
from annotations.models import Annotation, Attribution
from articles.models import Article, Entity
from tests.accounts import make_user
from tests.annotations.marks import make_mark, suggest_said
from tests.articles.factories import make_article, make_entity, make_mention
from tests.articles.markup import page_in, with_class, words

SPEAKER, OTHER = "سلمى الهادي", "كيوان الراوي"
WORDS = "«لن نغلق الميناء أبداً»"


def told_by(name: str = SPEAKER, said: str = WORDS, *, day: int = 1, month: int = 5, **facts) -> Article:
    """An article in which somebody is named and says something; nothing is marked yet."""
    published = datetime(2024, month, day, 12, tzinfo=UTC)
    article = make_article(paragraphs=[f"قالت {name} للصحفيين: {said} ومضت."], published_at=published, **facts)
    make_mention(article, name)
    return article


def suggested(article: Article, said: str = WORDS, *, by: str = SPEAKER, **facts) -> Annotation:
    """As a detector leaves it: a suggested quote, its speaker a suggestion too."""
    return suggest_said(article, said, by, entity=facts.pop("entity", make_entity(by)), **facts)[0]


def confirmed(article: Article, said: str = WORDS, *, by: str = SPEAKER, person: User | None = None) -> Annotation:
    """A quote that a person marked, and whose speaker a person named."""
    person = person or make_user("annotator")
    mark = make_mark(article, said, by=person, cue="قالت")
    connect_speaker(mark=mark, by=person, entity=make_entity(by))
    return mark


def attribute(mark: Annotation, entity: Entity, role: str, *, order: int = 1, certainty: str = "confirmed") -> None:
    Attribution.objects.create(annotation=mark, order=order, entity=entity, role=role, certainty=certainty)


def entries(client, address: str, **asked) -> list[str]:
    """The words of each quote on a list, in its order."""
    response = client.get(address, asked)
    assert response.status_code == 200
    return [words(one) for one in with_class(page_in(response), "said-words")]
