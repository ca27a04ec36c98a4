"""Pages say each thing by its one word: places left, days, speeds, what a flagship is."""

import re
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from bookings.actions import book
from bookings.errors import TooFarAhead, TooLong, TooShort
from bookings.wishes import Wish
from sites.models import Site
from tests.factories import (
    NOW,
    TUESDAY,
    at,
    interval,
    make_commune,
    make_site,
    make_space,
    make_user,
)
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
FRENCH = {"accept-language": "fr"}
ENGLISH = {"accept-language": "en"}
FLAGSHIP = "Vaisseau amiral : le grand site d’une agglomération, avec tous les services."


def page_of(client: Client, site: Site, **query: str) -> str:
    answer = client.get(reverse("site", args=[site.slug]), query, headers=FRENCH)
    return plain(answer.content.decode())


@pytest.mark.parametrize(
    ("units", "headers", "words"),
    [
        (3, FRENCH, "il reste 3 postes"),
        (1, FRENCH, "il reste 1 poste"),
        (3, ENGLISH, "3 desks left"),
    ],
)
def test_the_last_places_are_counted(
    client: Client, units: int, headers: dict[str, str], words: str
) -> None:
    make_space(make_site(commune=make_commune("Villé")), units=units)

    found = client.get(reverse("search"), {"on": TUESDAY.isoformat()}, headers=headers)

    assert f">{words}<" in found.content.decode().replace("\n", "").replace(" <", "<")


def test_a_site_says_its_speeds_in_the_unit_that_fits(client: Client) -> None:
    site = make_site(download_mbps=1000, upload_mbps=500)

    assert "1 Gbit/s en réception, 500 Mbit/s en envoi" in page_of(client, site)


def test_the_filter_of_speeds_offers_a_gigabit(client: Client) -> None:
    page = plain(client.get(reverse("search"), headers=FRENCH).content.decode())

    assert "≥ 300 Mbit/s" in page
    assert "≥ 1 Gbit/s" in page


def test_a_flagship_says_what_it_is_and_others_do_not(client: Client) -> None:
    flagship = make_site(category=Site.Category.FLAGSHIP)
    rural = make_site(category=Site.Category.RURAL)

    assert page_of(client, flagship).count(FLAGSHIP) == 1
    assert FLAGSHIP not in page_of(client, rural)


def test_the_filter_of_categories_explains_the_flagship_to_readers_of_all_kinds(
    client: Client,
) -> None:
    page = plain(client.get(reverse("search"), headers=FRENCH).content.decode())

    assert page.count(FLAGSHIP) == 1
    assert '<div class="hint" id="id_category_helptext">' in page
    assert 'aria-describedby="id_category_helptext"' in page


def test_the_first_of_a_month_is_written_so_on_the_page_of_a_site(client: Client) -> None:
    site = make_site()
    make_space(site)

    page = page_of(client, site, on="2026-12-01")

    assert "mardi 1ᵉʳ décembre" in page
    assert re.search(r'<th scope="row">\s*mardi 1ᵉʳ\s', page)
    assert "1 décembre" not in page
    assert "1er" not in page


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "Cet espace se réserve au plus un jour à l’avance. Choisissez une date plus proche."),
        (7, "Cet espace se réserve au plus 7 jours à l’avance. Choisissez une date plus proche."),
    ],
)
def test_how_far_ahead_a_space_is_booked_is_told(days: int, words: str) -> None:
    person = make_user()
    space = make_space(advance_days=days)
    wish = Wish(space_id=space.pk, intervals=(interval(date(2026, 12, 15), "09:00", "10:00"),))

    with pytest.raises(TooFarAhead) as refused:
        book(wish=wish, person=person, by=person, now=NOW)

    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ("08:15", "Cet espace se réserve pour 30 min au moins."),
        ("12:00", "Cet espace se réserve pour 3 h 30 par jour au plus."),
    ],
)
def test_how_long_a_space_is_booked_is_told_in_hours(ends: str, words: str) -> None:
    person = make_user()
    space = make_space(min_minutes=30, max_minutes=210)
    wish = Wish(space_id=space.pk, intervals=(interval(TUESDAY, "08:00", ends),))

    with pytest.raises((TooShort, TooLong)) as refused:
        book(wish=wish, person=person, by=person, now=NOW)

    assert plain(refused.value) == words


def test_the_choice_of_what_to_give_back_keeps_its_hours_whole(client: Client) -> None:
    person = make_user(language="fr")
    space = make_space()
    wish = Wish(space_id=space.pk, intervals=(interval(TUESDAY, "09:00", "12:30"),))
    booking = book(wish=wish, person=person, by=person, now=NOW)
    client.force_login(person)

    with time_machine.travel(at(TUESDAY, "10:00"), tick=False):
        page = client.get(reverse("booking-give-back", args=[booking.reference])).content.decode()

    assert "–\N{WORD JOINER}\N{NO-BREAK SPACE}12\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30" in page
    assert "–\N{NO-BREAK SPACE}" not in page
