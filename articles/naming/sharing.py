"""Letting an entity that stood for one article alone stand for others too."""

from articles.models import Entity


def share(entity: Entity, article: int) -> bool:
    """Let the entity stand for this article as well; False where one that nothing tells apart does so already."""
    if entity.only_in_id in (None, article):
        return True
    same = {"kind": entity.kind, "folded": entity.folded, "distinction": entity.distinction}
    if Entity.objects.filter(**same, only_in=None).exists():
        return False
    entity.only_in = None
    entity.save()
    return True
