"""Administration of spaces, their units and what they hold."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.forms import BaseModelFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from network.admin.guards import Guarded
from sites.actions import add_units
from sites.admin.sizes import warn_of_seats
from sites.models import (
    Space,
    Unit,
    VideoEndpoint,
)

MOST_UNITS_AT_ONCE = 200


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

    def save_model(self, request: HttpRequest, obj: Space, form: Any, change: bool) -> None:
        """Save; point out a number of seats that is unusual for the kind."""
        super().save_model(request, obj, form, change)
        warn_of_seats(request, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save, then add the units asked for."""
        super().save_related(request, form, formsets, change)
        if count := form.cleaned_data.get("more_units"):
            add_units(space=form.instance, count=count)
        elif not change:
            give_first_units(form.instance)
