"""Calendar programs that read our mails: one as the standard says, one as Outlook does.

Both keep only what RFC 5545, 5546 and 6047 let them keep, in whatever order and however often
mails come, and refuse what these forbid.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import icalendar
import recurring_ical_events

from sites.intervals import Interval

#: RFC 5546 §3.2.2 and §3.2.5: what a REQUEST and a CANCEL must say, and say once.
ASKED = {
    "REQUEST": ("UID", "DTSTAMP", "DTSTART", "ORGANIZER", "ATTENDEE", "SUMMARY", "SEQUENCE"),
    "CANCEL": ("UID", "DTSTAMP", "ORGANIZER", "ATTENDEE", "SEQUENCE"),
}
LONG_AGO, LATE = datetime(2020, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)


class Forbidden(AssertionError):
    """A message that the standard does not allow."""


@dataclass
class CalendarProgram:
    """What somebody's calendar holds once it has read their mails."""

    me: str
    kept: dict[str, Any] = field(default_factory=dict)

    def read(self, mail: EmailMessage) -> None:
        """Act on the invitation in `mail`, if there is one."""
        for part in self.parts(mail):
            calendar: Any = icalendar.Calendar.from_ical(part.get_content())
            method = str(calendar.get("METHOD", ""))
            if method != part.get_param("method"):
                raise Forbidden("RFC 6047 §2.4: the parameter says another method")
            self.apply(method, self.event_of(calendar, method))

    def parts(self, mail: EmailMessage) -> list[Any]:
        found = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        if len(found) > 1:
            raise Forbidden("which of two invitations is read differs from program to program")
        return found

    def event_of(self, calendar: Any, method: str) -> Any:
        events = calendar.walk("VEVENT")
        if {str(event["UID"]) for event in events} != {str(events[0]["UID"])}:
            raise Forbidden(f"RFC 5546: one {method} holds one UID")
        if len(events) > 1:
            raise Forbidden("several components of one UID need RECURRENCE-ID, which we never use")
        refuse_malformed(events[0], method, self.me)
        refuse_unknown_zones(calendar)
        return events[0]

    def apply(self, method: str, event: Any) -> None:
        """Keep the event unless a newer one is known, by SEQUENCE, then DTSTAMP (§2.1.5)."""
        known = self.kept.get(str(event["UID"]))
        if known is not None and age(event) < age(known):
            return
        event["X-METHOD"] = method
        self.kept[str(event["UID"])] = event

    @property
    def events(self) -> list[Any]:
        """Return what is shown: what was cancelled is remembered, not shown."""
        return [event for event in self.kept.values() if event["X-METHOD"] == "REQUEST"]

    @property
    def times(self) -> list[Interval]:
        """Return every time that is shown, series told day by day."""
        return sorted(time for event in self.events for time in times_of(event))


class Outlook(CalendarProgram):
    """MS-STANOICAL §2.2.175 and MS-OXCICAL: the first event alone; no RDATE without RRULE.

    Of the parts of a mail it reads the first, and what hangs below.
    """

    def parts(self, mail: EmailMessage) -> list[Any]:
        first = next(iter(mail.iter_parts())) if mail.get_content_subtype() == "mixed" else mail
        return [part for part in first.walk() if part.get_content_type() == "text/calendar"][:1]

    def event_of(self, calendar: Any, method: str) -> Any:
        event = calendar.walk("VEVENT")[0]
        if "RDATE" in event or "BYHOUR" in event.get("RRULE", {}):
            raise Forbidden("skipped: a recurrence pattern that Outlook does not support")
        if "EXDATE" in event and "RRULE" not in event:
            raise Forbidden("MS-OXCICAL: EXDATE asks for RRULE")
        days = [time.starts_at.date() for time in times_of(event)]
        if len(set(days)) < len(days):
            raise Forbidden("two instances must not start on the same day")
        return event


def age(event: Any) -> tuple[int, datetime]:
    return int(event["SEQUENCE"]), event["DTSTAMP"].dt


def refuse_malformed(event: Any, method: str, me: str) -> None:
    for name in ASKED[method]:
        if not isinstance(event.get(name), (str, int, icalendar.vDDDTypes)):
            raise Forbidden(f"RFC 5546: a {method} says {name} once")
    if event["ATTENDEE"] != f"mailto:{me}":
        raise Forbidden("not for me")
    if method == "CANCEL" and event.get("STATUS") != "CANCELLED":
        raise Forbidden("a CANCEL that says the event stands")
    if method == "REQUEST" and event.get("STATUS") not in ("CONFIRMED", "TENTATIVE"):
        raise Forbidden("RFC 5546 §3.2.2: STATUS of a REQUEST")


def refuse_unknown_zones(calendar: Any) -> None:
    told = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    for event in calendar.walk("VEVENT"):
        for name in ("DTSTART", "DTEND"):
            zone = event[name].params.get("TZID")
            if zone and zone not in told:
                raise Forbidden(f"RFC 5545 §3.2.19: {zone} is not told")


def times_of(event: Any) -> list[Interval]:
    """Return the times of an event, its series told day by day."""
    alone = icalendar.Calendar()
    alone.add("version", "2.0")
    alone.add_component(event)
    found = recurring_ical_events.of(alone).between(LONG_AGO, LATE)
    return [Interval(*(one[name].dt.astimezone(UTC) for name in ("DTSTART", "DTEND")))
            for one in found]  # fmt: skip
