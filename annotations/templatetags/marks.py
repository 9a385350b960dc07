from django import template

register = template.Library()


@register.filter
def share(value: float) -> str:
    """A number from 0 to 1 as people read it; the sign stays behind the digits whatever the writing runs like."""
    return f"\u2068{round(100 * value)}%\u2069"
