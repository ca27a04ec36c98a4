"""Of an aided price, statements say whose share each line is: to people, funders and operators."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from billing.statements.parties import Party, of_operator, of_payer, of_person
from network.models import Membership, User
from tests.billing.bought import bought, selling_site
from tests.billing.passes.test_pass_pages import page
from tests.billing.statements.aided import REFERENCE, Aided
from tests.billing.statements.told import lines_of
from tests.factories import TUESDAY, at, make_manager, make_user, reads_english
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
USE = "Desk, 24 November 2026, 8:00 – 13:00"
OF_USER, OF_FUNDER = f"{USE} – user’s share", f"{USE} – share paid by CC de Villé"


@pytest.fixture
def aided() -> Aided:
    return Aided()


def funding(aided: Aided) -> User:
    """Return who manages the funder, and reads English."""
    person = reads_english(make_user())
    Membership.objects.create(
        person=person, organisation=aided.funder, role=Membership.Role.MANAGER
    )
    return person


def shares(party: Party) -> list[tuple[str, str]]:
    """Return what for and the amount of each line."""
    return [(row[0], row[-1]) for row in lines_of(party)]


def test_each_reads_whose_share_a_line_is(aided: Aided) -> None:
    assert shares(of_person(aided.person)) == [(OF_USER, "€4.00")]
    assert shares(of_payer(aided.funder)) == [(OF_FUNDER, "€4.00")]
    assert shares(of_operator(aided.site.operator)) == [(OF_USER, "€4.00"), (OF_FUNDER, "€4.00")]


def test_of_what_is_given_back_too(aided: Aided) -> None:
    aided.customer.cancel(REFERENCE, at(TUESDAY, "07:00"))

    assert [what for what, _amount in shares(of_payer(aided.funder))[:2]] == [
        OF_FUNDER,
        f"Given back: {OF_FUNDER}",
    ]


def test_the_page_and_the_table_say_it(client: Client, aided: Aided) -> None:
    client.force_login(funding(aided))
    here = f"/manage/statements/{aided.funder.pk}/owed/2026-11/"

    _heads, row = csv.reader(
        StringIO(client.get(f"{here}statement.csv").content.decode("utf-8-sig")), delimiter=";"
    )

    assert OF_FUNDER in page(client, here)
    assert plain(row[1]) == OF_FUNDER


def test_reading_whose_shares_are_is_three_queries(
    aided: Aided, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        shares(of_operator(aided.site.operator))


def links_to(there: str, client: Client, reader: User, address: str) -> int:
    """Return how many links to an address a page shows its reader."""
    client.force_login(reader)
    return client.get(address).content.decode().count(f'href="{there}"')


def test_a_line_leads_to_its_booking_only_for_who_may_look_at_it(
    client: Client, aided: Aided
) -> None:
    booking = reverse("booking", args=[REFERENCE])
    earned = f"/manage/statements/{aided.site.operator_id}/earned/2026-11/"
    owed = f"/manage/statements/{aided.funder.pk}/owed/2026-11/"
    manager = make_manager(aided.site)

    assert links_to(booking, client, aided.person, "/account/statements/2026-11/") == 1
    assert links_to(booking, client, aided.person, "/account/credits/") == 1
    assert links_to(booking, client, manager, earned) == 2
    assert links_to(booking, client, funding(aided), owed) == 0

    aided.site.operator = selling_site().operator
    aided.site.save()
    assert links_to(booking, client, manager, earned) == 0


def test_a_line_leads_to_a_pass_only_for_who_holds_it(client: Client) -> None:
    site, holder = selling_site(), make_user()
    held = reverse("pass", args=[bought(holder, site=site).pk])
    earned = f"/manage/statements/{site.operator_id}/earned/2026-11/"

    assert links_to(held, client, holder, "/account/statements/2026-11/") == 1
    assert links_to(held, client, make_manager(site), earned) == 0
