"""An employer tells how many people it has, day by day; the last one counts."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from network.models import Membership, Organisation, User
from subscriptions.employers.headcounts import headcount_on, tell_headcount
from subscriptions.errors import HeadcountRefused
from subscriptions.models import Headcount
from tests.billing.pages.reading import page, signed_in, words_of
from tests.factories import MONDAY, NOW, make_user
from tests.subscriptions.employers import make_employer, runs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)


def told(employer: Organisation, day: date, people: int, by: User) -> Headcount:
    return tell_headcount(employer=employer, day=day, people=people, by=by, now=NOW)


def test_the_last_one_on_a_day_or_before_counts(employer: Organisation, boss: User) -> None:
    told(employer, MARCH, 100, boss)
    told(employer, JUNE, 120, boss)
    told(make_employer(boss), JUNE - timedelta(days=1), 7, boss)

    def on(day: date) -> int | None:
        found = headcount_on(employer, day)
        return found.people if found else None

    assert on(MARCH - timedelta(days=1)) is None
    assert on(MARCH) == 100
    assert on(JUNE - timedelta(days=1)) == 100
    assert on(JUNE) == on(MONDAY) == 120


def test_the_page_says_how_old_the_last_one_is(
    client: Client, employer: Organisation, boss: User
) -> None:
    told(employer, JUNE, 120, boss)

    shown = page(client, f"/employer/{employer.pk}/headcount/")

    assert "120 people on 1 June 2026: 175 days old." in shown
    assert "1 June 2026 120 23 November 2026 Jeanne Boss" in shown


def test_after_a_year_it_is_to_be_told_anew(
    client: Client, employer: Organisation, boss: User
) -> None:
    assert "No headcount is told yet" in page(client, f"/employer/{employer.pk}/headcount/")
    told(employer, date(2025, 11, 22), 1, boss)

    shown = page(client, f"/employer/{employer.pk}/headcount/")

    assert "1 person on 22 November 2025: 366 days old. Tell it anew" in shown


def test_a_day_told_twice_is_corrected_and_says_by_whom_and_when(
    client: Client, employer: Organisation
) -> None:
    other = make_user()
    runs(other, employer)
    tell_headcount(employer=employer, day=JUNE, people=100, by=other, now=NOW - timedelta(days=30))

    client.post(f"/employer/{employer.pk}/headcount/", {"day": "2026-06-01", "people": "99"})

    row = Headcount.objects.get()
    assert (row.people, row.made_at, str(row.made_by)) == (99, NOW, "Jeanne Boss")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"day": "2026-11-24", "people": "5"}, "Nobody knows yet"),
        ({"day": "2026-11-23", "people": "0"}, "from 1 to 1000000"),
        ({"day": "2026-11-23", "people": "many"}, "from 1 to 1000000"),
        ({"day": "", "people": "5"}, "An answer is missing here"),
        ({"day": "0001-01-01", "people": "5"}, "year"),
    ],
)
def test_what_cannot_be_is_refused(
    client: Client, employer: Organisation, sent: dict[str, str], words: str
) -> None:
    answer = client.post(f"/employer/{employer.pk}/headcount/", sent)

    assert answer.status_code == 409
    assert words in words_of(answer)
    assert not Headcount.objects.exists()


def test_tomorrow_is_refused_to_programs_too(employer: Organisation, boss: User) -> None:
    with pytest.raises(HeadcountRefused):
        told(employer, MONDAY + timedelta(days=1), 5, boss)


def test_nobody_else_reads_or_tells_it(client: Client) -> None:
    employer, member = make_employer(), make_user()
    runs(member, employer, Membership.Role.MEMBER)
    signed_in(client, member)

    assert client.get(f"/employer/{employer.pk}/headcount/").status_code == 404
    with pytest.raises(PermissionDenied):
        told(employer, JUNE, 5, member)
