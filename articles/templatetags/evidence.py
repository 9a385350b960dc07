"""What stands beside an article's text: figures, tables and embedded posts."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.translation import gettext_lazy as _

from articles import rendering

register = template.Library()
# What people call the platforms of embedded posts.
PLATFORM_NAMES = {
    "x": _("إكس (تويتر)"),
    "facebook": _("فيسبوك"),
    "instagram": _("إنستغرام"),
    "telegram": _("تيليغرام"),
    "youtube": _("يوتيوب"),
    "tiktok": _("تيك توك"),
}


@register.filter
def with_evidence(
    body: Sequence[rendering.RenderedBlock], evidence: Sequence[Mapping[str, Any]]
) -> list[rendering.RenderedBlock | rendering.RenderedEvidence]:
    """The text's blocks with the evidence between them."""
    return rendering.with_evidence(body, evidence)


@register.filter
def web_address(address: str) -> str:
    """An address that may be linked to, or nothing."""
    return address if address.startswith(("https://", "http://")) else ""


@register.filter
def host(address: str) -> str:
    """Where an address leads, without "www."."""
    return urlsplit(address).netloc.removeprefix("www.")


@register.filter
def platform_name(platform: str) -> str:
    return PLATFORM_NAMES.get(platform, platform)
