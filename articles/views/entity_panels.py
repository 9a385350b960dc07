"""What apps add to an entity's page: settings.ENTITY_PANELS, as layers do over an article's text."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from articles.layers import Panel
from articles.models import Entity


def panels_of(entity: Entity, request: HttpRequest) -> list[Panel]:
    """Every panel for this request's user, in the order of the settings; each may cost the page one query."""
    return [panel for path in settings.ENTITY_PANELS for panel in import_string(path)(entity, request)]
