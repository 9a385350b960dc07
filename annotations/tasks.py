"""What the workers do for the marks. As in articles.tasks: by primary key, and what does the work is imported late."""
# ruff: noqa: PLC0415

from django.utils.translation import gettext
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted

from articles.jobs import READING
from articles.tasks import UNTIL_IT_WORKS, stopping


@app.task(queue=READING, pass_context=True, retry=UNTIL_IT_WORKS)
def make_export(context: JobContext, *, export_id: int) -> None:
    """Whoever takes over from a worker that died begins again."""
    from annotations.exporting import running

    try:
        running.make_export(export_id, between=stopping(context))
    except JobAborted:
        raise
    except Exception as error:
        if UNTIL_IT_WORKS.get_retry_decision(exception=error, job=context.job) is None:
            running.fail_export(export_id, _reason(error))
        raise


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="forget_old_exports")
def forget_old_exports(timestamp: int) -> None:
    from annotations.exporting.running import forget_old_exports

    forget_old_exports()


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return gettext("تعذّرت كتابة الملف: %(reason)s") % {"reason": error.strerror or type(error).__name__}
    return gettext("خطأ غير متوقع (%(error)s)؛ التفاصيل في السجل") % {"error": type(error).__name__}
