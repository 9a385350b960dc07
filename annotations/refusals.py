"""Why a mark was not made: one clear line for the person, a code for the program."""

from django.utils.translation import gettext as _

from annotations.models import Annotation


class MarkRefused(Exception):
    """What was asked for cannot be; `code` is stable, `reason` is in the reader's language."""

    status = 422

    def __init__(self, code: str, reason: str):
        super().__init__(reason)
        self.code = code
        self.reason = reason


class TextChanged(MarkRefused):
    """The words at that place are not those the person saw: the article has another text by now."""

    status = 409

    def __init__(self):
        super().__init__("text_changed", _("تغيّر نص المادة منذ أن فتحتَها. أعد تحميل الصفحة ثم حدّد الكلمات من جديد."))


class AlreadyMarked(MarkRefused):
    status = 409

    def __init__(self):
        super().__init__("already_marked", _("سبق أن وُضعت هذه العلامة على الكلمات نفسها."))


class ChangedMeanwhile(MarkRefused):
    """Somebody changed the mark since the person saw it; `mark` is what it is now, None where it is gone."""

    status = 409

    def __init__(self, mark: Annotation | None = None):
        super().__init__(
            "changed_meanwhile",
            _("غيّر شخص آخر هذه العلامة بعد أن فتحتَها. راجع ما صارت إليه، ثم أعد تعديلك إن بقي لازماً."),
        )
        self.mark = mark


class CannotUndo(MarkRefused):
    """What was done cannot be taken back any more."""

    status = 409

    def __init__(self, reason: str):
        super().__init__("cannot_undo", reason)
