"""What articles are recognised by when their text stands on another site, and whose story has to be looked at again."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from articles.models.articles import Article


class Signature(models.Model):
    """The keys of an article's current text (articles.provenance.signatures.Body.keys); derived, rebuilt at will."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="signature")
    keys = ArrayField(models.BigIntegerField())

    def __str__(self):
        return str(self.article_id)


class SignatureKey(models.Model):
    """One key of a signature, to be looked up by: articles that share one may be copies of each other."""

    pk = models.CompositePrimaryKey("key", "article_id")
    key = models.BigIntegerField()
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="signature_keys")

    def __str__(self):
        return f"{self.key}: {self.article_id}"


class StoryDue(models.Model):
    """An article whose place among the stories, or a story whose origin, may have changed; written by triggers.

    Rows are only added, so that nobody waits for anybody; articles.provenance.stories.settle_stories() takes them.
    """

    article_id = models.BigIntegerField(null=True)
    story_id = models.BigIntegerField(null=True)

    def __str__(self):
        return f"{self.article_id}, {self.story_id}"


ARTICLE_TRIGGERS = (
    pgtrigger.Trigger(
        name="article_shown_joins_story",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("status"),
        func=("INSERT INTO articles_storydue (article_id, story_id) VALUES (NEW.id, NEW.story_id); RETURN NULL;"),
    ),
    pgtrigger.Trigger(
        name="article_redated_in_story",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("published_at", "published_precision", "source", "credited_source"),
        func=(
            "IF NEW.story_id IS NOT NULL THEN INSERT INTO articles_storydue (story_id) VALUES (NEW.story_id); END IF;"
            " RETURN NULL;"
        ),
    ),
    pgtrigger.Trigger(
        name="article_deleted_leaves_story",
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        condition=pgtrigger.Q(old__story__isnull=False),
        func="INSERT INTO articles_storydue (story_id) VALUES (OLD.story_id); RETURN NULL;",
    ),
)
pgtrigger.register(*ARTICLE_TRIGGERS)(Article)
