"""What a list may be asked for beside what it is of; a value that is none is an error that names its parameter."""

from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from annotations.models import Annotation, Stance
from articles.forms import DAYS
from articles.models import Entity

PER_PAGE, MOST_PER_PAGE = 20, 100
_LARGEST = 2**63 - 1
Asked = TypeVar("Asked", bound=serializers.Serializer)


class PageAsked(serializers.Serializer):
    cursor = serializers.CharField(required=False, max_length=200, help_text=_("من أين تبدأ الصفحة: ما في next."))
    limit = serializers.IntegerField(default=PER_PAGE, min_value=1, max_value=MOST_PER_PAGE)


class EntitiesAsked(PageAsked):
    kind = serializers.ChoiceField(choices=Entity.Kind.choices, required=False)
    q = serializers.CharField(
        required=False, allow_blank=True, max_length=300, help_text=_("أحرف من الاسم: أوثق الأسماء، في صفحة واحدة.")
    )


class MarksAsked(PageAsked):
    """Days are the newsroom's, of the article, both included."""

    speaker = serializers.IntegerField(
        required=False, min_value=1, max_value=_LARGEST, help_text=_("رقم الاسم الذي قاله.")
    )
    source = serializers.IntegerField(required=False, min_value=1, max_value=_LARGEST)
    status = serializers.ChoiceField(
        choices=[("accepted", _("مقبول")), ("suggested", _("مقترح"))],
        required=False,
        help_text=_("المقترحات للأعضاء وحدهم."),
    )
    since = serializers.DateField(required=False, validators=DAYS)
    until = serializers.DateField(required=False, validators=DAYS)

    @property
    def articles(self) -> Q:
        asked, wanted, zone = self.validated_data, Q(), timezone.get_current_timezone()
        if "source" in asked:
            wanted &= Q(source=asked["source"])
        if "since" in asked:
            wanted &= Q(appeared_at__gte=datetime.combine(asked["since"], time.min, zone))
        if "until" in asked:
            wanted &= Q(appeared_at__lt=datetime.combine(asked["until"] + timedelta(days=1), time.min, zone))
        return wanted

    @property
    def marks(self) -> Q:
        names = {"status": "status", "stance": "stance", "type": "quote_type", "kind": "kind"}
        asked = self.validated_data
        return Q(**{field: asked[name] for name, field in names.items() if name in asked})


class ClaimsAsked(MarksAsked):
    stance = serializers.ChoiceField(choices=Stance.choices, required=False)


class QuotesAsked(ClaimsAsked):
    type = serializers.ChoiceField(choices=Annotation.QuoteType.choices, required=False)


class AllMarksAsked(MarksAsked):
    kind = serializers.ChoiceField(choices=Annotation.Kind.choices, required=False)
    format = serializers.ChoiceField(
        choices=["json", "w3c"],
        required=False,
        help_text=_("w3c: بصيغة Web Annotation، مثل Accept: application/ld+json."),
    )


def asked_in(request: Request, wanted: type[Asked]) -> Asked:
    """Raises ValidationError."""
    asked = wanted(data={name: value.replace("\0", "") for name, value in request.query_params.items()})
    asked.is_valid(raise_exception=True)
    return asked


def bad_cursor() -> ValidationError:
    return ValidationError({"cursor": [_("هذا ليس موضعاً من هذه القائمة.")]})


def cursor_of(asked: serializers.Serializer, read: Any) -> Any:
    """What `read` makes of the cursor; None without one."""
    cursor = asked.validated_data.get("cursor")
    if cursor is None:
        return None
    place = read(cursor)
    if place is None:
        raise bad_cursor()
    return place
