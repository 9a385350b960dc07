"""What the workers do for the marks. As in articles.tasks: by primary key, and what does the work is imported late."""
# ruff: noqa: PLC0415

from collections.abc import Iterator
from contextlib import contextmanager

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


@app.task(queue=READING, retry=UNTIL_IT_WORKS, pass_context=True)
def check_marks(context: JobContext, *, mark_import_id: int) -> None:
    """What a file of marks would do."""
    from annotations.receiving import asking

    with _failing_with_its_import(context, mark_import_id):
        asking.check_marks(mark_import_id, between=stopping(context))


@app.task(queue=READING, retry=UNTIL_IT_WORKS, pass_context=True)
def store_marks(context: JobContext, *, mark_import_id: int) -> None:
    """Whoever takes over from a worker that died stores the rest."""
    from annotations.receiving import asking

    with _failing_with_its_import(context, mark_import_id):
        asking.store_marks(mark_import_id, between=stopping(context))


@app.periodic(cron="43 * * * *")
@app.task(queueing_lock="forget_old_mark_imports")
def forget_old_mark_imports(timestamp: int) -> None:
    from annotations.receiving.asking import forget_old_imports

    forget_old_imports()


@contextmanager
def _failing_with_its_import(context: JobContext, pk: int) -> Iterator[None]:
    from annotations.receiving import asking

    try:
        yield
    except JobAborted:
        raise
    except Exception as error:
        if UNTIL_IT_WORKS.get_retry_decision(exception=error, job=context.job) is None:
            asking.fail(pk, _reason(error))
        raise


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return gettext("تعذّرت كتابة الملف: %(reason)s") % {"reason": error.strerror or type(error).__name__}
    return gettext("خطأ غير متوقع (%(error)s)؛ التفاصيل في السجل") % {"error": type(error).__name__}
