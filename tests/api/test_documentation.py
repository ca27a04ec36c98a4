"""The documentation page and the OpenAPI document tell the truth."""

import itertools
import json
import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from jsonschema_rs import Draft202012Validator

from api.errors import PROBLEM_JSON, PROBLEMS
from api.examples import AFTERNOON, CHANGE_PROBLEM, EXAMPLES, PROBLEM, REFERENCE, REFUSALS, Example
from api.v1 import api
from billing.models import TariffGrid
from billing.prices.durations import Duration
from bookings.models import Booking
from network.models import User
from network.places.official import SHIPPED, write_official
from sites.models import LabelVersion, Site, Space, Unit
from subscriptions.models import CostCentre, Headcount, PlanVersion
from tests.api.calls import Program, program_of, wish
from tests.billing.bought import bought, spent_on
from tests.billing.tariffs import band, make_grid, off_peak, price
from tests.bookings.charges.on_account import on_account
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    interval,
    make_commune,
    make_label,
    make_manager,
    make_organisation,
    make_site,
    make_space,
    make_user,
)
from tests.subscriptions.employers import (
    make_cost_centre,
    make_employee,
    make_employer,
    make_team,
)
from tests.subscriptions.plans import make_plan, make_version
from tests.subscriptions.taken import taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def surround(site: Site) -> None:
    """Give the site of the examples what is around it."""
    site.specialisations.create(code="crafts", name="Métiers d’art")
    site.measurements.create(
        measured_on=date(2026, 10, 6),
        measured_by="Vallée de Villé",
        download_mbps=462,
        upload_mbps=288,
    )
    site.transit_stops.create(mode="bus", name="Villé Mairie", distance_m=150, walk_minutes=2)
    site.partners.create(
        name="Mission locale",
        is_on_site=True,
        offers="Aide à la recherche d’emploi",
        held="le mardi de 9 h à 12 h",
        contact_url="https://emploi.maillage.example/",
    )
    version = make_label("France services", code="france-services", owner="État").versions.get()
    LabelVersion.objects.update(
        name="2024", criteria_url="https://labels.maillage.example/france-services-2024"
    )
    site.labels.create(version=version, starts_on=date(2025, 1, 1))
    site.fundings.create(
        funder_name="Région Grand Est",
        kind="investment",
        amount_cents=4_500_000,
        starts_on=date(2024, 1, 1),
        ends_on=date(2026, 12, 31),
        programme="Tiers-lieux ruraux",
    )


@pytest.fixture
def program() -> Program:
    """Make the network of the examples, and a program of its Camille."""
    site = make_site(
        "Télécentre de Villé",
        id=2301,
        slug="telecentre-de-ville",
        commune=make_commune("Villé", "67507"),
        operator=make_organisation(
            "CC de la Vallée de Villé", "operator", "collectivity", legal_form="epci", id=4107
        ),
        host=Site.Host.TOWN_HALL,
        surface_m2=80,
        step_free_access=True,
        phone="+33388570000",
        email="telecentre@maillage.example",
        description="Dans l'ancienne école, à deux pas de la mairie.",
    )
    surround(site)
    set_prices()
    write_official(SHIPPED)
    space = make_space(site, units=0, id=12, name="Espace ouvert", capacity=8)
    Unit.objects.bulk_create(
        Unit(id=number, space=space, site=site, label=str(number)) for number in range(104, 112)
    )
    return program_of(
        make_manager(
            site, email="camille@maillage.example", name="Camille Muller", status="public_agent"
        )
    )


def set_prices() -> None:
    """Put the grid of the examples in force."""
    grid = make_grid({}, name="Grille tarifaire 2026")
    price(grid, Duration.HALF_DAY, 800, off_peak_cents=600)
    band(grid, 20, 10)
    off_peak(grid, 0, "16:00", "00:00", kind="desk")


def offer_plans() -> PlanVersion:
    """Have the network of the examples offer a plan."""
    seller = make_organisation("Réseau des télécentres", "network_team")
    plan = make_plan("decouverte", seller=seller)
    return make_version(plan, carry_over_months=1, notice_days=30)


def subscribe() -> None:
    """Have the Camille of the examples subscribe to the plan."""
    key = UUID("5f0c2f4e-6a0e-4a8b-9d52-0f3f6f4f6d11")
    taken(offer_plans(), User.objects.get(email="camille@maillage.example"), key=key)


def use_an_account() -> None:
    """Have the Camille of the examples run an employer, on whose account somebody books."""
    camille = User.objects.get(email="camille@maillage.example")
    employer = make_employer(camille, "Scierie du Ried", id=4207)
    Headcount.objects.create(organisation=employer, day=MONDAY, people=4, made_at=NOW)
    team, cost_centre = make_team(employer, "Ventes", id=61), make_cost_centre(employer, "V-1")
    CostCentre.objects.filter(pk=cost_centre.pk).update(id=83)
    lea = make_user(name="Léa Roth", id=5012)
    make_employee(employer, lea, team=team, cost_centre_id=83)
    morning = interval(TUESDAY, "08:00", "12:00")
    on_account(lea, employer, Space.objects.get(pk=12), morning)


def sell_passes() -> None:
    """Have the Camille of the examples hold a pass."""
    site, camille = Site.objects.get(), User.objects.get(email="camille@maillage.example")
    grid = TariffGrid.objects.get()
    bought(camille, 10, site=site, grid=grid, code="ten", name="Carnet de dix", price_cents=6500)
    spent_on(camille, site, 3)


