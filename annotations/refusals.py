"""Why a mark was not made: one clear line for the person, a code for the program."""

from django.utils.translation import gettext as _


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
