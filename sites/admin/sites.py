"""Administration of sites, for the network team."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.db import models
from django.forms import BaseModelFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from network.admin.guards import Guarded
from network.rights import APPOINT_MANAGERS
from sites.admin.calendars import ClosureInline, OpeningHoursInline, StopInline
from sites.admin.fundings import FundingInline
from sites.admin.labels import SiteLabelInline
from sites.admin.sizes import warn_of_seats, warn_of_surface
from sites.admin.spaces import give_first_units
from sites.admin.surroundings import (
    PartnerInline,
    SpeedMeasurementInline,
    TransitStopInline,
)
from sites.admin.worded import worded_form, words_by_language
from sites.models import (
    Photo,
    Site,
    Space,
)
from sites.models.site import SiteQuerySet
from sites.photos import PhotoField


class PhotoForm(forms.ModelForm):
    """A photo, drawn anew as it comes in."""

    image = PhotoField(label=_("image"), widget=AdminFileWidget)

    class Meta:
        model = Photo
        fields = ("image", "alternative", "position")


class PhotoInline(admin.TabularInline):
    model = Photo
    form = PhotoForm
    extra = 0
    ordering = ("position",)


class SpaceInline(admin.TabularInline):
    """The site's spaces in short; each has a page of its own for the rest."""

    model = Space
    extra = 0
    fields = ("name", "kind", "capacity", "sold_by", "is_fungible", "position", "is_active")
    ordering = ("position", "pk")
    show_change_link = True


@admin.register(Site)
class SiteAdmin(Guarded):
    """Sites with their week, their calendar and their spaces."""

    list_display = ("name", "category", "commune", "operator", "is_itinerant", "is_active")
    list_filter = ("category", "commune__departement", "host", "is_itinerant", "is_active")
    list_select_related = ("commune", "operator")
    search_fields = ("name", "slug")
    search_help_text = _("A name, a commune or a postcode, as in the search of places.")
    ordering = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("commune", "operator")
    filter_horizontal = ("services", "specialisations")
    form = worded_form(Site)
    inlines = (
        OpeningHoursInline,
        ClosureInline,
        StopInline,
        SpaceInline,
        PhotoInline,
        TransitStopInline,
        SpeedMeasurementInline,
        SiteLabelInline,
        PartnerInline,
        FundingInline,
    )
    fieldsets = (
        (None, {"fields": ("name", "slug", "operator", "category", "is_active", "is_itinerant")}),
        (
            _("Place"),
            {"fields": ("commune", "address", "postal_code", "latitude", "longitude")},
        ),
        (_("Contact"), {"fields": ("phone", "email")}),
        (_("Time"), {"fields": ("time_zone", "holidays")}),
        (
            _("Offer"),
            {
                "fields": (
                    "description",
                    "surface_m2",
                    "host",
                    "host_name",
                    "technology",
                    "download_mbps",
                    "upload_mbps",
                    "services",
                    "specialisations",
                )
            },
        ),
        (
            _("Access"),
            {
                "fields": (
                    "step_free_access",
                    "accessible_toilet",
                    "accessible_parking",
                    "hearing_loop",
                    "accessibility_note",
                    "directions",
                    "access_notes",
                )
            },
        ),
        *words_by_language(Site),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Site | None = None) -> tuple[str, ...]:
        """Keep a site with its operator, whose managers run it, but for who appoints managers."""
        may_hand_over = obj is None or request.user.has_perm(APPOINT_MANAGERS)
        return () if may_hand_over else ("operator",)

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Site], search_term: str
    ) -> tuple[models.QuerySet[Site], bool]:
        """Search as the public pages do; also by the short name in addresses."""
        term = search_term.strip()
        if not term:
            return queryset, False
        sites = cast(SiteQuerySet, queryset)
        return sites.named_like(term) | sites.filter(slug__icontains=term), False

    def save_model(self, request: HttpRequest, obj: Site, form: Any, change: bool) -> None:
        """Save; point out a surface that is unusual for the category."""
        super().save_model(request, obj, form, change)
        warn_of_surface(request, obj)

    def save_formset(
        self, request: HttpRequest, form: Any, formset: BaseModelFormSet[Any, Any], change: bool
    ) -> None:
        """Save; a new space gets the units that its capacity asks for."""
        super().save_formset(request, form, formset, change)
        for row in formset.new_objects:
            if isinstance(row, Space):
                give_first_units(row)
                warn_of_seats(request, row)
