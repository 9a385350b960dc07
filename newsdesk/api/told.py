"""The answers' fields as OpenAPI describes them; shapes.py makes them. None of these reads or writes anything."""

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from annotations.models import Annotation, Attribution, Stance
from annotations.models.circumstances import Channel
from articles.models import Article, Entity, Source

Answer = serializers.Serializer
Text, Number, Truth, Moment = (
    serializers.CharField,
    serializers.IntegerField,
    serializers.BooleanField,
    serializers.DateTimeField,
)


def _one_of(choices: list[str], **more) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=choices, **more)


class SourceNameSerializer(Answer):
    id = Number()
    name = Text()


class SourceSerializer(SourceNameSerializer):
    name_en = Text(allow_blank=True)
    kind = _one_of(Source.Kind.values)
    rights = _one_of(Source.Rights.values)


class ArticleSerializer(Answer):
    id = Number()
    title = Text()
    source = SourceNameSerializer()
    published_at = Moment(allow_null=True)
    published_precision = _one_of(Article.Precision.values, allow_blank=True)
    language = Text()
    original = Text(allow_null=True)
    address = serializers.URLField()
    page = serializers.URLField()


class FoundSerializer(ArticleSerializer):
    byline = Text(allow_blank=True)
    excerpts = serializers.ListField(child=Text())


class EntityNameSerializer(Answer):
    id = Number()
    kind = _one_of(Entity.Kind.values)
    name = Text()


class PlaceSerializer(Answer):
    start = Number()
    end = Number()
    exact = Text()
    role = Text(allow_blank=True)


class MentionSerializer(PlaceSerializer):
    entity = EntityNameSerializer()


class BlockSerializer(Answer):
    kind = _one_of(["heading", "paragraph", "quotation", "list_item"])
    start = Number()
    end = Number()


class WholeArticleSerializer(ArticleSerializer):
    byline = Text(allow_blank=True)
    status = _one_of(Article.Status.values)
    rights = _one_of(Source.Rights.values)
    credited = Text(allow_null=True)
    revision = Number()
    text = Text(allow_null=True)
    blocks = BlockSerializer(many=True)
    sha256 = Text()
    stored_at = Moment()
    mentions = MentionSerializer(many=True)
    story = Number(allow_null=True)
    marks = serializers.URLField()


class EntitySerializer(EntityNameSerializer):
    address = serializers.URLField()
    page = serializers.URLField()


class WholeEntitySerializer(EntitySerializer):
    forms = serializers.ListField(child=Text())
    mentions = serializers.URLField()
    quotes = serializers.URLField()


class NamingSerializer(Answer):
    article = ArticleSerializer()
    places = PlaceSerializer(many=True)


class PartSerializer(Answer):
    role = _one_of(["content", "cue"])
    start = Number()
    end = Number()
    exact = Text()


class AttributionSerializer(Answer):
    name = Text()
    entity = EntityNameSerializer(allow_null=True)
    role = _one_of(Attribution.Role.values)
    speaks = Truth()
    certainty = _one_of(Attribution.Certainty.values)


class ListedMarkSerializer(Answer):
    uuid = serializers.UUIDField()
    kind = _one_of(Annotation.Kind.values)
    status = _one_of(["accepted", "suggested"])
    standing = _one_of(["exact", "moved", "doubtful"])
    quote_type = _one_of(Annotation.QuoteType.values, allow_blank=True)
    exact = Text()
    parts = PartSerializer(many=True)
    stance = _one_of(Stance.values, allow_blank=True)
    channel = _one_of(Channel.values, allow_blank=True)
    occasion = Text(allow_blank=True)
    said_on = serializers.DateField(allow_null=True)
    translated = Truth()
    attributions = AttributionSerializer(many=True)
    article = ArticleSerializer()
    address = serializers.URLField()
    page = serializers.URLField()


class ListedStorySerializer(Answer):
    id = Number()
    title = Text()
    copies = Number()
    address = serializers.URLField()
    page = serializers.URLField()


class OriginSerializer(Answer):
    article = Number()
    by = _one_of(["credited", "earliest", "decided"])
    uncertain = Truth()


class StorySerializer(Answer):
    id = Number()
    origin = OriginSerializer(allow_null=True)
    copies = ArticleSerializer(many=True)
    page = serializers.URLField()


class ProblemSerializer(Answer):
    """RFC 9457."""

    type = Text()
    title = Text()
    status = Number()
    code = Text()
    detail = Text()
    errors = serializers.DictField(child=serializers.ListField(child=Text()), required=False)


def list_of(name: str, entries: Answer, **more: serializers.Field) -> Answer:
    """An answer with entries under their own name, and the address of the next page."""
    fields = {name: entries, "next": serializers.URLField(allow_null=True), **more}
    return inline_serializer(f"{name.capitalize()}List", fields)
