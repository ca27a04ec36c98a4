"""The way from one kind an organisation to capacities, and back, on the real tables."""

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.factories import NOW

#: Once: it undoes and does again nearly all migrations, which takes half a minute.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
FIRST = import_module("network.migrations.0011_capacities").Migration
BEFORE = FIRST.dependencies[0][1]
SIRET = "73282932000074"
MERGED = {"both": "manager", "staff": "administrator", "runner": "manager"}
PARTED = [
    ("Commune de Villé", "operator", SIRET),
    ("Brasserie", "employer", ""),
    ("Chambre", "employer", ""),
    ("Commune de Villé", "employer", SIRET),
]


def models_now() -> Any:
    """Return the models as the tables stand."""
    loader = MigrationLoader(connection)
    return loader.project_state(list(loader.applied_migrations)).apps


@pytest.fixture
def former() -> Iterator[Any]:
    """Go back to one kind an organisation; return the models of then, come forward at the end."""
    call_command("migrate", "network", BEFORE, verbosity=0)
    try:
        yield models_now()
    finally:
        call_command("migrate", verbosity=0)


def make(models: Any, name: str, kind: str, **fields: Any) -> Any:
    return models.get_model("network", "Organisation").objects.create(
        name=name, kind=kind, **{"siret": SIRET} | fields
    )


def make_person(models: Any, name: str, **roles: Any) -> Any:
    person = models.get_model("network", "User").objects.create(email=f"{name}@maillage.example")
    Membership = models.get_model("network", "Membership")
    for role, organisation in roles.items():
        Membership.objects.create(person=person, organisation=organisation, role=role)
    return person


def make_commune(models: Any) -> Any:
    region = models.get_model("network", "Region").objects.create(code="44", name="Grand Est")
    departement = models.get_model("network", "Departement").objects.create(
        code="67", name="Bas-Rhin", region=region
    )
    return models.get_model("network", "Commune").objects.create(
        insee_code="67507",
        name="Villé",
        search_key="ville",
        departement=departement,
        population=1754,
        latitude=48.3,
        longitude=7.3,
    )


def make_booking(models: Any, commune: Any, operator: Any, person: Any, account: Any) -> Any:
    """Make a site of `operator` and a booking there on account of another organisation."""
    site = models.get_model("sites", "Site").objects.create(
        slug="ville",
        name="Villé",
        operator=operator,
        category="rural",
        commune=commune,
        address="1 place de la Mairie",
        postal_code="67220",
        latitude=48.3,
        longitude=7.3,
        download_mbps=1,
        upload_mbps=1,
    )
    space = models.get_model("sites", "Space").objects.create(
        site=site, name="Desks", kind="desk", capacity=1
    )
    return models.get_model("bookings", "Booking").objects.create(
        site=site,
        space=space,
        person=person,
        booked_by=person,
        organisation=account,
        status="cancelled",
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=1),
        created_at=NOW,
        changed_at=NOW,
    )


def organisations(models: Any) -> Any:
    return models.get_model("network", "Organisation").objects.order_by("pk")


def kinds(models: Any, organisation: Any) -> list[str]:
    held = models.get_model("network", "Capacity").objects.filter(organisation=organisation.pk)
    return sorted(held.values_list("kind", flat=True))


def roles(models: Any, organisation: Any) -> dict[str, str]:
    rows = models.get_model("network", "Membership").objects.filter(organisation=organisation.pk)
    told = rows.values_list("person__email", "role")
    return {email.partition("@")[0]: role for email, role in told}


def runs_the_site(models: Any) -> int:
    key: int = models.get_model("sites", "Site").objects.get().operator_id
    return key


def has_the_booking(models: Any) -> int:
    key: int = models.get_model("bookings", "Booking").objects.get().organisation_id
    return key


@pytest.fixture
def employer(former: Any) -> Any:
    """An employer whose SIRET an operator has too; each has members, one person is of both."""
    commune = make_commune(former)
    employer = make(former, "Commune de Villé", "employer")
    operator = make(former, "Villé, régie", "operator", commune=commune)
    both = make_person(former, "both", member=employer, manager=operator)
    make_person(former, "staff", administrator=employer)
    make_person(former, "runner", manager=operator)
    make_booking(former, commune, operator, both, account=employer)
    return employer


def test_one_siret_becomes_one_organisation_and_is_parted_again(former: Any, employer: Any) -> None:
    alone = make(former, "Brasserie", "employer", siret="")
    office = organisations(former).get(kind="operator").commune_id

    call_command("migrate", "network", verbosity=0)

    now = models_now()
    assert [(one.pk, one.name, one.siret, one.commune_id) for one in organisations(now)] == [
        (employer.pk, "Commune de Villé", SIRET, office),
        (alone.pk, "Brasserie", "", None),
    ]
    assert kinds(now, employer) == ["employer", "operator"]
    assert kinds(now, alone) == ["employer"]
    assert roles(now, employer) == MERGED
    assert runs_the_site(now) == has_the_booking(now) == employer.pk

    partner = organisations(now).create(name="Chambre", siret="")
    now.get_model("network", "Capacity").objects.create(organisation=partner, kind="partner")
    call_command("migrate", "network", BEFORE, verbosity=0)

    again = models_now()
    parts = organisations(again)
    assert [(one.name, one.kind, one.siret) for one in parts] == PARTED
    assert (runs_the_site(again), has_the_booking(again)) == (parts[0].pk, parts[3].pk)
    assert roles(again, parts[0]) == roles(again, parts[3]) == MERGED
