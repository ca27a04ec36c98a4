"""What the network team writes of a site beside its spaces."""

import re
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from bookings.admin.team import network_team
from sites.models import (
    Funding,
    LabelVersion,
    Partner,
    Service,
    Site,
    SiteLabel,
    Space,
    SpeedMeasurement,
    TransitStop,
    VideoEndpoint,
)
from tests.factories import holder, make_label, make_operator, make_site, make_space, make_user
from tests.sites.forms import site_fields

pytestmark = pytest.mark.django_db


def save(team: Client, site: Site, **fields: object) -> list[str]:
    """Save a site's page; return what was pointed out, but that it is saved."""
    page = reverse("admin:sites_site_change", args=[site.pk])
    answer = team.post(page, site_fields(site, **fields))
    assert answer.status_code == 302, answer.context["errors"]
    site.refresh_from_db()
    told = list(get_messages(answer.wsgi_request))
    return [str(one) for one in told if one.level_tag == "warning"]


def test_texts_are_written_in_each_language_and_emptied_again(team: Client) -> None:
    site = make_site(description="Dans le moulin")

    save(team, site, description_en="In the mill", directions_en="Bus 210")
    written = site.other_words
    page = team.get(reverse("admin:sites_site_change", args=[site.pk])).content.decode()
    save(team, site, description_en="In the mill", directions_en="")

    assert written == {"en": {"description": "In the mill", "directions": "Bus 210"}}
    assert "In the mill" in page
    assert site.other_words == {"en": {"description": "In the mill"}}


def test_a_word_of_the_vocabulary_has_a_name_in_each_language(team: Client) -> None:
    fields = {"code": "crafts", "name": "Métiers d’art", "name_en": "Crafts"}

    team.post(reverse("admin:sites_service_add"), fields)

    assert Service.objects.get().other_words == {"en": {"name": "Crafts"}}


def test_stops_partners_measurements_and_funders_are_rows_of_the_site(team: Client) -> None:
    site = make_site()
    counts = {
        f"{name}-TOTAL_FORMS": "1"
        for name in ("transit_stops", "measurements", "partners", "fundings")
    }
    stop = {"transit_stops-0-mode": "train", "transit_stops-0-name": "Gare"}
    measured = {
        "measurements-0-measured_on": "2026-10-06",
        "measurements-0-measured_by": "Réseau",
        "measurements-0-download_mbps": "480",
        "measurements-0-upload_mbps": "290",
    }
    partner = {
        "partners-0-name": "Point Emploi",
        "partners-0-offers": "Aide",
        "partners-0-offers_en": "Help",
        "partners-0-held_en": "",
    }
    funding = {
        "fundings-0-funder": make_operator("Région").pk,
        "fundings-0-kind": "investment",
        "fundings-0-starts_on": "2024-01-01",
        "fundings-0-amount": "120000,50",
    }

    save(
        team,
        site,
        phone="03 53 01 00 11",
        email="accueil@site.example",
        **{"transit_stops-0-walk_minutes": "8"},
        **(counts | stop | measured | partner | funding),
    )

    assert (site.phone, site.email) == ("+33353010011", "accueil@site.example")
    assert site.transit_stops.get().walk_minutes == 8
    assert site.measurements.get().measured_on == date(2026, 10, 6)
    assert site.partners.get().other_words == {"en": {"offers": "Help"}}
    assert site.fundings.get().payer == "Région"
    assert site.fundings.get().amount_cents == 12_000_050
    page = team.get(reverse("admin:sites_site_change", args=[site.pk])).content.decode()
    assert re.search(r'name="fundings-0-amount" value="120\s?000,50"', page)


def test_a_stop_says_how_far_it_is_and_money_has_one_funder() -> None:
    site, region = make_site(), make_operator("Région")
    rows = [
        TransitStop(site=site, mode="bus", name="Mairie"),
        Funding(site=site, kind="operating", starts_on=date(2026, 1, 1)),
        Funding(
            site=site,
            kind="operating",
            starts_on=date(2026, 1, 1),
            funder=region,
            funder_name="Région",
        ),
        Funding(
            site=site,
            kind="operating",
            starts_on=date(2026, 1, 1),
            ends_on=date(2025, 1, 1),
            funder=region,
        ),
    ]

    for row in rows:
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


@pytest.mark.parametrize(
    ("category", "surface", "is_warned"),
    [
        ("rural", 99, False),
        ("rural", 120, True),
        ("urban", 120, True),
        ("urban", 900, True),
        ("flagship", 980, False),
        ("flagship", 100, True),
        ("business_centre", 900, True),
        ("business_centre", 1000, False),
        ("rural", "", False),
    ],
)
def test_an_unusual_surface_is_pointed_out_and_saved(
    team: Client, category: str, surface: object, is_warned: bool
) -> None:
    site = make_site()

    warnings = save(team, site, category=category, surface_m2=surface)

    assert bool(warnings) is is_warned
    assert (site.category, site.surface_m2) == (category, surface or None)


