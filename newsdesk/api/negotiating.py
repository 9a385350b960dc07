from rest_framework.negotiation import BaseContentNegotiation


class AsTheViewSays(BaseContentNegotiation):
    """Every view answers in one way whatever Accept says; the one that knows another shape looks for itself."""

    def select_parser(self, request, parsers):
        return parsers[0] if parsers else None

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type
