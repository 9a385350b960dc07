"""Putting the lines that repeat themselves in a source's articles before the moderators, and what they decide."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles.importing.learning.accepted import AcceptedLines, forget_accepted_lines
from articles.importing.learning.masking import BELOW
from articles.importing.learning.repetition import Repeated, Sample, repeated_lines
from articles.jobs import IMPORTING, defer
from articles.models import Article, BoilerplateLine, Source

# The task that brings stored articles in line with what was decided: it calls rewriting.apply_boilerplate(source_id).
TASK = "articles.tasks.apply_boilerplate"
# How many of a source's newest articles are compared.
SAMPLE = 200


def propose_boilerplate(sources: Iterable[Source] | None = None) -> int:
    """Look through these sources, or all, for lines that repeat themselves; how many new ones were proposed.

    A line that was proposed before is counted anew, one that was decided is left as it is.
    """
    if sources is None:
        sources = Source.objects.order_by("pk").iterator()
    return sum(_propose(source) for source in sources)


def decide(lines: QuerySet[BoilerplateLine], *, status: str, by: AbstractBaseUser) -> int:
    """Accept or reject these lines; how many were not decided so before.

    A job takes accepted ones off stored articles. Where what was accepted is rejected, it gives them back to those that
    lost them, and later imports keep them.
    """
    accepted = BoilerplateLine.Status.ACCEPTED
    with transaction.atomic():
        rows = lines.exclude(status=status).select_for_update(of=("self",))
        undecided = list(rows.values_list("pk", "source_id", "status"))
        BoilerplateLine.objects.filter(pk__in=[pk for pk, *_ in undecided]).update(
            status=status, decided_at=timezone.now(), decided_by=by, decided_by_name=by.get_username()
        )
        forget_accepted_lines()
        for source in sorted({source for _, source, before in undecided if accepted in (status, before)}):
            defer(TASK, queue=IMPORTING, queueing_lock=f"boilerplate-{source}", source_id=source)
    return len(undecided)


def _propose(source: Source) -> int:
    known = {(line.place, _without_sign(line.folded)): line for line in source.boilerplate.all()}
    new: list[BoilerplateLine] = []
    for found in repeated_lines(_samples(source)):
        line = known.get((found.place, _without_sign(found.form)))
        if line is None:
            new.append(_line_of(source, found))
        elif line.status == BoilerplateLine.Status.PROPOSED and line.articles != found.articles:
            line.articles = found.articles
            line.save(update_fields=["articles"])
    # Another process may propose the same at the same time.
    BoilerplateLine.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _line_of(source: Source, found: Repeated) -> BoilerplateLine:
    return BoilerplateLine(
        source=source, place=found.place, text=found.text, folded=found.form, articles=found.articles
    )


def _without_sign(form: str) -> str:
    return form.removesuffix(BELOW).rstrip()


def articles_with(line: BoilerplateLine, *, most: int = 5) -> list[Article]:
    """The newest articles of its source in whose current text the line stands."""
    forms = AcceptedLines.of({line.place: [line.folded]})
    newest = _newest(line.source).select_related("current_revision").defer("current_revision__blocks")
    return list(islice((article for article in newest if forms.among(_lines_of(article.current_revision.text))), most))


def _samples(source: Source) -> Iterator[Sample]:
    for title, byline, text in _newest(source).values_list("title", "byline", "current_revision__text"):
        yield Sample(title, byline, _lines_of(text))


def _newest(source: Source) -> QuerySet[Article]:
    return Article.objects.filter(source=source).exclude(current_revision=None).order_by("-pk")[:SAMPLE]


def _lines_of(text: str) -> list[str]:
    """The lines below the headline."""
    return text.split("\n")[1:]
