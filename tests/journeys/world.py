"""A small network for journeys. A browser keeps the real time, so its days are counted from today.

Sites are open every day and on holidays: what a test says must hold whenever it runs.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

from bookings.actions import book, cancel
from bookings.models import Booking
from bookings.wishes import Wish, interval_text
from network.models import Membership, User
from sites.models import Closure, Site, Space
from tests.factories import (
    PARIS,
    interval,
    make_commune,
    make_operator,
    make_organisation,
    make_site,
    make_space,
    make_stop,
    make_user,
    open_on,
)

SATURDAY, SUNDAY = 5, 6
DAY = ("08:00", "18:30")


def tomorrow() -> date:
    return timezone.localdate(timezone=PARIS) + timedelta(days=1)


def make_open_site(name: str = "La Fabrique", **fields: object) -> Site:
    """Make a site that is open every day from 8 to 18:30."""
    site = make_site(name, holidays=Site.Holidays.NONE, **fields)  # type: ignore[arg-type]  # its fields
    for weekday in (SATURDAY, SUNDAY):
        open_on(site, weekday, DAY)
    return site


def make_fabrique() -> Space:
    """Make La Fabrique in Villé, and answer its room of eight desks."""
    ville = make_commune("Villé", "67507")
    site = make_open_site(slug="la-fabrique", commune=ville, step_free_access=True)
    return make_space(site, units=8, name="Grande salle")


def make_official() -> User:
    """Make an administrator of a commune that is operator, employer and collectivity."""
    commune = make_organisation("Commune de Villé", "operator", "employer", "collectivity")
    make_site("La Mairie", operator=commune)
    person = make_user("official@maillage.example", name="Élise Wagner")
    Membership.objects.create(
        person=person, organisation=commune, role=Membership.Role.ADMINISTRATOR
    )
    return person


def make_crowd(number: int) -> None:
    """Make as many more sites, all with something free."""
    commune, operator = make_commune("Sélestat", "67462", postal_code="67600"), make_operator()
    for one in range(number):
        site = make_open_site(
            f"Le Comptoir {one}",
            commune=commune,
            operator=operator,
            host=Site.Host.LIBRARY,
            latitude=47.6 + one * 0.04,
            longitude=7.2 + (one % 6) * 0.1,
        )
        make_space(site, units=4, name="Salle de travail")


def close_tomorrow(site: Site) -> None:
    closed = interval(tomorrow(), "00:00", "24:00")
    Closure.objects.create(
        site=site, starts_at=closed.starts_at, ends_at=closed.ends_at, reason="Travaux"
    )


def make_bus() -> Site:
    """Make an itinerant site that stops in the square tomorrow, all day."""
    bus = make_site("Le Bus", hours=(), slug="le-bus", is_itinerant=True)
    make_space(bus, units=3, name="Postes à bord")
    stop = interval(tomorrow(), "09:00", "17:00")
    make_stop(bus, bus.commune, stop, place="Place de la Mairie", latitude=48.35, longitude=7.31)
    return bus


def book_morning(space: Space, person: User, day: date) -> Booking:
    """Book from 8 to 12 on `day`, as if done the day before."""
    morning = interval(day, "08:00", "12:00")
    wish = Wish(space_id=space.pk, intervals=(morning,))
    return book(wish=wish, person=person, by=person, now=morning.starts_at - timedelta(days=1))


def book_day(space: Space, person: User, day: date) -> Booking:
    """Book the whole of `day`, now: with passes if there are, at its price, late or in time."""
    wish = Wish(space_id=space.pk, intervals=(interval(day, "08:00", "18:00"),))
    return book(wish=wish, person=person, by=person, now=timezone.now())


def fill_diary(space: Space, person: User) -> Booking:
    """Give `person` a booking that is over, one cancelled, and one to come: the answer."""
    book_morning(space, person, tomorrow() - timedelta(days=8))
    given_back = book_morning(space, person, tomorrow() + timedelta(days=1))
    cancel(booking=given_back, by=person, now=timezone.now())
    return book_morning(space, person, tomorrow())


def at_text(day: date, starts: str = "08:00", ends: str = "12:00") -> str:
    """Return these hours as an address asks for them."""
    return interval_text(interval(day, starts, ends), PARIS)


def local(instant: datetime) -> datetime:
    return instant.astimezone(PARIS)
