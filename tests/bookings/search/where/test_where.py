"""What is written wins over what was picked or found before, without script."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from network.models import PostalCode
from tests.factories import TUESDAY, make_commune, make_site, make_space

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
NEAR_STRASBOURG = {"latitude": "48.58", "longitude": "7.74"}


def search(client: Client, **query: Any) -> Any:
    return client.get(reverse("search"), {"on": TUESDAY.isoformat()} | query)


def nearest(response: Any) -> str:
    found: str = response.context["sites"][0].site.name
    return found


@pytest.fixture(autouse=True)
def _valley() -> None:
    """Make Villé and Strasbourg, each with a site."""
    for name, code, latitude, longitude, postal_code in (
        ("Villé", "67507", 48.3427, 7.3029, "67220"),
        ("Strasbourg", "67482", 48.5839, 7.7455, "67000"),
    ):
        commune = make_commune(
            name, code, latitude=latitude, longitude=longitude, postal_code=postal_code
        )
        make_space(make_site(f"Site of {name}", commune=commune))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ({"where": "Villé", "commune": "67482"}, "Site of Villé"),
        ({"where": "Villé", **NEAR_STRASBOURG}, "Site of Villé"),
        ({"where": "67220", "commune": "67482", **NEAR_STRASBOURG}, "Site of Villé"),
        ({"where": " ", **NEAR_STRASBOURG}, "Site of Strasbourg"),
        ({"where": "", "commune": "67507", **NEAR_STRASBOURG}, "Site of Strasbourg"),
    ],
)
def test_a_hidden_choice_never_beats_what_is_written(
    client: Client, query: dict[str, str], first: str
) -> None:
    assert nearest(search(client, **query)) == first


def test_a_hidden_choice_that_does_not_count_is_not_sent_again(client: Client) -> None:
    form = search(client, where="Villé", commune="67482", **NEAR_STRASBOURG).context["form"]

    assert [form[name].value() for name in ("commune", "latitude", "longitude")] == ["", "", ""]


def test_a_place_that_is_not_ours_is_refused_even_beside_a_position(client: Client) -> None:
    response = search(client, where="Paris", commune="67482", **NEAR_STRASBOURG)

    assert response.status_code == 400
    assert "where" in response.context["form"].errors


def share_a_postcode(number: int) -> None:
    for one in range(number):
        make_commune(f"Commune {one:02}", postal_code="51300", population=100 - one)


def test_a_shared_postcode_starts_from_its_largest_commune_and_names_all_others(
    client: Client,
) -> None:
    share_a_postcode(46)

    place = search(client, where="51300", kind="desk").context["form"].place

    assert place.label == "Commune 00"
    assert len(place.namesakes) == 45


def test_another_commune_is_chosen_without_losing_the_rest_of_the_search(client: Client) -> None:
    share_a_postcode(3)

    page = search(client, where="51300", radius_km="50", category=["rural", "urban"])

    kept = "where=Commune+02&amp;radius_km=50&amp;category=rural&amp;category=urban&amp;commune="
    assert kept in page.content.decode()


def test_namesakes_of_another_rank_are_not_offered(client: Client) -> None:
    make_commune("Villé-le-Grand", population=9_000)
    make_commune("Villé", population=3)

    place = search(client, where="Villé").context["form"].place

    assert [one.population for one in place.namesakes] == [3]


def test_suggestions_of_a_shared_postcode_can_all_be_reached(client: Client) -> None:
    share_a_postcode(46)

    few = client.get(reverse("suggest"), {"q": "51300"}).content.decode()
    every = client.get(reverse("suggest"), {"q": "51300", "all": "1"}).content.decode()

    assert (few.count("data-code"), every.count("data-code")) == (8, 46)
    assert "data-all" in few
    assert "46" in few
    assert "data-all" not in every
    assert 'aria-disabled="true"' not in every


def test_suggestions_take_four_queries_however_many_there_are(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    share_a_postcode(9)
    client.get(reverse("suggest"), {"q": "Names of départements are remembered for a while"})

    with django_assert_num_queries(4):
        client.get(reverse("suggest"), {"q": "Commune, Bas-Rhin, France"})


def test_suggestions_too_many_to_show_say_how_many_more(client: Client) -> None:
    share_a_postcode(69)

    page = client.get(reverse("suggest"), {"q": "comm"}, headers={"accept-language": "en"})

    assert "61 more: go on typing" in page.content.decode()
    assert "data-all" not in page.content.decode()


def test_a_suggestion_says_under_which_name_it_was_found(client: Client) -> None:
    kaysersberg = make_commune("Kaysersberg Vignoble", "68162", postal_code="68240")
    PostalCode.objects.create(commune=kaysersberg, code="68770")
    kaysersberg.names.create(name="Kientzheim", search_key="kientzheim")

    page = client.get(reverse("suggest"), {"q": "kientz"}).content.decode()
    response = search(client, where="Kaysersberg Vignoble (Kientzheim) (68240)", commune="68162")

    assert 'data-value="Kaysersberg Vignoble (Kientzheim) (68240)"' in page
    assert response.context["form"].place.code == "68162"


@pytest.mark.parametrize(
    ("asked", "taken"),
    [("5", 10), ("20", 25), ("30", 50), ("100", 0), ("0", 0), ("25", 25), ("99999", 0)],
)
def test_an_old_link_reaches_as_far_as_the_next_distance_on_offer(
    client: Client, asked: str, taken: int
) -> None:
    response = search(client, where="Villé", radius_km=asked)

    assert response.status_code == 200
    assert response.context["form"].asked_km == taken


@pytest.mark.parametrize("asked", ["-5", "far", "2.5", "²"])
def test_a_distance_that_is_none_is_refused(client: Client, asked: str) -> None:
    assert search(client, where="Villé", radius_km=asked).status_code == 400
