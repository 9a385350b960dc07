"""«من قال ماذا»: an article's marks put together by who said what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db.models import TextChoices
from django.urls import reverse

from annotations.circumstances import day_told
from annotations.citing import citation, confirmed_speakers, quoted
from annotations.models import Annotation, Attribution, Channel, Part, Placement, Stance
from annotations.permissions import Person, may_change, may_decide
from articles.language.folding import fold
from articles.models import Entity

Certainty = Attribution.Certainty
# Stands for a mark's own in the addresses of its buttons: looking up three for each mark takes a third of the ledger.
NO_MARK = UUID(int=0)
RANK = {Certainty.CONFIRMED: 0, Certainty.PROBABLE: 1, Certainty.UNCERTAIN: 2}


@dataclass(frozen=True)
class Entry:
    """One mark as the ledger shows it to one person."""

    mark: Annotation
    may_change: bool
    may_decide: bool
    place: str
    kind: str
    quote_type: str
    channel: str
    stance: str
    addresses: Mapping[str, str]

    @cached_property
    def said_by(self) -> Sequence[Attribution]:
        """Who said it, the one in whose place in the ledger it stands first; not who relays it."""
        return self.mark.said_by

    @property
    def link(self) -> Attribution | None:
        return self.said_by[0] if self.said_by else None

    @cached_property
    def relays(self) -> Sequence[Attribution]:
        """Who passes on what the speaker said."""
        return [link for link in self.mark.links if link.is_relay]

    @cached_property
    def second_hand(self) -> Sequence[Attribution]:
        """Whom the speaker says to have said it: never shown as theirs for sure."""
        return [link for link in self.mark.links if link.is_second_hand]

    @property
    def certainty(self) -> str:
        return self.link.certainty if self.link else Certainty.UNCERTAIN

    @property
    def accept_address(self) -> str:
        return self._address("accept")

    @property
    def reject_address(self) -> str:
        return self._address("reject")

    @property
    def delete_address(self) -> str:
        return self._address("delete")

    @property
    def history_address(self) -> str:
        return self._address("history")

    @property
    def check_address(self) -> str:
        return self._address("check")

    def _address(self, act: str) -> str:
        return self.addresses[act].replace(str(NO_MARK), str(self.mark.uuid))

    @property
    def is_suggested(self) -> bool:
        return self.mark.status == Annotation.Status.SUGGESTED

    @property
    def awaits_decision(self) -> bool:
        """Nobody has decided about the mark, or about who said it."""
        return self.is_suggested or any(link.certainty != Certainty.CONFIRMED for link in self.said_by)

    @property
    def speaker_words(self) -> str:
        """How the text itself names the speaker, with the title, where the name alone says less."""
        speaker = self.link.speaker if self.link else None
        return speaker.exact if speaker and speaker.exact != self.link.display_name else ""

    @property
    def cue(self) -> str:
        return " … ".join(part.exact for part in self.mark.all_parts if part.role == Part.Role.CUE)

    @property
    def words(self) -> str:
        return quoted(self.mark)

    @property
    def is_doubtful(self) -> bool:
        """Its words changed with the article's text, and nobody has confirmed them: they are not to be cited."""
        return self.mark.standing == Placement.State.DOUBTFUL

    @property
    def citation(self) -> str:
        return citation(self.mark, speaker=confirmed_speakers(self.mark), place=self.place)

    @property
    def has_circumstances(self) -> bool:
        """Whether anything is known of how it was said; a neutral verb tells nothing."""
        mark = self.mark
        return bool(self.channel or self.stance or mark.occasion or self.day or mark.translated or mark.framing)

    @cached_property
    def day(self) -> str:
        return day_told(self.mark.said_when, self.mark.said_on)

    @property
    def translation_is_guessed(self) -> bool:
        """The detector guesses it from who speaks; a person who made the mark knows."""
        return bool(self.mark.detector)


@dataclass
class Speaker:
    """One speaker and what is theirs, the surest attribution deciding where they stand in the ledger."""

    name: str
    entity: Entity | None
    entries: list[Entry] = field(default_factory=list)

    @property
    def certainty(self) -> str:
        return min((entry.certainty for entry in self.entries), key=RANK.__getitem__)


@dataclass(frozen=True)
class Ledger:
    """`unattributed` holds the quotes whose speaker is uncertain or missing, `alone` speakers of no quote."""

    speakers: Sequence[Speaker]
    unattributed: Sequence[Entry]
    claims: Sequence[Entry]
    alone: Sequence[Entry]

    @property
    def quotes(self) -> int:
        return len(self.unattributed) + sum(len(speaker.entries) for speaker in self.speakers)

    @property
    def undecided(self) -> int:
        quotes = [*self.unattributed, *(entry for speaker in self.speakers for entry in speaker.entries)]
        return sum(entry.is_suggested for entry in [*quotes, *self.claims])

    @property
    def stances(self) -> Sequence[tuple[str, str]]:
        """What a person may choose to say of a quote's verb."""
        return Stance.choices

    @property
    def channels(self) -> Sequence[tuple[str, str]]:
        return Channel.choices


def ledger_of(marks: Iterable[Annotation], user: Person, *, place: str) -> Ledger:
    """From marks in the order of the text (annotations.reading.marks_of), which the entries keep.

    `place` is where the article stands, as citations say it (annotations.citing.place_of).
    """
    kinds, types = _labels(Annotation.Kind), _labels(Annotation.QuoteType)
    channels, stances = _labels(Channel), _labels(Stance) | {Stance.NEUTRAL: ""}
    addresses = {act: reverse(f"{act}_in_ledger", args=[NO_MARK]) for act in ("accept", "reject", "delete")}
    addresses |= {"history": reverse("mark_history", args=[NO_MARK]), "check": reverse("new_check", args=[NO_MARK])}
    entries = [
        Entry(
            mark,
            may_change(mark, user),
            may_decide(mark, user),
            place,
            kind=kinds[mark.kind],
            quote_type=types.get(mark.quote_type, ""),
            channel=channels.get(mark.channel, ""),
            stance=stances.get(mark.stance, ""),
            addresses=addresses,
        )
        for mark in marks
    ]
    quotes = [entry for entry in entries if entry.mark.kind == Annotation.Kind.QUOTE]
    attributed = [entry for entry in quotes if entry.certainty != Certainty.UNCERTAIN]
    speaking = {link.speaker_id for entry in entries for link in entry.mark.links}
    return Ledger(
        speakers=_by_speaker(attributed),
        unattributed=[entry for entry in quotes if entry.certainty == Certainty.UNCERTAIN],
        claims=[entry for entry in entries if entry.mark.kind == Annotation.Kind.CLAIM],
        alone=[
            entry for entry in entries if entry.mark.kind == Annotation.Kind.SPEAKER and entry.mark.pk not in speaking
        ],
    )


def _labels(choices: type[TextChoices]) -> dict[str, str]:
    """Translated once: Django's get_…_display() costs more than all else that is said of a mark."""
    return {choice.value: str(choice.label) for choice in choices}


def _by_speaker(entries: Iterable[Entry]) -> list[Speaker]:
    """Confirmed speakers first, then probable ones; within each in the order of their first words."""
    found: dict[int | str, Speaker] = {}
    for entry in entries:
        name, entity = entry.link.display_name, entry.link.entity
        key = entity.pk if entity else fold(name)
        found.setdefault(key, Speaker(name=name, entity=entity)).entries.append(entry)
    return sorted(found.values(), key=lambda speaker: RANK[speaker.certainty])
