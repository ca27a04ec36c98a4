"""How a booking stands for whoever looks at its page, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.models import Booking
from bookings.possibility import Missed


@dataclass(frozen=True)
class Standing:
    """A booking as it stands now: its state, its title, and what to do about missed times."""

    booking: Booking
    now: datetime
    missed: Missed
    is_partly_missed: bool
    is_own: bool
    is_told: bool = False

    @property
    def is_over(self) -> bool:
        """Tell whether its last time has ended."""
        return self.booking.ends_at <= self.now

    @property
    def can_change(self) -> bool:
        """Tell whether it may still be changed or cancelled."""
        return self.booking.can_be_changed(self.now)

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
        if self.is_own:
            return _("Your place is booked")
        return _("The booking of %(person)s") % {"person": self.booking.person}

    @property
    def mail_words(self) -> str:
        """Return where its own person finds the confirmation, nothing once there is no need."""
        if not self.is_own or not self.booking.is_active or self.is_over or self.missed:
            return ""
        words = _("The confirmation is on its way to %(address)s.")
        if self.is_told:
            words = _("The confirmation was sent to %(address)s.")
        return words % {"address": self.booking.person.email}

    @property
    def title_when_missed(self) -> str:
        """Return the title when times of it can no longer be had."""
        if self.is_partly_missed:
            return _("Part of what was booked can no longer be had")
        return _("What was booked can no longer be had")

    @property
    def advice(self) -> dict[str, str]:
        """Return what to do about the times that can no longer be had: text, and a link or none."""
        if self.can_give_back:
            text, link_text = _("Give back the times that cannot be used."), _("Give them back")
            return {"text": text, "link_text": link_text, "href": self.drop("booking-give-back")}
        if self.can_change and self.is_partly_missed:
            text = _("Drop the times that cannot be used, choose others, or cancel.")
            return {"text": text, "link_text": _("Drop them"), "href": self.drop("booking-change")}
        if self.can_change:
            text = _("Choose another time, or cancel: the place cannot be used then.")
            return {"text": text, "link_text": "", "href": ""}
        return {"text": _("The place cannot be used then."), "link_text": "", "href": ""}

    def drop(self, name: str) -> str:
        """Return the address of a page of the booking that offers to drop the missed times."""
        return f"{reverse(name, args=[self.booking.reference])}?drop=impossible"


def missed_words(is_partly_missed: bool) -> str:
    """Return what is said in short of a booking of which times can no longer be had."""
    return _("Partly no longer possible") if is_partly_missed else _("No longer possible")
