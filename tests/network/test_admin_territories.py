"""Territories in the administration: zones are written there, what is official is shown."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from network.models import Territory
from network.places.official import SHIPPED, write_official
from tests.factories import holder, make_commune

pytestmark = pytest.mark.django_db
ADD = "/admin/network/territory/add/"


def fields(**more: Any) -> dict[str, Any]:
    filled = {"kind": "zone", "code": "Z", "name": "Zone", "source": "", "valid_on": ""}
    return filled | more


def change(territory: Territory) -> str:
    return reverse("admin:network_territory_change", args=[territory.pk])


def codes(territory: Territory) -> list[str]:
    return sorted(territory.communes.values_list("insee_code", flat=True))


def test_a_zone_is_made_of_pasted_codes(team: Client) -> None:
    for code in ("67507", "67003", "67372", "2A004"):
        make_commune(code, code)

    team.post(ADD, fields(insee_codes="67507, 67003;\n67512\r\n 67372 2a004"))

    assert codes(Territory.objects.get(code="Z")) == ["2A004", "67003", "67372", "67507"]


def test_unknown_codes_are_named_and_nothing_is_made(team: Client) -> None:
    make_commune("Villé", "67507")

    page = team.post(ADD, fields(insee_codes="67507 99999 Barr"))

    words = page.context["adminform"].form.errors["insee_codes"]
    assert words == ["Aucune commune n’a le code\xa0: 99999, BARR."]
    assert not Territory.objects.exists()


@pytest.mark.parametrize("code", ["../x", "=cmd()", "é", "a b", "Z" * 21])
def test_a_code_that_lists_refuse_is_refused_here_too(team: Client, code: str) -> None:
    make_commune("Villé", "67507")

    page = team.post(ADD, fields(code=code, insee_codes="67507"))

    assert list(page.context["adminform"].form.errors) == ["code"]
    assert not Territory.objects.exists()


@pytest.mark.parametrize("day", ["1999-12-31", "2200-01-01"])
def test_a_territory_stands_on_a_day_of_the_networks_years(team: Client, day: str) -> None:
    make_commune("Villé", "67507")

    page = team.post(ADD, fields(valid_on=day, insee_codes="67507"))

    assert list(page.context["adminform"].form.errors) == ["valid_on"]


def test_a_zone_shows_its_codes_and_gets_others(team: Client) -> None:
    zone = Territory.objects.create(kind="zone", code="Z", name="Zone")
    zone.communes.add(make_commune("Villé", "67507"))
    make_commune("Albé", "67003")

    form = team.get(change(zone)).context["adminform"].form
    team.post(change(zone), fields(name="New name", insee_codes="67003"))

    assert form.fields["insee_codes"].initial == "67507"
    zone.refresh_from_db()
    assert (zone.name, codes(zone)) == ("New name", ["67003"])


def test_kind_and_code_of_a_zone_stay(team: Client) -> None:
    zone = Territory.objects.create(kind="zone", code="Z", name="Zone")
    make_commune("Villé", "67507")

    team.post(change(zone), fields(kind="pays", code="Y", insee_codes="67507"))

    zone.refresh_from_db()
    assert (zone.kind, zone.code) == ("zone", "Z")


@pytest.mark.parametrize("kind", ["region", "departement", "epci"])
def test_what_is_official_is_neither_made_nor_changed_nor_deleted(team: Client, kind: str) -> None:
    make_commune("Villé", "67507")
    write_official(SHIPPED)
    official = Territory.objects.get(kind=kind)

    team.post(ADD, fields(kind=kind, insee_codes="67507"))
    refused = team.post(change(official), fields(kind=kind, insee_codes="67507"))

    assert refused.status_code == 403
    assert team.get(change(official)).status_code == 200
    gone = team.post(reverse("admin:network_territory_delete", args=[official.pk]), {"post": "yes"})
    assert gone.status_code == 403
    assert not Territory.objects.filter(code="Z").exists()


def test_who_may_only_look_sees_the_codes(client: Client) -> None:
    zone = Territory.objects.create(kind="zone", code="Z", name="Zone")
    zone.communes.add(make_commune("Villé", "67507"))
    client.force_login(holder("view_territory", is_staff=True))

    assert "67507" in client.get(change(zone)).content.decode()
    assert client.get(ADD).status_code == 403


def test_lists_tell_days_and_populations_as_pages_do(team: Client) -> None:
    commune = make_commune("Strasbourg", population=290_576)
    zone = Territory.objects.create(
        kind="zone", code="Z", name="Zone", valid_on=datetime.date(2026, 1, 1)
    )
    zone.communes.add(commune)

    territories = team.get(reverse("admin:network_territory_changelist")).content.decode()
    communes = team.get(reverse("admin:network_commune_changelist")).content.decode()

    assert "1ᵉʳ janvier 2026" in territories
    assert re.search(r"290\s576", territories)
    assert re.search(r"290\s576", communes)
