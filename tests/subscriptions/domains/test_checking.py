"""Found, a domain is proved; not found in two look-ups a day apart, it is lost, and told."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from network.models import Organisation, User
from subscriptions.domains import checking
from subscriptions.domains.checking import due, look_up, look_up_again
from subscriptions.domains.lookup import texts_of
from subscriptions.errors import DomainRefused, LookUpFailed
from subscriptions.models import Domain, Employee
from tests.factories import NOW, make_user, reads_english
from tests.mails import mailbox, part, words
from tests.subscriptions.domains.dns_server import FAILS, Zone
from tests.subscriptions.domains.owned import make_domain, make_proved
from tests.subscriptions.employers import make_employee, make_employer, runs
from tests.tasks import RunTasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
DAY = timedelta(days=1)


@pytest.fixture
def boss() -> User:
    return reads_english(make_user())


@pytest.fixture
def employer(boss: User) -> Organisation:
    return make_employer(boss, "Adira")


def published(zone: Zone, *rows: Domain) -> None:
    for row in rows:
        zone.texts[row.name] = ["v=spf1 -all", row.proof]


def again(row: Domain, days: float) -> Domain:
    """Look up what is due, so many days from now."""
    look_up_again(NOW + days * DAY)
    row.refresh_from_db()
    return row


def test_found_it_is_proved(zone: Zone, employer: Organisation, boss: User) -> None:
    row = make_domain(employer)
    published(zone, row)

    found = look_up(domain=row, by=boss, now=NOW)

    assert (found.verified_at, found.checked_at, found.lost_at) == (NOW, NOW, None)
    assert list(Domain.objects.proved()) == [row]


def test_not_found_it_goes_on_waiting(zone: Zone, employer: Organisation, boss: User) -> None:
    row = make_domain(employer)
    zone.texts[row.name] = ["maillage-verification=of-somebody-else"]

    found = look_up(domain=row, by=boss, now=NOW)

    assert (found.verified_at, found.checked_at) == (None, NOW)


def test_a_proof_that_was_found_once_stays_of_the_day_it_was(
    zone: Zone, employer: Organisation, boss: User
) -> None:
    row = make_proved(employer, at=NOW - 9 * DAY)
    published(zone, row)

    assert look_up(domain=row, by=boss, now=NOW).verified_at == NOW - 9 * DAY


def test_missing_once_and_back_it_was_never_lost(zone: Zone, employer: Organisation) -> None:
    row = make_proved(employer)

    again(row, 1)
    assert (row.missing_since, row.lost_at) == (NOW + DAY, None)
    published(zone, row)
    again(row, 2)

    assert (row.missing_since, row.lost_at) == (None, None)


def test_missing_twice_a_day_apart_it_is_lost_and_who_runs_the_employer_is_told(
    zone: Zone, employer: Organisation, boss: User, run_tasks: RunTasks
) -> None:
    runs(make_user(is_active=False), employer)
    row = make_proved(employer)

    again(row, 1)
    again(row, 2)
    again(row, 3)
    run_tasks()

    assert row.lost_at == NOW + 2 * DAY
    (sent,) = mailbox()
    assert sent["To"] == boss.email
    told = words(sent)
    assert told.startswith("The proof of adira.example is gone")
    assert row.proof in told
    assert f"http://localhost:8000/employer/{employer.pk}/domains/" in told
    assert row.proof in part(sent, "text/html")


def test_two_look_ups_within_a_day_lose_nothing(
    zone: Zone, employer: Organisation, boss: User
) -> None:
    row = make_proved(employer)

    again(row, 1)
    found = look_up(domain=row, by=boss, now=NOW + 1.9 * DAY)

    assert found.lost_at is None


def test_a_dns_without_an_answer_loses_nothing(zone: Zone, employer: Organisation) -> None:
    row = make_proved(employer)
    zone.texts[row.name] = FAILS

    for days in range(1, 5):
        again(row, days)

    assert (row.missing_since, row.lost_at) == (None, None)


def test_one_without_an_answer_does_not_keep_the_others_waiting(
    zone: Zone, employer: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST_LOOKED_UP", 1)
    first = make_proved(employer, "a.example", at=NOW - DAY)
    second = make_proved(employer, "b.example", at=NOW)
    zone.texts["a.example"] = FAILS

    again(first, 1)
    again(second, 1)

    assert second.missing_since == NOW + DAY


def test_who_joined_stays_when_a_domain_is_lost(zone: Zone, employer: Organisation) -> None:
    claire = make_employee(employer)
    row = make_proved(employer)

    again(row, 1)
    again(row, 2)

    assert row.lost_at
    assert Employee.objects.staying().get() == claire


def test_a_lost_domain_is_proved_anew(zone: Zone, employer: Organisation, boss: User) -> None:
    row = make_proved(employer, lost_at=NOW - DAY, missing_since=NOW - 2 * DAY)
    published(zone, row)

    found = look_up(domain=row, by=boss, now=NOW)

    assert (found.verified_at, found.lost_at, found.missing_since) == (NOW, None, None)


def test_only_proved_domains_of_a_day_ago_are_looked_up_again(
    zone: Zone, employer: Organisation
) -> None:
    make_domain(employer, "waiting.example", checked_at=NOW - 9 * DAY)
    make_proved(employer, "fresh.example", at=NOW - 0.9 * DAY)
    make_proved(employer, "lost.example", at=NOW - 9 * DAY, lost_at=NOW - 2 * DAY)
    old = make_proved(employer, "old.example", at=NOW - DAY)

    assert list(due(NOW)) == [old]


def test_what_another_employer_has_proved_meanwhile_is_refused(
    zone: Zone, employer: Organisation, boss: User
) -> None:
    row = make_domain(employer)
    make_proved(make_employer())
    published(zone, row)

    with pytest.raises(DomainRefused):
        look_up(domain=row, by=boss, now=NOW)

    row.refresh_from_db()
    assert row.verified_at is None


def test_of_two_employers_that_prove_it_at_once_the_database_lets_one(
    zone: Zone, employer: Organisation, boss: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = make_domain(employer)
    published(zone, row)
    # As if the other one were written only after it was looked for.
    make_proved(make_employer())
    monkeypatch.setattr(checking, "refuse_proved", lambda name, employer: None)

    with pytest.raises(DomainRefused):
        look_up(domain=row, by=boss, now=NOW)

    assert Domain.objects.proved().count() == 1


def test_without_an_answer_nothing_is_written(
    zone: Zone, employer: Organisation, boss: User
) -> None:
    row = make_domain(employer)
    zone.texts[row.name] = FAILS

    with pytest.raises(LookUpFailed):
        look_up(domain=row, by=boss, now=NOW)

    row.refresh_from_db()
    assert row.checked_at is None


def test_who_does_not_run_the_employer_asks_nobody(zone: Zone, employer: Organisation) -> None:
    row = make_domain(employer)

    with pytest.raises(PermissionDenied):
        look_up(domain=row, by=make_user(), now=NOW)

    assert zone.asked == []


@pytest.mark.django_db(transaction=True)
def test_the_dns_is_asked_outside_of_any_transaction(
    zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss = make_user()
    row = make_proved(make_employer(boss))
    published(zone, row)
    held: list[bool] = []

    def watched(name: str) -> Any:
        held.append(connection.in_atomic_block)
        return texts_of(name)

    monkeypatch.setattr(checking, "texts_of", watched)

    look_up(domain=row, by=boss, now=NOW)
    look_up_again(NOW + DAY)

    assert held == [False, False]


def test_a_domain_deleted_while_it_was_looked_up_is_left(
    zone: Zone, employer: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = make_proved(employer)

    def deleting(name: str) -> list[str]:
        Domain.objects.all().delete()
        return []

    monkeypatch.setattr(checking, "texts_of", deleting)

    look_up_again(NOW + DAY)

    assert not Domain.objects.filter(pk=row.pk).exists()
