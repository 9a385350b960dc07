"""What follows a new revision: the article finds its copies."""

from articles.analysing import analysis_step
from articles.models import Revision
from articles.provenance.signatures import Body
from articles.provenance.stories import place, place_new


@analysis_step("1")
def join_story(revision: Revision) -> None:
    """Let the article stand in the story of its copies. Runs late: it makes other imports of copies wait."""
    article, body = revision.article, Body(revision.text)
    article.story_id = place_new(article.pk, body, article.status) if revision.is_new else place(article.pk, body)
