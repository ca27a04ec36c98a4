"""Who runs an employer makes teams, gives them rules and reads these in plain words."""

from typing import Any

import pytest
from django.test import Client

from network.models import Membership, Organisation, Territory
from sites.models import Site
from subscriptions.models import OnAccount, Team
from tests.billing.pages.reading import page, signed_in, words_of
from tests.factories import NOW, make_commune, make_organisation, make_site, make_user
from tests.subscriptions.employers import make_employee, make_employer, make_team, runs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def employer(client: Client) -> Organisation:
    """Make an employer that the client's person runs."""
    boss = make_user()
    signed_in(client, boss)
    return make_employer(boss, "Adira")


def teams_of(employer: Organisation, path: str = "") -> str:
    """Return the address of a page of an employer's teams."""
    return f"/employer/{employer.pk}/teams/{path}"


def typed(**fields: Any) -> dict[str, Any]:
    """Return what is sent of a team without rules."""
    return {"name": "Ventes", "may_choose_account": "on"} | fields


def test_a_team_is_made_with_its_rules_and_tells_them_in_plain_words(
    client: Client, employer: Organisation
) -> None:
    site = make_site("La Ruche")
    valley = Territory.objects.create(kind="epci", code="1", name="Vallée de Villé")
    valley.communes.add(site.commune)
    claire = make_employee(employer, make_user(name="Claire Weber")).person
    assert claire

    answer = client.post(
        teams_of(employer, "new/"),
        typed(
            days_a_week="2",
            monthly_budget_cents="120",
            kinds=["desk", "office"],
            site0="la ruche",
            territory0="vallee de ville",
            approval_above_cents="40,00",
            approver=claire.pk,
        ),
    )

    team = Team.objects.get()
    assert answer.headers["Location"] == teams_of(employer, f"{team.pk}/")
    told = page(client, teams_of(employer, f"{team.pk}/"))
    for words in (
        "At most 2 days a week.",
        "At most €120.00 a month and person.",
        "Only these kinds of space: Desk and Office.",
        "Only here: La Ruche and Vallée de Villé.",
        "Above €40.00, Claire Weber approves.",
        "Its people may choose to pay for themselves.",
    ):
        assert words in told


def test_a_team_without_rules_says_that_it_bounds_nothing(
    client: Client, employer: Organisation
) -> None:
    client.post(teams_of(employer, "new/"), {"name": "Ventes"})

    told = page(client, teams_of(employer))

    assert "Everything can be booked, everywhere." in told
    assert "Its people book on the employer's account alone." in told


def test_changed_rules_begin_with_those_that_there_are(
    client: Client, employer: Organisation
) -> None:
    site = make_site("La Ruche")
    team = make_team(employer, "Ventes", monthly_budget_cents=12_050, kinds=["desk"])
    team.sites.add(site)

    form = client.get(teams_of(employer, f"{team.pk}/change/")).content.decode()

    assert 'value="120.50"' in form
    assert 'value="La Ruche (Villé)"' in form
    sent = typed(site0="La Ruche (Villé)", site1="", kinds=[], days_a_week="3")
    client.post(teams_of(employer, f"{team.pk}/change/"), sent)
    team.refresh_from_db()
    assert (team.monthly_budget_cents, team.kinds, team.days_a_week) == (None, [], 3)
    assert list(team.sites.all()) == [site]