def send(program: Program, example: Example, reference: str) -> Any:
    path = example.path.replace(REFERENCE, reference)
    if example.method == "GET":
        return program.get(path)
    if example.method == "PATCH":
        return program.patch(path, example.body)
    return program.post(path, example.body, **example.headers)


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_is_answered_as_documented(program: Program, name: str) -> None:
    example = EXAMPLES[name]
    if REFERENCE in example.path or name == "listBookings":
        send(program, EXAMPLES["createBooking"], "")
    if name == "cancelBooking":
        send(program, EXAMPLES["changeBooking"], Booking.objects.get().reference)
    if name in ("getTariffs", "getBalance"):
        sell_passes()
    if name == "listPlans":
        offer_plans()
    if name == "listSubscriptions":
        subscribe()
    if name == "getUsage":
        use_an_account()
    booking = Booking.objects.first()

    response = send(program, example, booking.reference if booking else "")

    made = Booking.objects.first()
    text = response.content.decode().replace(made.reference if made else "-none-", REFERENCE)
    assert response.status_code == example.status
    assert example.media_type in response["Content-Type"]
    if isinstance(example.answer, str):
        assert text.splitlines() == example.answer.splitlines()
    else:
        assert json.loads(text) == example.answer


def test_the_examples_of_problems_are_real_ones(program: Program) -> None:
    Site.objects.update(is_active=False)
    space = make_space(make_site(), units=1)
    shown = PROBLEM["alternatives"][0]
    place = {name: shown["site"][name] for name in ("slug", "name", "latitude", "longitude")}
    make_space(make_site(**place), units=6, name=shown["space"]["name"], pk=shown["space"]["id"])
    other, third = program_of(make_user()), program_of(make_user())
    mine = other.post("/bookings", wish(space.pk)).json()["reference"]
    third.post("/bookings", {"space": space.pk} | AFTERNOON)

    assert program.post("/bookings", wish(space.pk)).json() == PROBLEM
    assert other.patch(f"/bookings/{mine}", AFTERNOON).json() == CHANGE_PROBLEM


@pytest.mark.parametrize("name", REFUSALS)
def test_the_example_of_a_problem_keeps_to_its_schema(name: str) -> None:
    document = Program().get("/openapi.json").json()
    operations = (one for path in document["paths"].values() for one in path.values())
    (operation,) = (one for one in operations if one["operationId"] == name)
    told = operation["responses"][str(REFUSALS[name]["status"])]["content"][PROBLEM_JSON]

    schema = {"components": document["components"], **told["schema"]}
    Draft202012Validator(schema).validate(told["example"])

    assert told["example"] == REFUSALS[name]


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_keeps_to_its_schema(name: str) -> None:
    document = Program().get("/openapi.json").json()
    operations = {
        operation["operationId"]: operation
        for methods in document["paths"].values()
        for operation in methods.values()
    }
    example = EXAMPLES[name]
    answered = operations[name]["responses"][str(example.status)]["content"][example.media_type]

    schema = {"components": document["components"], **answered["schema"]}
    Draft202012Validator(schema).validate(example.answer)


def test_every_operation_has_an_example() -> None:
    document = Program().get("/openapi.json").json()

    names = {
        operation["operationId"]
        for methods in document["paths"].values()
        for operation in methods.values()
    }
    assert names == set(EXAMPLES)


def test_the_document_is_openapi_3_1_with_its_problems_and_schemes() -> None:
    document = Program().get("/openapi.json").json()

    assert document["openapi"] == "3.1.0"
    assert set(document["components"]["securitySchemes"]) == {"token", "session"}
    refused = document["paths"]["/api/v1/bookings"]["post"]["responses"]["409"]
    assert list(refused["content"]) == ["application/problem+json"]
    assert document["paths"]["/api/v1/me"]["get"]["security"] == [
        {"token": ["read"]},
        {"session": []},
    ]


def test_the_document_is_written_once_and_the_same_after_its_page_was_shown(
    client: Client,
) -> None:
    before = Program().get("/openapi.json").content
    written = api.get_openapi_schema()

    client.get("/api/v1/docs", headers={"Accept-Language": "de"})

    assert Program().get("/openapi.json").content == before
    assert api.get_openapi_schema() is written


@pytest.mark.parametrize("language", ["fr", "de", "en"])
def test_the_page_shows_every_operation_and_every_code(client: Client, language: str) -> None:
    response = client.get("/api/v1/docs", headers={"Accept-Language": language})

    page = response.content.decode()
    assert response.status_code == 200
    for code in PROBLEMS:
        assert f'id="{code}"' in page
    for name, example in EXAMPLES.items():
        assert f'id="{name}"' in page
        assert example.method in page


def test_the_page_keeps_to_the_content_security_policy(client: Client) -> None:
    response = client.get("/api/v1/docs")

    page = response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "<style" not in page
    assert " style=" not in page
    assert '="https://' not in page  # what it shows in examples is not fetched


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_mark_of_markdown_is_left_on_the_page(client: Client, language: str) -> None:
    page = client.get("/api/v1/docs", headers={"Accept-Language": language}).content.decode()

    main = page.partition("<main")[2]
    assert "`" not in main
    assert "**" not in main
    assert "<code>near</code>" in main


def test_headings_of_the_page_go_down_one_step_at_a_time_and_can_be_linked_to(
    client: Client,
) -> None:
    main = client.get("/api/v1/docs").content.decode().partition("<main")[2]

    levels = [int(level) for level in re.findall(r"<h(\d)", main)]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))
    assert re.findall(r"<h[23](?! id=)", main) == []


def test_what_a_reader_must_send_is_said_in_their_language(client: Client) -> None:
    page = client.get("/api/v1/docs", headers={"Accept-Language": "fr"}).content.decode()

    assert "dans l’adresse, obligatoire" in page
    assert ", required" not in page
