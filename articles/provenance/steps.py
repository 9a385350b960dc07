"""What follows a new revision: the article finds its copies."""

from articles.analysing import analysis_step
from articles.models import Revision
from articles.provenance.signatures import Body
from articles.provenance.stories import place


@analysis_step("1")
def join_story(revision: Revision) -> None:
    """Let the article stand in the story of its copies. Runs late: it makes other imports of copies wait."""
    revision.article.story_id = place(revision.article_id, Body(revision.text))
