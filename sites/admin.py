"""Administration of sites and their spaces, for the network team."""

from datetime import datetime, time
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.db import models
from django.forms import BaseModelFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.guards import Guarded
from network.rights import APPOINT_MANAGERS
from sites.actions import add_units
from sites.forms import EndField, EndMomentField
from sites.models import (
    Closure,
    Equipment,
    OpeningHours,
    Photo,
    Service,
    Site,
    Space,
    Stop,
    Unit,
    VideoEndpoint,
)
from sites.models.site import SiteQuerySet
from sites.photos import PhotoField

MOST_UNITS_AT_ONCE = 200


def start_of_today() -> datetime:
    """Return from when on calendars are shown: what is over only makes the page long."""
    return timezone.make_aware(datetime.combine(timezone.localdate(), time()))


class StillToCome(admin.TabularInline):
    """Rows with an end, of which those that are over are left out."""

    extra = 0
    ordering = ("starts_at",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Keep what is not over."""
        return super().get_queryset(request).filter(ends_at__gt=start_of_today())

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Let it end at 24:00."""
        if db_field.name == "ends_at":
            kwargs["form_class"] = EndMomentField
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class OpeningHoursInline(admin.TabularInline):
    model = OpeningHours
    extra = 0
    ordering = ("weekday", "opens_at")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Let a day end at 24:00."""
        if db_field.name == "closes_at":
            kwargs["form_class"] = EndField
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class ClosureInline(StillToCome):
    model = Closure
    verbose_name_plural = _("closures, now and to come")

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField[Any] | None:
        """Offer the spaces of this site only."""
        if db_field.name == "space" and request.resolver_match is not None:
            site = request.resolver_match.kwargs.get("object_id")
            spaces = Space.objects.filter(site=site) if site else Space.objects.none()
            kwargs["queryset"] = spaces.order_by("position", "pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class StopInline(StillToCome):
    model = Stop
    autocomplete_fields = ("commune",)
    verbose_name_plural = _("stops, now and to come")


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
    filter_horizontal = ("services",)
    inlines = (OpeningHoursInline, ClosureInline, StopInline, SpaceInline, PhotoInline)
    fieldsets = (
        (None, {"fields": ("name", "slug", "operator", "category", "is_active", "is_itinerant")}),
        (
            _("Place"),
            {"fields": ("commune", "address", "postal_code", "latitude", "longitude")},
        ),
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

    def save_formset(
        self, request: HttpRequest, form: Any, formset: BaseModelFormSet[Any, Any], change: bool
    ) -> None:
        """Save; a new space gets the units that its capacity asks for."""
        super().save_formset(request, form, formset, change)
        for row in formset.new_objects:
            if isinstance(row, Space):
                give_first_units(row)


def give_first_units(space: Space) -> None:
    """Give a space without units one for each place, or one if it is sold whole."""
    if not space.units.exists():
        add_units(space=space, count=space.units_for(space.capacity))


class SpaceForm(forms.ModelForm):
    """A space, with a short way to give it units."""

    more_units = forms.IntegerField(
        label=_("units to add"),
        min_value=0,
        max_value=MOST_UNITS_AT_ONCE,
        required=False,
        help_text=_(
            "They get the numbers that follow. A new space without any gets one for each place,"
            " or one if it is sold whole."
        ),
    )

    class Meta:
        model = Space
        fields = (
            "site",
            "name",
            "kind",
            "capacity",
            "sold_by",
            "is_fungible",
            "min_minutes",
            "max_minutes",
            "advance_days",
            "description",
            "equipment",
            "position",
            "is_active",
        )


class UnitInline(admin.TabularInline):
    model = Unit
    extra = 0
    exclude = ("site",)
    ordering = ("pk",)


class VideoEndpointInline(admin.TabularInline):
    model = VideoEndpoint
    extra = 0


@admin.register(Space)
class SpaceAdmin(Guarded):
    """Spaces with their units and video equipment."""

    form = SpaceForm
    list_display = ("name", "site", "kind", "capacity", "units_counted", "is_active")
    list_filter = ("kind", "sold_by", "is_fungible", "is_active")
    list_select_related = ("site",)
    search_fields = ("name", "site__name")
    ordering = ("site__name", "position", "pk")
    autocomplete_fields = ("site",)
    filter_horizontal = ("equipment",)
    inlines = (UnitInline, VideoEndpointInline)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Space]:
        """Count the units along."""
        spaces: models.QuerySet[Space] = super().get_queryset(request)
        return spaces.annotate(units_total=models.Count("units"))

    def get_form(
        self, request: HttpRequest, obj: Space | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Offer more units to those who may add units."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if not request.user.has_perm("sites.add_unit"):
            form.base_fields.pop("more_units")
        return form

    @admin.display(description=_("units"))
    def units_counted(self, space: Space) -> int:
        """Return how many units the space has."""
        return int(getattr(space, "units_total", 0))

    def get_readonly_fields(
        self, request: HttpRequest, obj: Space | None = None
    ) -> tuple[str, ...]:
        """Keep a space where it is: its units and bookings are there."""
        return ("site",) if obj else ()

    def save_formset(
        self, request: HttpRequest, form: Any, formset: BaseModelFormSet[Any, Any], change: bool
    ) -> None:
        """Save; units are of their space's site."""
        for row_form in formset.forms:
            if isinstance(row_form.instance, Unit):
                row_form.instance.site_id = form.instance.site_id
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save, then add the units asked for."""
        super().save_related(request, form, formsets, change)
        if count := form.cleaned_data.get("more_units"):
            add_units(space=form.instance, count=count)
        elif not change:
            give_first_units(form.instance)


class Vocabulary(Guarded):
    """Words that describe sites and spaces."""

    list_display = ("name", "code")
    search_fields = ("name", "code")
    ordering = ("name",)
    prepopulated_fields = {"code": ("name",)}


admin.site.register([Service, Equipment], Vocabulary)
