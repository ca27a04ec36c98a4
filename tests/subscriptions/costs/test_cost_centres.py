"""An employer's cost centres: many added at once, named, deleted while nothing stands there."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from network.models import Membership, Organisation, User
from subscriptions.costs.reading import Named
from subscriptions.costs.writing import add_cost_centres, delete_cost_centre, name_cost_centre
from subscriptions.errors import CostCentreRefused
from subscriptions.models import CostCentre, OnAccount
from tests.billing.pages.reading import page, signed_in, words_of
from tests.factories import NOW, make_user
from tests.subscriptions.employers import (
    make_cost_centre,
    make_employee,
    make_employer,
    make_invitation,
    runs,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def costs_of(employer: Organisation, path: str = "") -> str:
    """Return the address of a page of an employer's cost centres."""
    return f"/employer/{employer.pk}/cost-centres/{path}"


def test_many_are_added_at_once_and_listed(client: Client, employer: Organisation) -> None:
    text = "A-1; Ventes\r\n\r\nA-2\tAchats\n A_3 \nA-4;Ventes; Est\n"

    answer = client.post(costs_of(employer), {"text": text}, follow=True)

    assert "4 cost centres are added." in words_of(answer)
    assert list(CostCentre.objects.values_list("code", "name")) == [
        ("A-1", "Ventes"),
        ("A-2", "Achats"),
        ("A-4", "Ventes; Est"),
        ("A_3", ""),
    ]
    assert "A-1 Ventes 0" in page(client, costs_of(employer))


def test_what_is_wrong_is_told_by_line_and_nothing_is_added(
    client: Client, employer: Organisation
) -> None:
    make_cost_centre(employer, "OLD")
    text = f"A-1;Ventes\nÉté;Accent\nOLD\nA-1;Twice\n;Nameless\n{'x' * 21}\nA-2;{'n' * 101}"

    answer = client.post(costs_of(employer), {"text": text})

    told = words_of(answer)
    assert answer.status_code == 409
    for words in (
        "Line 2, Été: Write letters without accents",
        "Line 3, OLD: There is a cost centre of this code.",
        "Line 4, A-1: There is a cost centre of this code.",
        "Line 5, : Write letters",
        "A code has 20 signs at most.",
        "A name has 100 signs at most.",
    ):
        assert words in told
    assert "Line 1" not in told
    assert CostCentre.objects.count() == 1


def test_an_empty_text_and_one_too_long_are_refused(client: Client, employer: Organisation) -> None:
    lines = "\n".join(f"c{number}" for number in range(1001))

    for text, words in ((" \n ", "An answer is missing here"), (lines, "1,000 lines at most")):
        answer = client.post(costs_of(employer), {"text": text})
        assert words in words_of(answer)

    assert not CostCentre.objects.exists()


def test_a_code_added_meanwhile_is_refused_and_none_of_the_others_added(
    employer: Organisation, boss: User
) -> None:
    make_cost_centre(employer, "A-1")
    make_cost_centre(make_employer(), "A-2")

    some = [Named("A-1", ""), Named("A-2", "")]
    with pytest.raises(CostCentreRefused) as refused:
        add_cost_centres(employer=employer, some=some, by=boss)

    assert "A-1" in str(refused.value.message)
    assert CostCentre.objects.filter(organisation=employer).count() == 1


def test_a_name_is_changed_and_the_code_stays(client: Client, employer: Organisation) -> None:
    row = make_cost_centre(employer, "A-1", "Ventes")

    client.post(costs_of(employer, f"{row.pk}/"), {"name": "Ventes Est"})

    assert str(CostCentre.objects.get()) == "A-1 Ventes Est"


def test_one_that_is_unused_is_deleted(client: Client, employer: Organisation) -> None:
    row = make_cost_centre(employer, "A-1")

    client.post(costs_of(employer, f"{row.pk}/delete/"))

    assert not CostCentre.objects.exists()


def test_one_that_is_used_says_by_what_and_stays(client: Client, employer: Organisation) -> None:
    row = make_cost_centre(employer, "A-1")
    make_employee(employer, cost_centre=row)
    make_invitation(employer, cost_centre=row)
    for number in range(2):
        OnAccount.objects.create(
            subject=f"AAAA-000{number}", organisation=employer, cost_centre=row, made_at=NOW
        )

    asked = page(client, costs_of(employer, f"{row.pk}/delete/"))
    answer = client.post(costs_of(employer, f"{row.pk}/delete/"))

    for told in (asked, words_of(answer)):
        assert "1 person has it." in told
        assert "1 invitation has it." in told
        assert "2 bookings were made under it." in told
    assert answer.status_code == 409
    assert CostCentre.objects.exists()


@pytest.mark.parametrize("role", [None, Membership.Role.MEMBER])
def test_nobody_else_reads_or_writes_them(client: Client, role: Membership.Role | None) -> None:
    employer, person = make_employer(), make_user()
    row = make_cost_centre(employer)
    if role:
        runs(person, employer, role)
    signed_in(client, person)

    for path in ("", f"{row.pk}/", f"{row.pk}/delete/"):
        assert client.get(costs_of(employer, path)).status_code == 404
    with pytest.raises(PermissionDenied):
        add_cost_centres(employer=employer, some=[Named("A", "")], by=person)
    with pytest.raises(PermissionDenied):
        name_cost_centre(cost_centre=row, name="Mine", by=person)
    with pytest.raises(PermissionDenied):
        delete_cost_centre(cost_centre=row, by=person)


def test_those_of_another_employer_are_not_reached_by_ones_own(
    client: Client, employer: Organisation
) -> None:
    other = make_cost_centre(make_employer())

    assert client.get(costs_of(employer, f"{other.pk}/")).status_code == 404
    assert client.post(costs_of(employer, f"{other.pk}/delete/")).status_code == 404
