"""Writes the whole demo network, all or nothing."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction

from demo.calendar import days
from demo.content import demo_content
from demo.diary import Diary, Draft
from demo.history import History
from demo.network import BuiltNetwork, build_network, communes_needed
from demo.people import build_personas, build_regulars, hashed_password
from demo.tariffs import Tariffs
from network.models import Commune, User
from sites.management.commands.load_territories import load_territories
from sites.openings import Openings, load_openings
from sites.rules import half_days, local_day

SEED = 2011
ZONE = ZoneInfo("Europe/Paris")
PAST, AHEAD = timedelta(days=183), timedelta(days=21)
#: The demo's teleworker leaves a week free, for whoever tries to book.
LEFT_FREE = timedelta(days=8)
VILLE = "la-fabrique-de-ville"
TUESDAY, THURSDAY = 1, 3


@dataclass(frozen=True)
class Loaded:
    """How much was written."""

    sites: int
    units: int
    people: int
    bookings: int


@transaction.atomic
def load_demo(today: date, past: timedelta = PAST) -> Loaded:
    """Write sites, people and bookings as of the start of `today`; needs an empty network."""
    known = set(Commune.objects.values_list("insee_code", flat=True))
    content = demo_content()
    if not communes_needed(content) <= known:
        load_territories()
    random = Random(SEED)
    first_day = today - past
    now = local_day(today, ZONE).starts_at
    network = build_network(content, first_day, today)
    joined_at = now - past - timedelta(days=100)
    password = hashed_password()
    personas = build_personas(network, joined_at, password)
    regulars = build_regulars(network, random, joined_at, password)
    Tariffs(content.tariffs, network, personas["team"], now).write(first_day)
    openings = load_openings(
        [built.site for built in network.sites], first_day, today + AHEAD + timedelta(days=7)
    )
    diary = Diary(random)
    write_teleworker(
        diary, network, openings, personas["teleworker"], teleworker_days(first_day, today)
    )
    history = History(network, openings, diary, random, today)
    history.fill(regulars, list(days(first_day, today + AHEAD)))
    return Loaded(
        sites=len(network.sites),
        units=sum(len(room.units) for built in network.sites for room in built.spaces),
        people=User.objects.count(),
        bookings=diary.write(now),
    )


def write_teleworker(
    diary: Diary, network: BuiltNetwork, openings: Openings, person: User, on: list[date]
) -> None:
    """Give the demo's teleworker Tuesdays and some Thursdays in Villé, and two days to come."""
    built = network.site(VILLE)
    room = built.spaces[0]
    employer = network.organisations["assur"]
    for day in on:
        opening = openings.open_intervals(built.site, day, room.space.pk)
        if not opening:
            continue
        _, afternoon = half_days(opening, day, built.site.zone)
        times = opening if day.weekday() == TUESDAY else afternoon
        diary.add(Draft(room.space, room.units[0], person, employer, times, 1, False))


def teleworker_days(first_day: date, today: date) -> list[date]:
    """Return the Tuesdays and every third Thursday before `today`, and the next ones but a week."""
    past = [
        day
        for day in days(first_day, today - timedelta(days=1))
        if day.weekday() == TUESDAY or (day.weekday() == THURSDAY and day.toordinal() // 7 % 3 == 0)
    ]
    coming = [
        day
        for day in days(today + LEFT_FREE, today + LEFT_FREE + timedelta(days=6))
        if day.weekday() in (TUESDAY, THURSDAY)
    ]
    return past + coming
