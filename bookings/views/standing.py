"""How a booking stands for whoever looks at its page, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.models import Booking
from bookings.possibility import Missed
from sites.intervals import Interval
from sites.templatetags.when import clock_time, day_words, end_time


@dataclass(frozen=True)
class Standing:
    """A booking as it stands now: its state, its title, and what to do about missed times."""

    booking: Booking
    now: datetime
    missed: Missed
    is_partly_missed: bool
    is_own: bool
    times: Sequence[Interval] = ()
    is_told: bool = False
    is_given_back: bool = False
    #: Those of its times that lie in closures, once it has begun.
    closed: Sequence[Interval] = ()

    @property
    def is_over(self) -> bool:
        """Tell whether its last time has ended."""
        return self.booking.ends_at <= self.now

    @property
    def can_change(self) -> bool:
        """Tell whether it may still be changed or cancelled."""
        return self.booking.can_be_changed(self.now)

    @property
    def is_closed(self) -> bool:
        """Tell whether it has begun, and all of it lies in closures."""
        return bool(self.closed) and list(self.closed) == list(self.times)

    @property
    def can_cancel(self) -> bool:
        """Tell whether it may still be cancelled."""
        return self.can_change or self.is_closed

    @property
    def can_give_back(self) -> bool:
        """Tell whether it has begun, and something is left to give back."""
        return self.booking.has_started(self.now) and self.booking.can_be_given_back(self.now)

    @property
    def state(self) -> dict[str, str]:
        """Return its state as a chip."""
        if not self.booking.is_active:
            return {"text": _("Cancelled"), "state": "alert", "icon": "close"}
        if self.missed:
            return {"text": missed_words(self.is_partly_missed), "state": "alert", "icon": "alert"}
        if self.is_over:
            return {"text": _("Past"), "state": "full", "icon": ""}
        return {"text": self.words_while_held, "state": "free", "icon": "check"}

    @property
    def words_while_held(self) -> str:
        """Return the state of a booking that can be had."""
        if self.booking.has_started(self.now):
            return _("In progress")
        return self.booking.get_status_display()

    @property
    def title(self) -> str:
        """Return the title of its page."""
        if not self.booking.is_active:
            return _("This booking is cancelled")
        if self.missed:
            return self.title_when_missed
        if self.is_over:
            return _("A past booking")
        if self.booking.has_started(self.now):
            return self.title_when_begun
        if self.is_own:
            return self.title_of_own
        return _("The booking of %(person)s") % {"person": self.booking.person}

    @property
    def title_when_begun(self) -> str:
        """Return until when it runs, or when it goes on."""
        zone = self.booking.site.zone
        ahead = min(one for one in self.times if one.ends_at > self.now)
        if ahead.starts_at <= self.now:
            return _("In progress until %(clock)s") % {"clock": end_time(ahead.ends_at, zone)}
        day = day_words(ahead.starts_at.astimezone(zone).date())
        told = {"day": day, "clock": clock_time(ahead.starts_at, zone)}
        return _("Your booking resumes on %(day)s at %(clock)s") % told

    @property
    def title_of_own(self) -> str:
        """Return what became of it before it begins."""
        if self.is_given_back:
            return _("Your booking, without what you gave back")
        if self.booking.sequence:
            return _("Your booking is up to date")
        return _("Your place is booked")

    @property
    def mail_words(self) -> str:
        """Return where its own person finds the last mail, nothing once there is no need."""
        if not self.is_own or self.is_over or self.missed:
            return ""
        if not self.booking.is_active:
            return _("Nothing is booked for you then any more: others can have it.")
        words = self.words_of_change if self.booking.sequence else self.words_of_confirmation
        return words % {"address": self.booking.person.email} if words else ""

    @property
    def words_of_confirmation(self) -> str:
        """Return where the confirmation is; it needs no more be said once the booking runs."""
        if self.booking.has_started(self.now):
            return ""
        if self.is_told:
            return _("The confirmation was sent to %(address)s.")
        return _("The confirmation is on its way to %(address)s.")

    @property
    def words_of_change(self) -> str:
        """Return where the mail is that tells how the booking is now."""
        if self.is_told:
            return _("What has changed was sent to %(address)s.")
        return _("What has changed is on its way to %(address)s.")

    @property
    def title_when_missed(self) -> str:
        """Return the title when times of it can no longer be had."""
        if self.is_partly_missed:
            return _("Part of what was booked can no longer be had")
        return _("What was booked can no longer be had")

    @property
    def advice(self) -> dict[str, str]:
        """Return what to do about the times that can no longer be had: text, and a link or none."""
        if self.is_closed or (self.closed and not self.missed):
            return self.advice_when_closed
        if self.can_give_back:
            text, link_text = _("Give back the times that cannot be used."), _("Give them back")
            return {"text": text, "link_text": link_text, "href": self.drop("booking-give-back")}
        if self.can_change and self.is_partly_missed:
            text = _("Drop the times that cannot be used, choose others, or cancel.")
            return {"text": text, "link_text": _("Drop them"), "href": self.drop("booking-change")}
        if self.can_change:
            text = _("Choose another time, or cancel: the place cannot be used then.")
            href = reverse("booking-change", args=[self.booking.reference])
            return {"text": text, "link_text": _("See what is free instead"), "href": href}
        return {"text": _("The place cannot be used then."), "link_text": "", "href": ""}

    @property
    def advice_when_closed(self) -> dict[str, str]:
        """Return that what lies in closures is given up for nothing, and the way there."""
        if self.is_closed:
            text, link_text = (
                _("Because of a closure, cancelling is free."),
                _("Cancel the booking"),
            )
            href = reverse("booking-cancel", args=[self.booking.reference])
            return {"text": text, "link_text": link_text, "href": href}
        text = _("Because of a closure, giving back a part of this booking is free.")
        href = self.drop("booking-give-back")
        return {"text": text, "link_text": _("Give it back"), "href": href}

    def drop(self, name: str) -> str:
        """Return the address of a page of the booking that offers to drop the missed times."""
        return f"{reverse(name, args=[self.booking.reference])}?drop=impossible"


def missed_words(is_partly_missed: bool) -> str:
    """Return what is said in short of a booking of which times can no longer be had."""
    return _("Partly no longer possible") if is_partly_missed else _("No longer possible")


def closed_words(booking: Booking, now: datetime) -> str:
    """Return why the booking can no longer be changed nor cancelled, nothing while it can."""
    if not booking.is_active:
        return _("This booking is cancelled.")
    if booking.ends_at <= now:
        return _("This booking is over.")
    if booking.has_started(now):
        return _("This booking has begun: it can no longer be changed or cancelled.")
    return ""
