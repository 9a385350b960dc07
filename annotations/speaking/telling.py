"""A quote as a list of quotes tells it, apart from its article: whose words, brought how, when and where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices

from annotations.citing import confirmed_speakers, place_of
from annotations.ledger import Entry
from annotations.models import Annotation, Attribution, Channel, Stance
from annotations.permissions import Person, may_decide
from articles.models import Article

Certainty = Attribution.Certainty


@dataclass(frozen=True)
class Said:
    """One entry of templates/annotations/said.html."""

    entry: Entry
    article: Article

    @property
    def address(self) -> str:
        """The mark's place in its article."""
        return self.entry.mark.get_absolute_url()

    @property
    def speakers(self) -> Sequence[Attribution]:
        return self.entry.said_by

    @property
    def is_joint(self) -> bool:
        return len(self.speakers) > 1

    @property
    def is_unsure(self) -> bool:
        """Nobody has confirmed whose words they are."""
        return self.entry.certainty != Certainty.CONFIRMED

    @property
    def citation(self) -> str:
        """What may be cited: decided, in its place, with a speaker whom a person confirmed. Empty for all else."""
        if self.entry.is_suggested or self.entry.is_doubtful or not confirmed_speakers(self.entry.mark):
            return ""
        return self.entry.citation


def told(marks: Iterable[Annotation], user: Person) -> list[Said]:
    """From marks as annotations.speaking.loading has them, in their order."""
    kinds, types, channels = _labels(Annotation.Kind), _labels(Annotation.QuoteType), _labels(Channel)
    stances = _labels(Stance) | {Stance.NEUTRAL.value: ""}  # as in the ledger: a neutral verb tells nothing
    return [
        Said(
            Entry(
                mark,
                may_change=False,
                may_decide=may_decide(mark, user),
                place=place_of(mark.revision.article),
                kind=kinds[mark.kind],
                quote_type=types.get(mark.quote_type, ""),
                channel=channels.get(mark.channel, ""),
                stance=stances.get(mark.stance, ""),
                addresses={},
            ),
            mark.revision.article,
        )
        for mark in marks
    ]


def _labels(choices: type[TextChoices]) -> dict[str, str]:
    return {choice.value: str(choice.label) for choice in choices}