@pytest.mark.parametrize(
    ("field", "sent", "words"),
    [
        ("name", "", "An answer is missing here"),
        ("name", "Achats", "There is a team of this name."),
        ("days_a_week", "8", "from 1 to 7"),
        ("days_a_week", "0", "from 1 to 7"),
        ("monthly_budget_cents", "-3", "An amount is not below zero."),
        ("kinds", ["castle"], "is not in the list"),
        ("approver", "0", "not in the list"),
        ("site0", "Nulle-Part-sur-Ill", "No site is called so."),
        ("site0", "La Ruche", "Several sites may be meant: La Ruche (Barr), La Ruche (Villé)."),
        ("territory0", "Atlantide", "No territory is called so."),
        ("territory0", "Barr", "Several territories are called so."),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    client: Client, employer: Organisation, field: str, sent: object, words: str
) -> None:
    make_team(employer, "Achats")
    for name in ("Barr", "Villé"):
        make_site("La Ruche", commune=make_commune(name))
    for kind in ("epci", "pays"):
        Territory.objects.create(kind=kind, code="1", name="Barr")

    answer = client.post(teams_of(employer, "new/"), typed(**{field: sent}))

    assert answer.status_code == 409
    assert words in words_of(answer)
    assert Team.objects.count() == 1


def test_one_of_several_territories_of_a_name_is_told_by_its_kind(
    client: Client, employer: Organisation
) -> None:
    for kind in ("epci", "pays"):
        Territory.objects.create(kind=kind, code="1", name="Barr")

    client.post(teams_of(employer, "new/"), typed(territory0="Barr (Pays)"))

    assert Team.objects.get().territories.get().kind == "pays"


def test_an_approver_approves_above_a_price_that_is_told(
    client: Client, employer: Organisation
) -> None:
    claire = make_employee(employer).person
    assert claire

    answer = client.post(teams_of(employer, "new/"), typed(approver=claire.pk))

    assert "Say above which price" in words_of(answer)


def test_nobody_from_elsewhere_can_be_named_as_an_approver(
    client: Client, employer: Organisation
) -> None:
    stranger = make_employee().person
    assert stranger

    answer = client.post(
        teams_of(employer, "new/"), typed(approver=stranger.pk, approval_above_cents="1")
    )

    assert answer.status_code == 409
    assert not Team.objects.exists()


def test_a_deleted_team_leaves_its_people_and_what_they_booked(
    client: Client, employer: Organisation
) -> None:
    team = make_team(employer)
    claire = make_employee(employer, team=team)
    row = OnAccount.objects.create(
        subject="AAAA-AAAA", organisation=employer, person=claire.person, team=team, made_at=NOW
    )

    client.post(teams_of(employer, f"{team.pk}/delete/"))

    claire.refresh_from_db()
    row.refresh_from_db()
    assert (claire.team, claire.until, row.team) == (None, None, None)
    assert not Team.objects.exists()


def test_a_team_deleted_meanwhile_is_nothing_any_more(
    client: Client, employer: Organisation
) -> None:
    team = make_team(employer)
    Team.objects.all().delete()

    for path in ("", "change/", "delete/"):
        assert client.get(teams_of(employer, f"{team.pk}/{path}")).status_code == 404


def test_the_page_of_a_team_lists_who_is_there_today(
    client: Client, employer: Organisation
) -> None:
    team = make_team(employer)
    make_employee(employer, make_user(name="Claire Weber"), team=team)
    gone = make_user(name="Paul Muller")
    make_employee(employer, gone, team=team, since="2026-01-01", until="2026-11-22")

    told = page(client, teams_of(employer, f"{team.pk}/"))

    assert "Claire Weber" in told
    assert "Paul Muller" not in told
    assert "1 person" in page(client, teams_of(employer))


def test_teams_are_listed_in_as_many_queries_however_many_they_are(
    client: Client, employer: Organisation, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        team = make_team(employer, f"Team {number}", approval_above_cents=1)
        team.sites.add(make_site())

    with django_assert_max_num_queries(10):
        client.get(teams_of(employer))


@pytest.mark.parametrize("who", ["member", "runs another", "employee", "network team"])
def test_nobody_else_learns_whether_a_team_exists(client: Client, who: str) -> None:
    employer, person = make_employer(), make_user()
    team = make_team(employer)
    if who == "member":
        runs(person, employer, Membership.Role.MEMBER)
    elif who == "employee":
        make_employee(employer, person)
    else:
        runs(person, make_organisation("", "network_team" if who[0] == "n" else "employer"))
    signed_in(client, person)

    for path in ("", "new/", f"{team.pk}/", f"{team.pk}/change/", f"{team.pk}/delete/"):
        assert client.get(teams_of(employer, path)).status_code == 404
        assert client.post(teams_of(employer, path), typed()).status_code in (404, 405)
    assert Team.objects.count() == 1


def test_a_team_of_another_employer_is_not_reached_by_ones_own(
    client: Client, employer: Organisation
) -> None:
    other = make_team(make_employer())

    for path in ("", "change/", "delete/"):
        assert client.post(teams_of(employer, f"{other.pk}/{path}")).status_code in (404, 405)
    assert client.get(teams_of(employer, f"{other.pk}/")).status_code == 404


def test_who_is_not_signed_in_signs_in_first(client: Client) -> None:
    answer = client.get(teams_of(make_employer()))

    assert answer.headers["Location"].startswith("/account/login/")


def test_sites_that_take_bookings_are_offered_by_name(
    client: Client, employer: Organisation
) -> None:
    make_site("La Ruche")
    Site.objects.filter(pk=make_site("Fermé").pk).update(is_active=False)

    form = client.get(teams_of(employer, "new/")).content.decode()

    assert '<option value="La Ruche (Villé)">' in form
    assert "Fermé (Villé)" not in form
