"""Grids and passes have a name in the network's language, and in others where somebody gave one."""

from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from billing.models import PassOffer, TariffGrid
from tests.billing.bought import bought
from tests.billing.pages.reading import signed_in, words_of
from tests.billing.tariffs import make_draft, make_grid
from tests.factories import holder, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
IN_GERMAN = {"de": {"name": "Zehnerkarte"}}


def reading(language: str) -> Client:
    return Client(headers={"accept-language": language})


def test_a_grid_is_named_in_the_language_of_who_reads_and_else_in_the_networks() -> None:
    grid = make_grid(name="Grille 2027", other_words={"de": {"name": "Raster 2027"}})
    make_grid(from_day=date(2027, 1, 1))

    address = f"/tariffs/{grid.pk}/"

    assert "Raster 2027" in words_of(reading("de").get(address))
    assert "Grille 2027" in words_of(reading("fr").get(address))
    english = reading("en").get(address).content.decode()
    assert '<span lang="fr">Grille 2027</span>' in english


def test_the_api_names_grids_and_passes_as_it_is_asked() -> None:
    grid = make_grid(name="Grille", other_words={"de": {"name": "Raster"}})
    PassOffer.objects.create(
        grid=grid, code="ten", name="Dix", half_days=10, price_cents=1, other_words=IN_GERMAN
    )

    told = reading("de").get("/api/v1/tariffs").json()

    assert (told["name"], told["passes"][0]["name"]) == ("Raster", "Zehnerkarte")


def test_a_pass_keeps_its_names_when_it_is_bought() -> None:
    row = bought(make_user(), name="Dix", other_words=IN_GERMAN)

    with translation.override("de"):
        assert str(row) == "Zehnerkarte"


def test_names_in_other_languages_are_typed_and_shown_again(client: Client) -> None:
    draft = make_draft(name="Grille")
    signed_in(client, holder("adopt_tariffgrid"))
    address = f"/manage/grids/{draft.pk}/"

    named = {"name": "Grille", "name_de": "Raster", "name_en": "", "in_force_from": "2028-01-01"}
    client.post(f"{address}name/", named)
    ten = {"name": "Dix", "name_de": "Zehn", "kind": "desk", "price": "65"}
    client.post(f"{address}passes/", ten | {"half_days": "10", "valid_months": "6"})

    assert TariffGrid.objects.get().other_words == {"de": {"name": "Raster"}}
    assert b'value="Raster"' in client.get(f"{address}name/").content
    offer = draft.passoffers.get()
    assert offer.other_words == {"de": {"name": "Zehn"}}
    assert b'value="Zehn"' in client.get(f"{address}passes/{offer.pk}/").content


def test_a_new_draft_has_its_names_and_a_copy_those_of_its_passes(client: Client) -> None:
    grid = make_grid()
    PassOffer.objects.create(
        grid=grid, code="ten", name="Dix", half_days=10, price_cents=1, other_words=IN_GERMAN
    )
    signed_in(client, holder("adopt_tariffgrid"))

    asked = {"name": "2028", "name_en": "Grid 2028", "in_force_from": "2028-01-01"}
    client.post("/manage/grids/new/", asked | {"source": grid.pk})

    draft = TariffGrid.objects.get(name="2028")
    assert draft.other_words == {"en": {"name": "Grid 2028"}}
    assert draft.passoffers.get().other_words == IN_GERMAN
