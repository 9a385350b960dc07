"""Running the steps that follow a new revision again over stored articles, after the program has learnt more.

Each step says by `@analysis_step(version)` what its output depends on; which versions ran over a revision is stored, so
that a run can be broken off and taken up again, and articles that are up to date are passed over.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time

from django.conf import settings
from django.db import Error, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from articles.inserting import insert_all
from articles.models import Analysis, Article, Revision

Step = Callable[[Revision], None]
_UNVERSIONED = "1"


def analysis_step(version: str | Callable[[], str]) -> Callable[[Step], Step]:
    """Say which version a step's output is of: the name and version of the recogniser or detector behind it.

    A function is asked for it where that depends on the settings and the process.
    """

    def versioned(step: Step) -> Step:
        step.version = version
        return step

    return versioned


def run_steps(revision: Revision) -> None:
    """What follows a new revision, in the order of the settings; inside the transaction that stores it."""
    for path in settings.REVISION_STEPS:
        import_string(path)(revision)


def present_versions() -> dict[str, str]:
    """{dotted path: version} of the steps, as they stand in the settings."""
    paths = [path for path in settings.REVISION_STEPS if import_string(path) is not note_analysis]
    versions = {path: getattr(import_string(path), "version", _UNVERSIONED) for path in paths}
    return {path: version() if callable(version) else version for path, version in versions.items()}


def note_analysis(revision: Revision) -> None:
    """The last step: store which versions of the steps before it ran."""
    analysis = Analysis(revision_id=revision.pk, versions=present_versions(), analysed_at=timezone.now())
    if revision.is_new:
        insert_all([analysis])
        return
    Analysis.objects.bulk_create(
        [analysis],
        update_conflicts=True,
        unique_fields=["revision"],
        update_fields=["versions", "analysed_at"],
    )


def articles_to_analyse(ids: list[int] | None = None, since: date | None = None) -> QuerySet[Article]:
    """Articles with a text, all of them or these, or those that appeared on a day or later (the newsroom's time)."""
    articles = Article.objects.exclude(current_revision=None)
    if ids:
        articles = articles.filter(pk__in=ids)
    if since:
        articles = articles.filter(appeared_at__gte=timezone.make_aware(datetime.combine(since, time.min)))
    return articles


def analyse(articles: QuerySet[Article], *, batch: int) -> Iterator[tuple[int, str, str]]:
    """Bring these articles up to date, a transaction each: (article id, "analysed" | "failed", reason if it failed).

    What is up to date already is not looked at. `batch`: ids fetched at a time, in the order of their age.
    """
    last = 0
    while ids := list(stale(articles).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:batch]):
        for pk in ids:
            reason = _analysed(pk)
            yield pk, "failed" if reason else "analysed", reason
        last = ids[-1]


def stale(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Those over whose current text another version ran, or none."""
    return articles.exclude(current_revision__in=Analysis.objects.filter(versions=present_versions()).values("pk"))


def _analysed(pk: int) -> str:
    """Run every step over the article's current text; why it could not be done, or nothing."""
    try:
        with transaction.atomic():
            # Neither an import nor a person at work on this article comes between.
            article = (
                Article.objects.select_for_update(of=("self",), no_key=True)
                .select_related("current_revision")
                .get(pk=pk)
            )
            article.current_revision.article = article
            run_steps(article.current_revision)
    except (Error, ValueError, LookupError) as error:
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return ""
