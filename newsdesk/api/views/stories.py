"""/api/stories/: articles that are copies of one another, as far as a person may read them."""

from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from articles.models import Story
from articles.models.articles import ArticleQuerySet
from articles.provenance.origins import choose_origin, in_time
from articles.provenance.stories import copy_of
from newsdesk.api.asked import PageAsked, asked_in, cursor_of
from newsdesk.api.paging import Leaf, key_in, leaf_of, listed
from newsdesk.api.reading import open_articles
from newsdesk.api.shapes import Shape, address, article_shape
from newsdesk.api.told import ListedStorySerializer, ProblemSerializer, StorySerializer, list_of

MOST_COPIES = 500


@extend_schema(
    operation_id="stories",
    summary=_("القصص الخبرية: ما نُشر في أكثر من مكان"),
    parameters=[PageAsked],
    responses={
        200: list_of("stories", ListedStorySerializer(many=True)),
        (400, "application/problem+json"): ProblemSerializer,
    },
)
@api_view(["GET", "HEAD"])
def story_list(request: Request) -> Response:
    """The newest stories first; one of which somebody may read fewer than two copies is none to them."""
    asked = asked_in(request, PageAsked)
    before, limit = cursor_of(asked, key_in), asked.validated_data["limit"]
    copies = open_articles(request.user).filter(story__isnull=False)
    leaf = _stories(copies if before is None else copies.filter(story__lt=before), limit)
    return Response(listed(request, "stories", (_listed_story(row, request) for row in leaf.rows), leaf.following))


def _stories(copies: ArticleQuerySet, limit: int) -> Leaf:
    """Rows (story, number of copies), then with the title of the first copy; two queries."""
    counted = copies.order_by().values("story").annotate(copies=Count("pk")).filter(copies__gte=2).order_by("-story")
    leaf = leaf_of(list(counted[: limit + 1]), limit, lambda row: row["story"])
    turn = Window(RowNumber(), partition_by="story", order_by=[F("appeared_at").asc(), F("pk").asc()])
    numbered = copies.filter(story__in=[row["story"] for row in leaf.rows]).annotate(turn=turn).filter(turn=1)
    titles = dict(numbered.values_list("story", "title"))
    return leaf._replace(rows=[row | {"title": titles.get(row["story"], "")} for row in leaf.rows])


def _listed_story(row: dict[str, Any], request: Request) -> Shape:
    pk = row["story"]
    return {
        "id": pk,
        "title": row["title"],
        "copies": row["copies"],
        "address": address(request, "api_story", pk),
        "page": address(request, "story", pk),
    }


@extend_schema(
    operation_id="story",
    summary=_("قصة خبرية: موادها بترتيب صدورها، وأصلها"),
    responses={200: StorySerializer, (404, "application/problem+json"): ProblemSerializer},
)
@api_view(["GET", "HEAD"])
def story(request: Request, pk: int) -> Response:
    copies = open_articles(request.user).filter(story=pk).select_related("source", "story")
    articles = list(copies.defer("metadata", "as_read").order_by("pk")[:MOST_COPIES])
    if len(articles) < 2:
        raise Http404
    places = {article.pk: copy_of(article) for article in articles}
    articles.sort(key=lambda article: in_time(places[article.pk]))
    return Response(
        {
            "id": pk,
            "origin": _origin(articles[0].story, list(places.values())),
            "copies": [article_shape(article, request) for article in articles],
            "page": address(request, "story", pk),
        }
    )


def _origin(told: Story, copies: list[Any]) -> Shape | None:
    """Among the copies that this person may read, as the page of the story says it."""
    if told.origin_by == Story.OriginBy.DECIDED and told.origin_id in {copy.article for copy in copies}:
        return {"article": told.origin_id, "by": Story.OriginBy.DECIDED.value, "uncertain": False}
    origin = choose_origin(copies)
    return {"article": origin.article, "by": origin.by, "uncertain": origin.uncertain} if origin.article else None
