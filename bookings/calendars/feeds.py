"""Private calendar addresses: signed, not stored, replaced at will."""

from typing import Any

from django.core import signing
from django.db.models import F

from bookings.models import CalendarFeed
from bookings.models.calendars import FIRST_VERSION
from network.models import User

#: "." is not in the alphabet of signatures, and stands in an address as it is.
signer = signing.Signer(sep=".", salt="bookings.calendar-feed")


def feed_of(person: User) -> CalendarFeed:
    """Return the person's feed; until its address is first replaced, no row is kept of it."""
    feed = CalendarFeed.objects.filter(person=person).first()
    return feed or CalendarFeed(person=person)


def token_of(feed: CalendarFeed) -> str:
    """Return the secret part of the feed's present address."""
    return signer.sign(f"{feed.person_id}.{feed.version}")


def owner_of(token: str) -> User | None:
    """Return whose calendar `token` opens: nobody's if it was forged, replaced, or its owner left.

    The signature is compared in constant time.
    """
    try:
        person_id, version = map(int, signer.unsign(token).split("."))
    except (signing.BadSignature, ValueError):
        return None
    people = User.objects.filter(pk=person_id, is_active=True).select_related("calendar_feed")
    person = people.first()
    feed = getattr(person, "calendar_feed", None)
    return person if version == (feed.version if feed else FIRST_VERSION) else None


def rotate_feed(*, person: User) -> CalendarFeed:
    """Give the person's calendar a new address; the old ones stop working at once."""
    CalendarFeed.objects.update_or_create(
        person=person,
        defaults={"version": F("version") + 1},
        create_defaults={"version": FIRST_VERSION + 1},
    )
    return feed_of(person)


def stop_addresses(sender: object, person: User, **told: Any) -> None:
    """Have the present calendar address of `person` open nothing (told by network)."""
    rotate_feed(person=person)
