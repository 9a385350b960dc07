"""What annotations add to an entity's page (settings.ENTITY_PANELS)."""

from django.http import HttpRequest

from annotations.speaking.audience import Audience
from annotations.speaking.lists import quotes_by
from annotations.speaking.telling import told
from articles.layers import Panel
from articles.models import Entity

SHOWN = 3


def quotes_panel(entity: Entity, request: HttpRequest) -> list[Panel]:
    """The newest things it said, and the ways to all of them and to what others said about it. One query."""
    marks = quotes_by(entity, Audience.of(request.user)).glance(SHOWN)
    return [Panel("annotations/said_panel.html", {"said_lately": told(marks, request.user)})]
