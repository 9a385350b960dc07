"""What a page of results leads to."""

from django import template

from articles.delivering.wording import address_of
from articles.forms import SearchForm

register = template.Library()


@register.filter
def asked_address(form: SearchForm) -> str:
    """What stands behind the question mark for a valid form, without the page."""
    return address_of(form)
