"""A revision's marks as one person may see them, ready to be drawn and listed; three queries, however many."""

from django.db.models import Prefetch, QuerySet

from annotations.models import Annotation, Attribution
from annotations.permissions import Person
from articles.models import Revision


def marks_of(revision: Revision, user: Person) -> list[Annotation]:
    """In the order of the text."""
    found = complete(Annotation.objects.visible_to(user).filter(revision=revision), user)
    marks = [mark for mark in found if mark.content]
    _join(marks, revision)
    return sorted(marks, key=lambda mark: (mark.content[0].start, -mark.content[0].end))


def complete(marks: QuerySet[Annotation], user: Person) -> QuerySet[Annotation]:
    """With parts and attributions. Readers who are not signed in see no attribution that nobody has confirmed."""
    links = Attribution.objects.select_related("entity", "speaker").order_by("order")
    if not user.is_authenticated:
        links = links.filter(certainty=Attribution.Certainty.CONFIRMED)
    return marks.prefetch_related("parts", Prefetch("attributions", queryset=links))


def _join(marks: list[Annotation], revision: Revision) -> None:
    """Speakers are marks of the same text: they are among these already, with their parts."""
    known = {mark.pk: mark for mark in marks}
    for mark in marks:
        mark.revision = revision
        for link in mark.attributions.all():
            if link.speaker_id in known:
                link.speaker = known[link.speaker_id]
