"""A booking as a row of a list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from billing.showing.telling import Price
from billing.templatetags.prices import paid_words
from bookings.models import Booking
from bookings.search.repeats import Agenda, Repeat, repeat_of
from bookings.templatetags.slots import book_url, hours_list, local_day_words
from network.models import User
from sites.intervals import Interval
from sites.templatetags.when import day_words

register = template.Library()


@register.filter
def booking_hours(booking: Booking) -> str:
    """Return the hours of the booking's first day; how many days it has, and until which."""
    times = {one.interval for one in booking.allocations.all()}
    return first_hours(times, booking.site.zone)


def first_hours(times: Iterable[Interval], zone: ZoneInfo) -> str:
    """Return the hours of the first day of some times; how many days they have, and until which."""
    days = {one: one.starts_at.astimezone(zone).date() for one in sorted(times)}
    first, last = min(days.values()), max(days.values())
    hours = hours_list([one for one, day in days.items() if day == first], zone)
    if first == last:
        return hours
    told = {"days": len(set(days.values())), "last": day_words(last)}
    return " ".join([hours, _("(%(days)d days, the last %(last)s)") % told])


def times_when(times: Sequence[Interval], zone: ZoneInfo) -> str:
    """Return "mardi 24 novembre, 9 h – 12 h 30", and how many days more."""
    return f"{local_day_words(min(times).starts_at, zone)}, {first_hours(times, zone)}"


@register.filter
def site_line(booking: Booking) -> str:
    """Return "La Fabrique, Villé"."""
    return f"{booking.site.name}, {booking.site.commune.name}"


@register.filter
def booking_when(booking: Booking) -> str:
    """Return the same of the booking's times."""
    return times_when([one.interval for one in booking.allocations.all()], booking.site.zone)


@register.filter
def booking_actions(booking: Booking, agenda: Agenda) -> list[dict[str, Any]]:
    """Return what can be done with the booking now, by whose agenda it is."""
    now, when = agenda.now, {"when": booking_when(booking)}
    if booking.can_be_changed(now):
        return [
            {
                "text": _("Change"),
                "label": _("Change the booking of %(when)s") % when,
                "icon": "edit",
                "href": reverse("booking-change", args=[booking.reference]),
            },
            {
                "text": pgettext("a booking", "Cancel"),
                "label": _("Cancel the booking of %(when)s") % when,
                "icon": "trash",
                "href": reverse("booking-cancel", args=[booking.reference]),
            },
        ]
    if booking.can_be_given_back(now):
        return [
            {
                "text": _("Give back the time left"),
                "label": _("Give back the time left of the booking of %(when)s") % when,
                "icon": "clock",
                "href": reverse("booking-give-back", args=[booking.reference]),
            }
        ]
    return list(booking_repeats(booking, agenda))


@register.filter
def again_words(repeat: Repeat) -> str:
    """Return the words of what books the same again: on which day, of several the first."""
    day = {"date": day_words(repeat.day)}
    if repeat.day == repeat.last_day:
        return _("Book again on %(date)s") % day
    return _("Book again from %(date)s on") % day


def booking_repeats(booking: Booking, agenda: Agenda) -> Iterator[dict[str, Any]]:
    """Yield the way to book the same again, where that can be."""
    repeat = repeat_of(booking, booking.allocations.all(), agenda)
    if repeat is None:
        return
    text = again_words(repeat)
    yield {
        "text": text,
        "label": _("%(again)s, as on %(when)s") % {"again": text, "when": booking_when(booking)},
        "icon": "calendar",
        "href": book_url(booking.space_id, repeat.intervals, booking.site.zone, booking.people),
    }


@register.simple_tag
def booking_chip(booking: Booking, marks: Mapping[int, str], agenda: Agenda) -> dict[str, str]:
    """Return what is to be seen at once of a booking to come: that it cannot be had, or runs."""
    if booking.pk in marks:
        return {"text": marks[booking.pk], "state": "alert"}
    if booking.has_started(agenda.now):
        return {"text": _("In progress"), "state": "free"}
    return {"text": "", "state": ""}


@register.simple_tag
def bookings_ahead(person: User, now: datetime) -> int:
    """Return how many bookings the person has that are not over."""
    return Booking.objects.of(person).active().upcoming(now).count()


@register.simple_tag
def cancelled_chip() -> dict[str, str]:
    """Return what is to be seen at once of a booking that will not take place."""
    return {"text": _("Cancelled"), "state": "alert"}


@register.simple_tag
def past_chip(booking: Booking) -> dict[str, str]:
    """Return what is to be seen at once of a booking that is over: that it was cancelled."""
    return {"text": "" if booking.is_active else _("Cancelled"), "state": "full"}


@register.inclusion_tag("components/booking_row.html")
def booking_row(
    booking: Booking, agenda: Agenda, chip: Mapping[str, str], prices: Mapping[str, Price]
) -> dict[str, Any]:
    """Draw the booking in a list: its price, and what can be done with it by whose agenda it is."""
    return {
        "when": local_day_words(booking.starts_at, booking.site.zone),
        "hours": booking_hours(booking),
        "starts_at": booking.starts_at,
        "title": booking.space.name,
        "href": booking.get_absolute_url(),
        "about": booking_when(booking),
        "subtitle": site_line(booking),
        "reference": booking.reference,
        "paid": paid_for(booking, prices.get(booking.reference)),
        "chip_text": chip["text"],
        "chip_state": chip["state"],
        "is_cancelled": not booking.is_active,
        "actions": booking_actions(booking, agenda),
    }


def paid_for(booking: Booking, price: Price | None) -> str:
    """Return what a booking takes of money and passes; nothing of one cancelled for nothing."""
    if price is None or not (booking.is_active or price.cents or price.late_half_days):
        return ""
    words = paid_words(price)
    if not price.on_account_of:
        return words
    told = {"cost": words, "organisation": price.on_account_of}
    return _("%(cost)s, on account of %(organisation)s") % told


@register.filter
def unit_words(booking: Booking) -> str:
    """Return " – A1, A2, 2 personnes", after a space's name: its numbered units, several people."""
    units = "" if booking.space.is_fungible else f" – {unit_labels(booking)}"
    people = ngettext("%(people)s person", "%(people)s people", booking.people)
    several = f", {people % {'people': booking.people}}" if booking.people > 1 else ""
    return f"{units}{several}"


def unit_labels(booking: Booking) -> str:
    """Return the labels of the booking's units."""
    units = (one.unit for one in booking.allocations.all())
    return ", ".join(sorted({unit.label for unit in units if unit is not None}))
