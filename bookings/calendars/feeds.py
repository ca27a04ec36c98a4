"""Private calendar addresses: signed, not stored, replaced at will."""

from typing import Any

from django.core import signing
from django.db.models import F

from bookings.models import CalendarFeed
from network.models import User

#: "." is not in the alphabet of signatures, and stands in an address as it is.
signer = signing.Signer(sep=".", salt="bookings.calendar-feed")


def feed_of(person: User) -> CalendarFeed:
    """Return the person's feed, made at the first asking."""
    feed, _is_new = CalendarFeed.objects.get_or_create(person=person)
    return feed


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
    feeds = CalendarFeed.objects.select_related("person")
    feed = feeds.filter(person=person_id, version=version, person__is_active=True).first()
    return feed.person if feed else None


def rotate_feed(*, person: User) -> CalendarFeed:
    """Give the person's calendar a new address; the old ones stop working at once."""
    feed = feed_of(person)
    CalendarFeed.objects.filter(pk=feed.pk).update(version=F("version") + 1)
    feed.refresh_from_db()
    return feed


def stop_addresses(sender: object, person: User, **told: Any) -> None:
    """Have the present calendar address of `person` open nothing (told by network)."""
    CalendarFeed.objects.filter(person=person).update(version=F("version") + 1)
