"""When a site is open, closed, or elsewhere: rows of its page."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sites.forms import EndField, EndMomentField
from sites.models import (
    Closure,
    OpeningHours,
    Space,
    Stop,
)


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
