"""How far an import is, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import ImportRun

# A run that has not written its counts for so long was killed; a queue's worker takes it up again.
SILENT = timedelta(minutes=2)
# A pace that was measured over less says nothing yet.
_MEASURED = timedelta(seconds=3)
_OVER = (ImportRun.State.FINISHED, ImportRun.State.STOPPED, ImportRun.State.FAILED)


@dataclass(frozen=True, slots=True)
class Progress:
    """A run as it stands at the moment `now`."""

    run: ImportRun
    now: datetime

    @property
    def is_over(self) -> bool:
        return self.run.state in _OVER

    @property
    def state(self) -> str:
        """The run's state, or "interrupted" for one that says it is running and is silent."""
        silent = self.run.state == ImportRun.State.RUNNING and self._heard + SILENT < self.now
        return "interrupted" if silent else self.run.state

    @property
    def label(self) -> str:
        return _("انقطعت") if self.state == "interrupted" else self.run.get_state_display()

    @property
    def counts(self) -> Sequence[tuple[str, str, int]]:
        """Outcome, what it is called, and how many inputs had it; the refused last."""
        return [
            (name, self.run._meta.get_field(name).verbose_name, getattr(self.run, name))
            for name in ("created", "updated", "unchanged", "refused")
        ]

    @property
    def recorded(self) -> Sequence[tuple[str, str, int]]:
        """The counts of those outcomes whose inputs can be listed, the refused first."""
        created, updated, _unchanged, refused = self.counts
        return [refused, created, updated]

    @property
    def done(self) -> int:
        return self.run.created + self.run.updated + self.run.unchanged + self.run.refused

    @property
    def percent(self) -> int | None:
        """Of the bytes to read; None where nobody knows how many there are, or the run ended before its end."""
        if self.run.state == ImportRun.State.FINISHED:
            return 100
        if not self.run.weight:
            return None
        return min(99, self.run.weight_done * 100 // self.run.weight)

    @property
    def elapsed(self) -> timedelta:
        end = self.run.finished_at or (self._heard if self.state == "interrupted" else self.now)
        return max(end - self.run.started_at, timedelta())

    @property
    def waits_long(self) -> bool:
        """Whether a run waits longer than it does where a worker is at work and nothing else is in the queue."""
        return self.run.state == ImportRun.State.WAITING and self.elapsed > SILENT

    @property
    def pace(self) -> int:
        """Inputs a minute; 0 where it cannot be told."""
        if not self.done or self.elapsed < _MEASURED:
            return 0
        return round(self.done / self.elapsed.total_seconds() * 60)

    @property
    def remaining(self) -> timedelta | None:
        """How much longer it takes at the pace so far."""
        if self.state != ImportRun.State.RUNNING or self.elapsed < _MEASURED or not self.percent:
            return None
        left = self.run.weight - self.run.weight_done
        return max(self.elapsed * (left / self.run.weight_done), timedelta(seconds=1)) if left > 0 else None

    @property
    def _heard(self) -> datetime:
        return self.run.alive_at or self.run.started_at


def progress_of(run: ImportRun) -> Progress:
    return Progress(run, timezone.now())
