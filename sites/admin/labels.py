"""Administration of labels, of the versions of their charters, and of who holds them."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from network.admin.guards import Guarded
from sites.admin.worded import WordedForm, worded_form
from sites.labels import holders_of_both, refuse_clash
from sites.models import Label, LabelVersion, SiteLabel


class LabelForm(WordedForm):
    """A label, which excludes no other that a site holds along with it."""

    def clean_excludes(self) -> models.QuerySet[Label]:
        """Refuse what would make wrong what sites hold, and name the sites."""
        others: models.QuerySet[Label] = self.cleaned_data["excludes"]
        sites = holders_of_both(self.instance, others) if self.instance.pk else []
        if sites:
            raise ValidationError(
                _("Sites hold both at one time: %(sites)s. Give one of the two an end first."),
                code="labels_held_together",
                params={"sites": ", ".join(site.name for site in sites)},
            )
        return others


class LabelVersionInline(admin.StackedInline):
    model = LabelVersion
    form = worded_form(LabelVersion)
    extra = 0
    ordering = ("given_from",)


@admin.register(Label)
class LabelAdmin(Guarded):
    """Labels with the versions of their charters."""

    form = worded_form(Label, LabelForm)
    list_display = ("name", "owner", "holders_counted")
    search_fields = ("name", "code", "owner")
    ordering = ("name",)
    prepopulated_fields = {"code": ("name",)}
    filter_horizontal = ("excludes",)
    inlines = (LabelVersionInline,)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Label]:
        """Count the holders along."""
        labels: models.QuerySet[Label] = super().get_queryset(request)
        return labels.annotate(holders_total=models.Count("versions__holders__site", distinct=True))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the other labels: none excludes itself, for then no site could hold it."""
        if db_field.name == "excludes" and request.resolver_match is not None:
            own = request.resolver_match.kwargs.get("object_id")
            labels = Label.objects.order_by("name")
            kwargs["queryset"] = labels.exclude(pk=unquote(own)) if own else labels
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=SiteLabel._meta.verbose_name_plural)
    def holders_counted(self, label: Label) -> int:
        """Return how many sites hold the label, or held it."""
        return int(getattr(label, "holders_total", 0))


class SiteLabelFormSet(BaseInlineFormSet):
    """The labels of a site, of which no two exclude each other at one time."""

    def clean(self) -> None:
        """Refuse what the site cannot hold, told of all rows as they will be."""
        super().clean()
        if any(self.errors):
            return
        gone = [form.instance.pk for form in self.deleted_forms if form.instance.pk]
        kept = [form.instance for form in self.forms if form not in self.deleted_forms]
        refuse_clash(self.instance, [row for row in kept if row.version_id], gone)


class SiteLabelInline(admin.TabularInline):
    model = SiteLabel
    formset = SiteLabelFormSet
    extra = 0
    ordering = ("starts_on", "pk")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer each version with the name of its label, read at once."""
        if db_field.name == "version":
            kwargs["queryset"] = LabelVersion.objects.select_related("label").order_by(
                "label__name", "given_from"
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
