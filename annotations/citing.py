"""How a quote is written down apart from its text: its words, who said them, and where they stand."""

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from annotations.models import Annotation, Attribution
from articles.models import Article
from articles.templatetags.reading import dated

OPENING = '«“„"‹'
QuoteType = Annotation.QuoteType


def quoted(mark: Annotation) -> str:
    """Verbatim words in quotation marks, a paraphrase or anything else without."""
    words = mark.exact.strip()
    return f"«{words}»" if mark.quote_type == QuoteType.DIRECT and words[0] not in OPENING else words


def citation(mark: Annotation, *, speaker: str, place: str) -> str:
    """Words, speaker and place (from `place_of`); without a `speaker` it says that nobody is sure of one."""
    # xgettext does not look into f-strings.
    paraphrased, unsure, comma = _("(بالمعنى)"), _("القائل غير مؤكد"), _("، ")
    words = f"{quoted(mark)} {paraphrased}" if mark.quote_type == QuoteType.INDIRECT else quoted(mark)
    return f"{words} — {speaker or unsure}{comma}{place}"


def confirmed_speakers(mark: Annotation) -> str:
    """Whose words they are, and who relays them, as a citation says it; empty where no person has confirmed a speaker.

    Whom the speaker says to have said it is not cited: one would be cited with another's words.
    """
    confirmed = [link for link in mark.links if link.certainty == Attribution.Certainty.CONFIRMED]
    joined, comma = _(" و"), _("، ")
    names = joined.join(link.display_name for link in confirmed if link.speaks)
    relays = joined.join(link.display_name for link in confirmed if link.is_relay)
    if not (names and relays):
        return names
    return names + comma + _("نقلاً عن %(names)s") % {"names": relays}


def place_of(article: Article) -> str:
    """Source, date and address, as far as they are known."""
    day = strip_tags(dated(article.published_at, article.published_precision))
    return _("، ").join(filter(None, (article.source.name, day, article.url)))
