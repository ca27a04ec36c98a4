"""Administration of places where people have booked: what a change costs them is said first."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bookings.actions import revise
from bookings.admin.sold import Sold, refuse_sold_otherwise, refusing, sold_at
from bookings.idempotency import fingerprint
from bookings.locks import lock_spaces
from bookings.messages.effects import Change, warn_site
from bookings.models import Booking
from bookings.possibility import Impossible, impossible_at
from sites.admin.sites import SiteAdmin
from sites.admin.spaces import SpaceAdmin
from sites.models import Site, Space

NAMED = 10
CONFIRMED = "confirmed_for"
Met = Mapping[int, Booking]


class Unconfirmed(Exception):
    """The change would make bookings impossible, and nobody has said that it shall."""

    def __init__(self, met: Met) -> None:
        super().__init__(met)
        self.met = met


class TellsBookings(admin.ModelAdmin):
    """Asks before a change of a site makes bookings impossible, and then tells people and site.

    Refuses one that would charge bookings to come as something else.
    The change is tried first, with the spaces locked so that nobody books meanwhile; unconfirmed,
    it is undone and the form shown again with how many bookings it meets.
    """

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form; save it when it meets no booking or that was confirmed."""
        shown = object_id, form_url, extra_context
        place = self.get_object(request, unquote(object_id)) if object_id else None
        if request.method != "POST" or place is None:
            return super().changeform_view(request, *shown)
        site = place if isinstance(place, Site) else place.site
        try:
            with transaction.atomic():
                lock_spaces(*site.spaces.values_list("pk", flat=True))
                keep(request, "met_before", impossible_at(site, now := timezone.now()))
                keep(request, "sold_before", sold_at(site))
                keep(request, "tried_at", now)
                return super().changeform_view(request, *shown)
        except Unconfirmed as unconfirmed:
            keep(request, "met", unconfirmed.met)
        except ValidationError as refused:
            keep(request, "refused", refused)
        return super().changeform_view(request, *shown)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save, and see what it does to bookings."""
        super().save_related(request, form, formsets, change)
        before: Mapping[int, Impossible] | None = getattr(request, "met_before", None)
        if before is None:
            return
        # The instant of the first look: between two, a time may end and look mended.
        place, now = form.instance, request.tried_at  # type: ignore[attr-defined]  # kept above
        site = place if isinstance(place, Site) else place.site
        sold: Mapping[int, Sold] = request.sold_before  # type: ignore[attr-defined]  # the same
        refuse_sold_otherwise(site, sold, now)
        found = impossible_at(site, now)
        met = {pk: found[pk].booking for pk in more(found, before)}
        if met and request.POST.get(CONFIRMED) != fingerprint(sorted(met)):
            raise Unconfirmed(met)
        tell(site, met, more(before, found) - met.keys(), now)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Ask in the form for what is not confirmed."""
        met: Met = getattr(request, "met", {})
        if refused := getattr(request, "refused", None):
            return refusing(super().get_form(request, obj, change, **kwargs), refused)
        if not met or kwargs.get("fields") is None:
            return super().get_form(request, obj, change, **kwargs)
        kwargs["fields"] = [name for name in kwargs["fields"] if name != CONFIRMED]
        return asking(super().get_form(request, obj, change, **kwargs), met)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the question first."""
        fieldsets = super().get_fieldsets(request, obj)
        asked = [(None, {"fields": (CONFIRMED,)})] if getattr(request, "met", {}) else []
        return [*asked, *fieldsets]


def more(these: Mapping[int, Impossible], those: Mapping[int, Impossible]) -> set[int]:
    """Return the bookings of which times are impossible in `these` that are not so in `those`."""
    return {
        pk
        for pk, one in these.items()
        if pk not in those or one.times.keys() - those[pk].times.keys()
    }


def tell(site: Site, met: Met, mended: set[int], now: datetime) -> None:
    """Have people told of what became impossible or possible again, and the site of the former."""
    for keys, change in ((met.keys(), Change.IMPOSSIBLE), (mended, Change.KEPT)):
        if keys:
            revise(bookings=Booking.objects.filter(pk__in=keys), change=change, now=now)
    if met:
        warn_site(site, met.values(), now)


def keep(request: HttpRequest, name: str, value: object) -> None:
    """Carry `value` with the request through the admin's own methods."""
    setattr(request, name, value)


def asking(form: Any, met: Met) -> Any:
    """Return `form` with a box to confirm that those bookings become impossible."""

    class AskingForm(form):  # type: ignore[misc]  # made by the admin
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields[CONFIRMED].choices = [(fingerprint(sorted(met)), _("Save all the same"))]

        def clean(self) -> Any:
            super().clean()
            raise ValidationError(words_of(met))

    AskingForm.base_fields[CONFIRMED] = forms.MultipleChoiceField(
        label=_("Bookings that become impossible"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their people, and those who run the site, are told by e-mail when you save."),
    )
    return AskingForm


def words_of(met: Met) -> str:
    """Return how many bookings are met, and the first of them."""
    count = ngettext(
        "This makes %(count)d booking impossible: %(bookings)s. Nothing is saved yet.",
        "This makes %(count)d bookings impossible: %(bookings)s. Nothing is saved yet.",
        len(met),
    )
    first = [f"{one.reference} ({one.person})" for one in list(met.values())[:NAMED]]
    more = ["…"] if len(met) > NAMED else []
    return count % {"count": len(met), "bookings": ", ".join(first + more)}


class BookedSiteAdmin(TellsBookings, SiteAdmin):
    """Sites, whose bookings are told."""


class BookedSpaceAdmin(TellsBookings, SpaceAdmin):
    """Spaces, whose bookings are told."""


admin.site.unregister([Site, Space])
admin.site.register(Site, BookedSiteAdmin)
admin.site.register(Space, BookedSpaceAdmin)
