"""Bookings as the network team sees them: to read and to cancel, never to edit by hand."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bookings.admin.cancelling import Cancels
from bookings.models import Allocation, Booking
from bookings.possibility import obstacles
from network.admin import columns
from network.admin.guards import Guarded
from network.admin.rows import ReadOnly
from sites.intervals import Interval
from sites.templatetags.when import when_long


class BookingList(ChangeList):
    """A page of bookings, each with what is in its way."""

    def get_results(self, request: HttpRequest) -> None:
        """Look at the bookings of the page together."""
        super().get_results(request)
        met = obstacles(self.result_list, timezone.now())
        for booking in self.result_list:
            booking.obstacle = met.get(booking.pk)


class AllocationInline(ReadOnly, admin.TabularInline):
    """The units of a booking; each row is headed by its time, in the site's own."""

    model = Allocation
    extra = 0
    fields = ("unit", "status")
    ordering = ("starts_at", "pk")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Allocation]:
        """Read the units and the site's zone along."""
        return super().get_queryset(request).select_related("unit", "site")


@admin.register(Booking)
class BookingAdmin(ReadOnly, Guarded, Cancels):
    list_display = (
        "reference",
        "person",
        "site",
        "space",
        "times",
        "status",
        "impossible",
    )
    list_filter = ("status", "space__kind", "starts_at")
    list_select_related = ("person", "site", "space")
    search_fields = ("=reference", "person__email", "person__name", "site__name")
    search_help_text = _("A reference, a person or a site.")
    ordering = ("-starts_at", "-pk")
    # Counting millions of rows to say "of 1,234,567" would be the slowest query of the page.
    show_full_result_count = False
    inlines = (AllocationInline,)
    readonly_fields = ("times", "created", "changed")
    fields = (
        *("reference", "person", "booked_by", "organisation", "site", "space", "times"),
        *("people", "status", "note", "created", "changed"),
    )
    created = columns.moment("created_at", _("created at"))
    changed = columns.moment("changed_at", _("changed at"))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Have what is in the way of each booking read with the page."""
        return BookingList

    @admin.display(description=_("When"), ordering="starts_at")
    def times(self, booking: Booking) -> str:
        """Return from when to when it is, in the site's own time."""
        return when_long(Interval(booking.starts_at, booking.ends_at), booking.site.zone)

    @admin.display(description=_("no longer possible"), empty_value="")
    def impossible(self, booking: Booking) -> str:
        """Return why the booking can no longer be had, if so."""
        reason = getattr(booking, "obstacle", None)
        return str(reason.message) if reason else ""
