"""Specialities written as text become words of the vocabulary, and text again if need be."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from sites.models import Site, Specialisation
from tests.factories import make_site

pytestmark = pytest.mark.django_db
NAME = "0007_specialisations_from_their_words"
migration = import_module(f"sites.migrations.{NAME}")
apps = MigrationLoader(None).project_state([("sites", NAME)]).apps


@pytest.fixture(autouse=True)
def column() -> None:
    """Give the table the column that it had then; a column of the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE sites_site ADD COLUMN"
            " specialisation_words varchar(200) NOT NULL DEFAULT ''"
        )


def write(site: Site, words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sites_site SET specialisation_words = %s WHERE id = %s", [words, site.pk]
        )


def written(site: Site) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT specialisation_words FROM sites_site WHERE id = %s", [site.pk])
        return str(cursor.fetchone()[0])


def names(site: Site) -> list[str]:
    return sorted(site.specialisations.values_list("name", flat=True))


def test_words_become_terms_that_sites_share() -> None:
    colmar, barr, empty = make_site(), make_site(), make_site()
    write(colmar, "Tourisme, viticulture; services")
    write(barr, " viticulture ,,")

    migration.read_words(apps, None)

    assert names(colmar) == ["Tourisme", "services", "viticulture"]
    assert names(barr) == ["viticulture"]
    assert names(empty) == []
    assert set(Specialisation.objects.values_list("code", flat=True)) == {
        "tourisme",
        "viticulture",
        "services",
    }


def test_names_that_differ_only_in_signs_have_codes_of_their_own() -> None:
    site = make_site()
    write(site, "Métiers d’art, Metiers d'art, 木")

    migration.read_words(apps, None)

    assert Specialisation.objects.count() == 3
    assert len(set(Specialisation.objects.values_list("code", flat=True))) == 3


def test_terms_become_words_again_in_their_order() -> None:
    site = make_site()
    write(site, "Tourisme, viticulture, services")
    migration.read_words(apps, None)
    write(site, "")

    migration.write_words(apps, None)

    assert written(site) == "Tourisme, viticulture, services"


def test_what_no_longer_fits_into_the_old_column_is_left_out() -> None:
    site = make_site()
    for number in range(3):
        site.specialisations.create(code=f"one-{number}", name=f"{number}" * 90)

    migration.write_words(apps, None)

    assert written(site) == f"{'0' * 90}, {'1' * 90}"
