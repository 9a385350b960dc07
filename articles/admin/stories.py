from django import forms
from django.contrib import admin
from django.db.models import Count
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Story
from articles.provenance.stories import decide_origin

PERMISSION = "articles.change_article"
MOST_SHOWN = 50


class StoryForm(forms.ModelForm):
    """Which of the copies the others come from. Without a choice credits and dates decide."""

    class Meta:
        model = Story
        fields = ("origin",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        copies = Article.objects.filter(story=self.instance).select_related("source").order_by("appeared_at", "pk")
        self.fields["origin"].queryset = copies
        self.fields["origin"].required = False
        self.fields["origin"].help_text = _("اتركها فارغة لتقررها عبارات النقل والتواريخ.")
        self.fields["origin"].label_from_instance = lambda article: f"{article.source}: {article.title}"
        self.initial["origin"] = self.instance.origin_id if self.instance.origin_by == Story.OriginBy.DECIDED else None


@admin.register(Story)
class StoryAdmin(admin.ModelAdmin):
    """Copies make stories by themselves; a moderator says where one came from when the machine is wrong."""

    form = StoryForm
    list_display = ("title", "number", "origin_by", "created_at")
    list_filter = ("origin_by",)
    list_select_related = ("origin__source",)
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-pk",)
    fields = ("origin", "origin_by", "copies")
    readonly_fields = ("origin_by", "copies")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(copies_total=Count("articles"))

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(PERMISSION)

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(PERMISSION)

    def save_model(self, request, obj, form, change):
        decide_origin(story=obj, origin=form.cleaned_data["origin"], by=request.user)

    @admin.display(description=_("القصة الخبرية"))
    def title(self, story):
        return f"{story.origin.source}: {story.origin.title}" if story.origin else str(story.pk)

    @admin.display(description=_("المواد"), ordering="copies_total")
    def number(self, story):
        return story.copies_total

    @admin.display(description=_("مواد القصة"))
    def copies(self, story):
        articles = story.articles.select_related("source").order_by("appeared_at", "pk")[:MOST_SHOWN]
        links = ((article.get_absolute_url(), article.source, article.title) for article in articles)
        lines = format_html_join("", '<li><a href="{}">{}: {}</a></li>', links)
        return format_html('<ul>{}</ul><a href="{}">{}</a>', lines, story.get_absolute_url(), _("صفحة القصة"))
