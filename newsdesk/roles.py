"""Who may do what: five groups, each holding what the one before it holds and more.

The groups are brought up to this table after every migrate. Permissions that an administrator added to a group by
hand are kept; those in the table cannot be lost.
"""

from django.apps import apps as installed_apps

READER = "reader"
ANNOTATOR = "annotator"
EDITOR = "editor"
MODERATOR = "moderator"
ADMINISTRATOR = "administrator"

STEPS = {
    READER: ["articles.view_article", "articles.view_source", "articles.view_entity", "annotations.view_annotation"],
    ANNOTATOR: [
        "annotations.add_annotation",
        "annotations.decide_annotation",
        "annotations.add_check",
        "articles.correct_mentions",
    ],
    EDITOR: [
        "articles.import_articles",
        "articles.view_unpublished",
        "annotations.change_others_annotation",
        "annotations.decide_check",
        "annotations.import_annotation",
    ],
    MODERATOR: [
        "annotations.view_tag",
        "annotations.add_tag",
        "annotations.change_tag",
        "annotations.merge_tags",
        "annotations.view_comment",
        "annotations.delete_comment",
        "annotations.view_markchange",
        "annotations.view_check",
        "annotations.view_rating",
        "annotations.add_rating",
        "annotations.change_rating",
        "articles.change_article",
        "articles.add_source",
        "articles.change_source",
        "articles.add_entity",
        "articles.change_entity",
        "articles.merge_entities",
        "articles.view_entitychange",
        "articles.view_boilerplateline",
        "articles.change_boilerplateline",
        "articles.view_importrun",
        "articles.view_importitem",
        "articles.view_quarantined",
        "articles.view_feedsubscription",
        "articles.view_revision",
        "articles.view_original",
        "articles.view_mention",
        "articles.view_removedmention",
        "annotations.change_annotation",
        "annotations.delete_annotation",
        "pghistory.view_events",
    ],
    ADMINISTRATOR: [
        "articles.delete_article",
        "articles.delete_source",
        "articles.delete_entity",
        "articles.view_savedsearch",
        "articles.delete_savedsearch",
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "auth.delete_user",
        "auth.view_group",
    ],
}


def permissions_of(role: str) -> list[str]:
    """Every permission of a role, with those of the roles below it, as "app.codename"."""
    names = list(STEPS)
    return [permission for step in names[: names.index(role) + 1] for permission in STEPS[step]]


def grant_roles(sender, using, apps=installed_apps, **kwargs):
    """Make the groups and give them their permissions; called after migrate, once every app's permissions exist."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ids = {
        f"{app}.{codename}": pk
        for app, codename, pk in Permission.objects.using(using).values_list(
            "content_type__app_label", "codename", "pk"
        )
    }
    for role in STEPS:
        group, _ = Group.objects.using(using).get_or_create(name=role)
        group.permissions.add(*(ids[name] for name in permissions_of(role)))
