"""The fields of an article in the index, beside the layers of its words (articles.search.analysing.fields)."""

from functools import cache

import tantivy

from articles.search.analysing.fields import add_text_fields

# Raised by hand with every change to the fields or to what is written into them: an index of another one is rebuilt.
SCHEMA_VERSION = 1

ID = "id"
# The transaction that changed the article last, as PostgreSQL counts them: what index and database are compared by.
CHANGED = "changed"
# Seconds since 1970, of Article.appeared_at.
APPEARED = "appeared"
SOURCE = "source"
# Primary keys of the entities that the current text names, by their kind; what was merged is told apart when asking.
PERSON, ORGANISATION, PLACE, OTHER = "person", "organisation", "place", "other"
ENTITY_FIELDS = {kind: kind for kind in (PERSON, ORGANISATION, PLACE, OTHER)}
# Entities that marks name as speakers: of marks that people made or accepted, and of suggestions.
SPEAKER, SPEAKER_SUGGESTED = "speaker", "speaker_suggested"
# What there is in the article (articles.search.facts), and what is suggested in it, for members alone.
HAS, HAS_SUGGESTED = "has", "has_suggested"
STATUS, LANGUAGE = "status", "language"
# 0 … BUCKETS - 1, by the primary key: a range of buckets is a sample of any set of articles.
BUCKET = "bucket"
BUCKETS = 1000

_NUMBERS = (ID, CHANGED, APPEARED, SOURCE, *ENTITY_FIELDS.values(), SPEAKER, SPEAKER_SUGGESTED, BUCKET)
_WORDS = (HAS, HAS_SUGGESTED, STATUS, LANGUAGE)


@cache
def schema() -> tantivy.Schema:
    builder = add_text_fields(tantivy.SchemaBuilder())
    for name in _NUMBERS:
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in _WORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


def bucket_of(article: int) -> int:
    """Articles of one day and source stand beside each other; their buckets do not."""
    return article * 2_654_435_761 % 2**32 % BUCKETS
