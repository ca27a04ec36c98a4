"""Writes the whole demo network, all or nothing."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction

from demo.calendar import ONE_DAY, days
from demo.content import demo_content
from demo.diary import LONGEST_NOTICE, Diary
from demo.employing import Employing, keep_accounts
from demo.history import History
from demo.mailed import write_what_was_mailed
from demo.network import build_network, communes_needed
from demo.paying import Paying
from demo.people import build_personas, build_regulars, hashed_password
from demo.stories import write_job_seeker, write_teleworker
from demo.subscribing import offer_plans
from demo.tariffs import Tariffs
from network.models import Commune, User
from sites.management.commands.load_territories import load_territories
from sites.openings import load_openings
from sites.rules import local_day

SEED = 2011
ZONE = ZoneInfo("Europe/Paris")
PAST, AHEAD = timedelta(days=183), timedelta(days=21)


@dataclass(frozen=True)
class Loaded:
    """How much was written."""

    sites: int
    units: int
    people: int
    bookings: int


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector away: the rows of the demo stay, and it looks through them all."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@uncollected()
@transaction.atomic
def load_demo(today: date, past: timedelta = PAST, ahead: timedelta = AHEAD) -> Loaded:
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
    # What is booked long before the first day has its price too.
    priced_from = first_day - LONGEST_NOTICE - ONE_DAY
    Tariffs(content.tariffs, network, personas, now).write(priced_from)
    offer_plans(content.plans, network, personas["team"], priced_from, now)
    paying = Paying(network, personas, joined_at, now)
    paying.grant_groups(regulars)
    openings = load_openings(
        [built.site for built in network.sites], first_day, today + AHEAD + timedelta(days=7)
    )
    diary = Diary(random)
    span = (first_day, today)
    write_teleworker(diary, network, openings, personas["teleworker"], span)
    write_job_seeker(diary, network, openings, personas["jobseeker"], span)
    history = History(network, openings, diary, random, today)
    history.fill(regulars, list(days(first_day, today + ahead)))
    employing = Employing(network, personas, first_day, now)
    seated = employing.begin(regulars)
    written = diary.write(now)
    write_what_was_mailed(now)
    keep_accounts(written)
    paying.charge(written, priced_from, seated)
    employing.close_months()
    paying.grant_at_counter()
    return Loaded(
        sites=len(network.sites),
        units=sum(len(room.units) for built in network.sites for room in built.spaces),
        people=User.objects.count(),
        bookings=len(written),
    )
