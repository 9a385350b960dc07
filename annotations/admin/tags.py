from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.models import Tag
from annotations.models.tags import folded_tag
from annotations.refusals import MarkRefused
from annotations.tagging import MERGE, merge_tags, rename_tag, same_tag, with_mark_counts


class TagForm(forms.ModelForm):
    class Meta:
        model = Tag
        fields = ("name", "description")

    def clean_name(self):
        """Names that differ in spelling alone are one tag, which is said beside the field."""
        name = self.cleaned_data["name"]
        if not folded_tag(name):
            raise forms.ValidationError(_("اكتب اسم الوسم."))
        same = same_tag(name, but=self.instance)
        if same:
            raise forms.ValidationError(_("يوجد وسم مماثل: «%(name)s». ادمجهما إن كانا واحداً.") % {"name": same.name})
        return name


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    """The vocabulary: renamed here, and merged on a page that shows first how many marks would move."""

    form = TagForm
    list_display = ("name", "description", "marks_number", "created_by_name", "created_at")
    search_fields = ("name",)
    search_help_text = gettext_lazy("الحروف الأولى من الوسم؛ لا فرق بين أ وا، ولا بين ة وه")
    show_full_result_count = False
    list_per_page = 50
    fields = ("name", "description", "created_by_name", "created_at")
    readonly_fields = ("created_by_name", "created_at")
    actions = ("merge_selected",)

    def get_urls(self):
        own = [path("merge/", self.admin_site.admin_view(self.merge_view), name="annotations_tag_merge")]
        return own + super().get_urls()

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number=Count("taggings")).order_by("folded")

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(folded__startswith=folded_tag(search_term)), False

    def has_delete_permission(self, request, obj=None):
        """Tags are merged: who deletes one takes it from marks that somebody put it on."""
        return False

    def has_merge_permission(self, request):
        return request.user.has_perm(MERGE)

    def save_model(self, request, obj, form, change):
        if change:
            rename_tag(tag=obj, name=obj.name, description=obj.description, by=request.user)
        else:
            obj.created_by, obj.created_by_name = request.user, request.user.get_username()
            super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("العلامات"), ordering="number")
    def marks_number(self, tag):
        return tag.number

    @admin.action(description=gettext_lazy("دمج الوسوم المختارة…"), permissions=["merge"])
    def merge_selected(self, request, queryset):
        """Nothing is merged yet: the next page shows what would move, and asks."""
        chosen = urlencode({"tag": list(queryset.values_list("pk", flat=True))}, doseq=True)
        return HttpResponseRedirect(f"{reverse('admin:annotations_tag_merge')}?{chosen}")

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Choose which of some tags is to stay, see how many marks each has, and merge."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        ids = [int(pk) for pk in request.GET.getlist("tag") if pk.isdecimal() and len(pk) < 19]
        rows = with_mark_counts(Tag.objects.filter(pk__in=ids).order_by("folded"))
        into = next((tag for tag in rows if str(tag.pk) == request.POST.get("into")), None)
        if request.method == "POST" and into:
            return self._merged(request, [tag for tag in rows if tag != into], into)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("دمج الوسوم"),
            "rows": rows.items(),
            "most": max(rows, key=rows.__getitem__, default=None),
        }
        return render(request, "admin/annotations/tag/merge.html", context)

    def _merged(self, request: HttpRequest, others: list[Tag], into: Tag) -> HttpResponse:
        try:
            number = merge_tags(tags=others, into=into, by=request.user)
        except MarkRefused as refused:
            messages.error(request, refused.reason)
        else:
            done = ngettext(
                "صار الوسم «%(name)s» على علامة واحدة.", "صار الوسم «%(name)s» على %(number)d علامات.", number
            )
            messages.success(request, done % {"name": into.name, "number": number})
        return redirect("admin:annotations_tag_changelist")
