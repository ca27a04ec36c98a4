"""One person presses in eight places at once, on the engine that the tests were asked to use."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from billing.ledger.posting import lock
from bookings.actions import book
from bookings.wishes import Wish
from network.models import User
from sites.models import Space
from tests.billing.charging.turns import make_pass
from tests.billing.tariffs import make_grid
from tests.bookings.guard.throwaway import Template, run
from tests.factories import NOW, TUESDAY, interval, make_space, make_user

WORKER = "tests.bookings.charges.race_worker"
MORNING = interval(TUESDAY, "08:00", "13:00")


def raced(race: str, attempts: int, template: Template) -> dict[str, Any]:
    """Run a race on a database of its own and return what it left."""
    with template.copy() as url:
        answer = run("-m", WORKER, race, str(attempts), url=url)
    found: dict[str, Any] = json.loads(answer.splitlines()[-1])
    return found


def test_of_all_booked_at_once_the_last_half_day_covers_one_and_the_others_are_owed(
    template: Template,
) -> None:
    found = raced("last_half_day", 1, template)

    assert found["outcomes"] == {"done": 8}
    assert (found["covered"], found["left"]) == (1, [0])
    # Three days at 14 €, and the half-day beside the covered one at 8 €.
    assert found["lines"] == found["ledger"] == 5000
    assert found["faults"] == []


def test_without_a_pass_all_booked_at_once_costs_the_week(template: Template) -> None:
    found = raced("without_a_pass", 1, template)

    assert found["outcomes"] == {"done": 8}
    assert (found["covered"], found["left"]) == (0, [1])
    assert found["lines"] == found["ledger"] == 5000
    assert found["faults"] == []


def test_all_booked_at_once_on_account_costs_the_employer_the_week(template: Template) -> None:
    found = raced("on_account", 1, template)

    assert found["outcomes"] == {"done": 8}
    assert (found["covered"], found["of_people"], found["left"]) == (0, 0, [1])
    assert found["lines"] == found["ledger"] == 5000
    assert found["faults"] == []


def test_closed_days_that_all_workers_give_back_at_once_are_given_back_once(
    template: Template,
) -> None:
    found = raced("closed_days", 1, template)

    assert found["outcomes"] == {"done": 8}
    assert found["revisions"] == [1] * 8
    assert (found["lines"], found["ledger"], found["left"]) == (0, 0, [1])
    assert found["faults"] == []


def test_of_all_pages_that_told_of_the_last_half_day_one_spends_it_and_no_other_books(
    template: Template,
) -> None:
    found = raced("told_of_the_last_half_day", 1, template)

    assert found["outcomes"] == {"done": 1, "price_changed": 7}
    assert (found["covered"], found["left"], found["lines"]) == (1, [0], 0)
    assert found["faults"] == []


def test_booked_while_the_rest_is_written_off_a_pass_gives_no_more_than_it_holds(
    template: Template,
) -> None:
    found = raced("written_off_beside", 16, template)

    assert found["outcomes"] == {"done": 128}
    assert found["covered"] + found["written_off"] == 64
    assert found["left"] == [1, *[0] * 64]
    assert found["lines"] == found["ledger"]
    assert found["faults"] == []


def test_whatever_is_booked_and_cancelled_at_once_lines_are_what_the_ledger_moved(
    template: Template,
) -> None:
    found = raced("booked_and_cancelled", 6, template)

    assert found["outcomes"].keys() <= {"done", "overlapping_own_booking", "already_cancelled"}
    assert sum(found["outcomes"].values()) == 48
    assert found["lines"] == found["ledger"]
    assert found["left"] in ([0], [1])
    assert found["faults"] == []


def test_whatever_is_bought_booked_and_written_off_at_once_all_adds_up(template: Template) -> None:
    found = raced("histories", 10, template)

    refused = {"overlapping_own_booking", "already_cancelled", "pass_over"}
    assert found["outcomes"].keys() <= {"done", *refused}
    assert sum(found["outcomes"].values()) == 80
    assert min(found["left"]) >= 0
    assert found["lines"] == found["ledger"]
    assert found["faults"] == []


def booked_impatiently(person: User, space: Space) -> str:
    """Book a morning, or tell what was waited for too long."""
    wish = Wish(space_id=space.pk, intervals=(MORNING,))
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '50ms'")
            book(wish=wish, person=person, by=person, now=NOW)
    except OperationalError as error:
        return type(error.__cause__).__name__
    finally:
        connection.close()
    return "booked"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite waits for one writer at once")
@pytest.mark.django_db(transaction=True)
def test_a_booking_waits_for_whoever_takes_of_its_persons_passes() -> None:
    space, ada = make_space(), make_user()
    ten = make_pass(ada, make_grid(), 10, NOW + timedelta(days=90))

    with transaction.atomic(), ThreadPoolExecutor(1) as other:
        lock(ten.account)
        told = other.submit(booked_impatiently, ada, space).result()

    assert told == "LockNotAvailable"
