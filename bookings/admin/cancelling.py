"""Bookings cancelled for others: asked first, then one by one as their people would."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.actions import cancel
from bookings.models import Booking
from bookings.rights import MANAGE_ANY
from network.errors import Refusal
from network.models import User
from sites.templatetags.when import when_long

#: More are not read before they are agreed to, and their keys are more than a request may carry.
MOST_AT_ONCE = 200
TEMPLATE = "admin/bookings/booking/cancel_selected.html"


class Cancels(admin.ModelAdmin):
    """A list whose chosen bookings can be cancelled."""

    actions = ("cancel_bookings",)

    def has_cancel_permission(self, request: HttpRequest) -> bool:
        """Tell whether this person may cancel for others."""
        return bool(request.user.has_perm(MANAGE_ANY))

    @admin.action(description=gettext_lazy("Cancel the selected bookings"), permissions=["cancel"])
    def cancel_bookings(
        self, request: HttpRequest, queryset: QuerySet[Booking]
    ) -> TemplateResponse | None:
        """Ask; once confirmed, cancel each as its person would."""
        chosen = queryset.select_related("person", "site").order_by("pk")
        if chosen.count() > MOST_AT_ONCE:
            text = _("Choose at most %d bookings at once.") % MOST_AT_ONCE
            self.message_user(request, text, messages.ERROR)
            return None
        if "confirmed" not in request.POST:
            return TemplateResponse(request, TEMPLATE, self.question(request, list(chosen)))
        tell_result(request, cancel_each(request, chosen))
        return None

    def question(self, request: HttpRequest, bookings: list[Booking]) -> dict[str, Any]:
        """Return what the page that asks shows."""
        for booking in bookings:
            vars(booking)["told"] = when_long(booking.interval, booking.site.zone)
        count = len(bookings)
        return {
            **self.admin_site.each_context(request),
            "title": _("Cancel bookings for others"),
            "opts": self.opts,
            "bookings": bookings,
            "submit": ngettext("Cancel %d booking", "Cancel %d bookings", count) % count,
            "list_url": reverse("admin:bookings_booking_changelist"),
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
        }


def cancel_each(request: HttpRequest, bookings: QuerySet[Booking]) -> int:
    """Return how many were cancelled; one that cannot be is named and left."""
    cancelled, now = 0, timezone.now()
    for booking in bookings:
        try:
            cancel(booking=booking, by=cast(User, request.user), now=now)
        except Refusal as refusal:
            messages.error(request, f"{booking.reference} – {refusal.message}")
        else:
            cancelled += 1
    return cancelled


def tell_result(request: HttpRequest, cancelled: int) -> None:
    """Say how many were cancelled, if any."""
    if cancelled:
        text = ngettext("%d booking cancelled.", "%d bookings cancelled.", cancelled)
        messages.success(request, text % cancelled)
