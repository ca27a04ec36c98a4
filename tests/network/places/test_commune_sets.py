"""Territories: named sets of communes that may overlap."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from network.models import Commune, Epci, Territory
from network.places.official import SHIPPED, write_official
from sites.management.commands.load_territories import load_territories
from tests.factories import make_commune

pytestmark = pytest.mark.django_db
Kind = Territory.Kind


def make_zone(code: str, *communes: Commune, **fields: Any) -> Territory:
    territory = Territory.objects.create(
        **{"kind": Kind.ZONE, "code": code, "name": f"Zone {code}"} | fields
    )
    territory.communes.set(communes)
    return territory


def test_territories_overlap_and_each_tells_its_people() -> None:
    ville, barr = make_commune("Villé", population=1754), make_commune("Barr", population=7_000)
    valley, both = make_zone("A", ville), make_zone("B", ville, barr)
    make_zone("C", barr)

    found = Territory.objects.containing(ville).order_by("code")

    assert list(found) == [valley, both]
    assert (valley.population, both.population) == (1754, 8754)
    assert both.communes_count == 2


def test_what_is_counted_is_the_whole_territory_and_one_query() -> None:
    ville, barr = make_commune("Villé", population=1754), make_commune("Barr", population=7_000)
    make_zone("B", ville, barr)

    with CaptureQueriesContext(connection) as queries:
        found = Territory.objects.containing(ville).of_kind(Kind.ZONE).counted()
        told = [(one.code, one.population, one.communes_count) for one in found]

    assert told == [("B", 8754, 2)]
    assert len(queries) == 1


def test_a_territory_without_commune_is_empty() -> None:
    empty = make_zone("A")

    assert (empty.population, empty.communes_count) == (0, 0)
    assert Territory.objects.counted().get().population == 0


def test_kind_and_code_tell_a_territory_from_all_others() -> None:
    make_zone("67")
    make_zone("67", kind=Kind.PAYS)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_zone("67")


def test_communes_make_their_region_departement_and_grouping() -> None:
    ville = make_commune("Villé")
    make_commune("Elsewhere", epci=Epci.objects.create(siren="200068112", name="CC de Saverne"))

    write_official(SHIPPED)

    told = Territory.objects.containing(ville).order_by("kind").values_list("kind", "code", "name")
    assert list(told) == [
        ("departement", "67", "Bas-Rhin"),
        ("epci", "246700744", "CC de la Vallée de Villé"),
        ("region", "44", "Grand Est"),
    ]
    epci = Territory.objects.get(code="246700744")
    assert (epci.source, epci.valid_on) == (SHIPPED.source, date(2026, 1, 1))
    assert epci.communes_count == 1


def test_a_commune_that_changes_its_grouping_moves_and_an_empty_one_goes() -> None:
    ville, other = make_commune("Villé"), Epci.objects.create(siren="200068112", name="CC")
    zone = make_zone("A", ville)
    write_official(SHIPPED)

    Commune.objects.update(epci=other)
    write_official(SHIPPED)

    epcis = Territory.objects.of_kind(Kind.EPCI)
    assert [one.code for one in epcis] == ["200068112"]
    assert list(Territory.objects.of_kind(Kind.ZONE)) == [zone]


def test_writing_again_changes_nothing_and_asks_as_much() -> None:
    make_commune("Villé")
    write_official(SHIPPED)
    keys = set(Territory.objects.values_list("pk", flat=True))
    for number in range(20):
        make_commune(f"Commune {number}")

    with CaptureQueriesContext(connection) as many:
        write_official(SHIPPED)
    with CaptureQueriesContext(connection) as none_changed:
        write_official(SHIPPED)

    assert set(Territory.objects.values_list("pk", flat=True)) == keys
    assert len(none_changed) < len(many) <= 12


def test_the_shipped_file_makes_one_region_ten_departements_and_their_groupings() -> None:
    load_territories()

    assert Territory.objects.of_kind(Kind.REGION).get().communes_count == 5113
    assert Territory.objects.of_kind(Kind.DEPARTEMENT).count() == 10
    bas_rhin = Territory.objects.get(kind=Kind.DEPARTEMENT, code="67")
    assert bas_rhin.population == 1_163_810
    assert Territory.objects.of_kind(Kind.EPCI).count() == Epci.objects.count()


def test_another_region_is_loaded_and_its_names_are_understood(tmp_path: Any) -> None:
    path = tmp_path / "communes.csv"
    path.write_text(
        "code_insee,nom,departement,codes_postaux,population,code_epci,nom_epci,latitude,longitude\n"
        "29019,Brest,29,29200,139456,242900314,Brest Métropole,48.39,-4.48\n"
        "2A004,Ajaccio,2A,20000,73822,242010056,CA du Pays Ajaccien,41.92,8.73\n"
    )

    call_command("load_territories", path, verbosity=0)

    assert Territory.objects.get(kind=Kind.REGION, code="53").name == "Bretagne"
    assert Territory.objects.get(kind=Kind.DEPARTEMENT, code="2A").name == "Corse-du-Sud"
    assert [str(one) for one in Commune.objects.matching("Brest, Finistère, Bretagne")] == ["Brest"]
    assert not Commune.objects.matching("Brest, Corse").exists()