def refusals(team: Client, site: Site, **fields: object) -> dict[str, list[str]]:
    """Return what is said at the fields of a site's page that is not saved."""
    page = reverse("admin:sites_site_change", args=[site.pk])
    answer = team.post(page, site_fields(site, **fields))
    assert answer.status_code == 200
    told: dict[str, list[str]] = answer.context["adminform"].form.errors
    return told


@pytest.mark.parametrize(
    "address",
    ["info?bcc=evil@evil.example", "a&b@site.example", "a%0a@site.example", "a#b@site.example"],
)
def test_a_public_address_that_would_write_to_others_is_refused(team: Client, address: str) -> None:
    assert list(refusals(team, make_site(), email=address)) == ["email"]


@pytest.mark.parametrize(
    "row",
    [
        SpeedMeasurement(measured_on=date(1999, 12, 31)),
        Funding(starts_on=date(2025, 1, 1), ends_on=date(9999, 12, 31)),
        Funding(starts_on=date(202, 1, 1)),
        LabelVersion(given_from=date(1, 1, 1)),
        LabelVersion(given_from=date(2025, 1, 1), given_to=date(2200, 1, 1)),
        SiteLabel(starts_on=date(1999, 1, 1)),
        SiteLabel(starts_on=date(2025, 1, 1), ends_on=date(9999, 1, 1)),
        VideoEndpoint(tested_on=date(1999, 1, 1)),
    ],
)
def test_days_are_of_the_networks_years(row: Model) -> None:
    with pytest.raises(ValidationError) as refused:
        row.clean_fields()

    codes = [one.code for errors in refused.value.error_dict.values() for one in errors]
    assert codes.count("out_of_calendar") == 1


@pytest.mark.parametrize(
    ("link", "is_taken"),
    [
        ("https://site.example/a?b=c@d#e@f", True),
        ("http://site.example", True),
        ("ftp://site.example/a", False),
        ("https://user:pw@site.example/", False),
        ("https://user@site.example", False),
        ("javascript:alert(1)", False),
    ],
)
@pytest.mark.parametrize(
    ("row", "name"), [(Partner(), "contact_url"), (LabelVersion(), "criteria_url")]
)
def test_links_lead_to_pages_and_carry_no_password(
    row: Model, name: str, link: str, is_taken: bool
) -> None:
    setattr(row, name, link)

    with pytest.raises(ValidationError) as refused:
        row.clean_fields()

    assert (name not in refused.value.error_dict) is is_taken


@pytest.mark.parametrize(("seats", "is_warned"), [(99, True), (100, False), (401, True)])
def test_an_unusual_event_hall_is_pointed_out_and_saved(
    team: Client, seats: int, is_warned: bool
) -> None:
    hall = make_space(kind=Space.Kind.EVENT_HALL, capacity=200)
    fields = {
        "name": "Halle",
        "kind": "event_hall",
        "capacity": str(seats),
        "sold_by": "whole",
        "min_minutes": "60",
        "max_minutes": "1440",
        "advance_days": "90",
        "position": "0",
        "units-TOTAL_FORMS": "0",
        "units-INITIAL_FORMS": "0",
        "video_endpoints-TOTAL_FORMS": "0",
        "video_endpoints-INITIAL_FORMS": "0",
    }

    answer = team.post(reverse("admin:sites_space_change", args=[hall.pk]), fields)

    assert answer.status_code == 302
    hall.refresh_from_db()
    assert hall.capacity == seats
    told = [one for one in get_messages(answer.wsgi_request) if one.level_tag == "warning"]
    assert bool(told) is is_warned


def test_the_network_team_may_write_all_of_it(client: Client) -> None:
    person = make_user(is_staff=True)
    person.groups.add(network_team())
    client.force_login(person)
    site = make_site()
    label = make_label()

    page = client.get(reverse("admin:sites_site_change", args=[site.pk])).content.decode()

    for name in ("transit_stops", "measurements", "labels", "partners", "fundings"):
        assert f'name="{name}-TOTAL_FORMS"' in page
    for address in (
        reverse("admin:sites_specialisation_add"),
        reverse("admin:sites_label_changelist"),
        reverse("admin:sites_label_change", args=[label.pk]),
    ):
        assert client.get(address).status_code == 200, address


def test_who_may_only_look_reads_amounts_in_euros(client: Client) -> None:
    site = make_site()
    day = date(2024, 1, 1)
    site.fundings.create(
        kind="investment", funder_name="Région", amount_cents=12_000_050, starts_on=day
    )
    client.force_login(holder("view_site", "view_funding", is_staff=True))

    page = client.get(reverse("admin:sites_site_change", args=[site.pk])).content.decode()

    assert re.search(r"120\s000,50", page)
