"""Pages of what waits for approval: an employer's, and what waits for oneself."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from network.models import Organisation, User
from subscriptions.models import Approval, Employee
from tests.billing.pages.reading import page, signed_in, words_of
from tests.factories import MONDAY, NOW, TUESDAY, make_user
from tests.subscriptions.approvals.asked import approver_of, employee_of, make_asked
from tests.subscriptions.employers import make_employee, make_employer, runs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def employer() -> Organisation:
    return make_employer(name="Adira")


@pytest.fixture
def paul(client: Client, employer: Organisation) -> User:
    """Make an approver, who is signed in."""
    person = approver_of(employer)
    signed_in(client, person)
    return person


@pytest.fixture
def asked(employer: Organisation, paul: User) -> Approval:
    return make_asked(employee_of(paul, employer))


def test_an_approver_who_runs_nothing_finds_what_waits_and_grants_it(
    client: Client, asked: Approval
) -> None:
    listed = page(client, "/approvals/")
    shown = page(client, f"/approvals/{asked.pk}/")

    assert "Claire Weber 24 November 2026 La Ruche €52.00" in listed
    assert "On the account of: Adira" in shown
    assert "Price: €52.00 VAT included" in shown
    answer = client.post(f"/approvals/{asked.pk}/", {"answer": "yes", "words": ""})
    assert answer.headers["Location"] == "/approvals/"
    asked.refresh_from_db()
    assert asked.is_granted is True
    listed = page(client, "/approvals/")
    assert "Nothing waits for an answer." in listed
    assert "Approved on 23 November 2026 Paul Muller" in listed


def test_refused_with_a_reason_it_stands_on_the_page(client: Client, asked: Approval) -> None:
    client.post(f"/approvals/{asked.pk}/", {"answer": "no", "words": "Come to the office."})

    told = page(client, f"/approvals/{asked.pk}/")
    assert "Paul Muller has refused already. Come to the office." in told
    assert "Refused on 23 November 2026" in page(client, "/approvals/")


def test_neither_hours_nor_the_desk_are_on_any_page(
    client: Client, asked: Approval, employer: Organisation, paul: User
) -> None:
    runs(paul, employer)

    for path in ("/approvals/", f"/approvals/{asked.pk}/", f"/employer/{employer.pk}/approvals/"):
        told = page(client, path)
        hours = set(re.findall(r"\b\d{1,2}:\d\d\b", told))
        # When the answer is due is no hour of presence.
        assert hours == {"12:30"}
        assert "AAAA" not in told


def test_many_days_are_told_by_the_first_and_how_many_more(
    client: Client, employer: Organisation, paul: User
) -> None:
    days = {MONDAY + timedelta(days=n) for n in range(4)}
    make_asked(employee_of(paul, employer), days=frozenset(days))
    make_asked(employee_of(paul, employer), days=frozenset({MONDAY, TUESDAY}), subject="BBBB-BBBB")

    told = page(client, "/approvals/")

    assert "23 November 2026 and 3 more days" in told
    assert "23 November 2026 and 24 November 2026" in told


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "An answer is missing here"),
        ({"answer": "perhaps"}, "is not in the list"),
        ({"answer": "no", "words": "x" * 201}, "200"),
    ],
)
def test_a_bad_answer_is_none(
    client: Client, asked: Approval, sent: dict[str, str], words: str
) -> None:
    answer = client.post(f"/approvals/{asked.pk}/", sent)

    assert answer.status_code == 409
    assert words in words_of(answer)
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_answered_meanwhile_the_page_says_by_whom(
    client: Client, asked: Approval, paul: User
) -> None:
    client.post(f"/approvals/{asked.pk}/", {"answer": "no"})

    answer = client.post(f"/approvals/{asked.pk}/", {"answer": "yes"})

    assert answer.status_code == 409
    assert "Paul Muller has refused already." in words_of(answer)


def test_what_is_over_cannot_be_answered_and_says_so(client: Client, asked: Approval) -> None:
    Approval.objects.update(expires_at=NOW)

    assert "It is too late" in page(client, f"/approvals/{asked.pk}/")
    assert "Not answered in time" in page(client, "/approvals/")
    client.post(f"/approvals/{asked.pk}/", {"answer": "yes"})
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_who_runs_the_employer_sees_all_but_answers_nothing_of_their_own(
    client: Client, employer: Organisation, paul: User
) -> None:
    runs(paul, employer)
    own = make_asked(Employee.objects.get(person=paul))
    other = make_asked(employee_of(None, employer), subject="BBBB-BBBB")

    told = page(client, f"/employer/{employer.pk}/approvals/")
    assert "Paul Muller" in told
    assert "Claire Weber" in told
    mine = page(client, "/approvals/")
    assert "Claire Weber" in mine
    assert "You asked for it" in page(client, f"/approvals/{own.pk}/")
    assert client.post(f"/approvals/{own.pk}/", {"answer": "yes"}).status_code == 403
    assert client.post(f"/approvals/{other.pk}/", {"answer": "yes"}).status_code == 302


@pytest.mark.parametrize("who", ["stranger", "who asks", "colleague", "runs another"])
def test_for_others_it_does_not_exist(client: Client, asked: Approval, who: str) -> None:
    person = make_user()
    if who == "who asks":
        assert asked.person
        person = asked.person
    elif who == "colleague":
        make_employee(asked.organisation, person)
    elif who == "runs another":
        runs(person, make_employer())
    signed_in(client, person)

    for path in (f"/approvals/{asked.pk}/", f"/employer/{asked.organisation_id}/approvals/"):
        assert client.get(path).status_code == 404
    assert client.post(f"/approvals/{asked.pk}/", {"answer": "yes"}).status_code == 404
    assert "La Ruche" not in page(client, "/approvals/")


def test_the_list_costs_as_many_queries_however_long_it_is(
    client: Client, employer: Organisation, paul: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        make_asked(employee_of(paul, employer), subject=f"AAAA-00{number:02}")
    Approval.objects.filter(pk__in=Approval.objects.values("pk")[:10]).update(
        answered_at=NOW, is_granted=True, answered_by=paul
    )

    with django_assert_max_num_queries(10):
        client.get("/approvals/")


def test_who_is_not_signed_in_signs_in_first(client: Client, asked: Approval) -> None:
    client.logout()

    answer = client.get(f"/approvals/{asked.pk}/")

    assert answer.headers["Location"].startswith("/account/login/")
