"""A site's page, as a visitor's browser gets it."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from bookings.actions import book
from bookings.models import Booking
from bookings.templatetags.slots import book_url
from bookings.wishes import Wish
from sites.intervals import Interval
from sites.models import Closure, Equipment, Service, Site, Space, VideoEndpoint
from tests.factories import (
    MONDAY,
    NOW,
    PARIS,
    TUESDAY,
    at,
    interval,
    make_commune,
    make_label,
    make_operator,
    make_site,
    make_space,
    make_stop,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
NBSP = "\N{NO-BREAK SPACE}"


def page_of(client: Client, site: Site, **query: Any) -> Any:
    return client.get(reverse("site", args=[site.slug]), query)


def book_for(space: Space, times: Interval, **fields: Any) -> Booking:
    person = make_user(**fields)
    return book(wish=Wish(space_id=space.pk, intervals=(times,)), person=person, by=person, now=NOW)


def test_a_page_tells_what_the_site_is_but_not_how_to_get_in(client: Client) -> None:
    site = make_site(
        "La Fabrique", description="In the old mill", directions="Bus 210", step_free_access=True
    )
    make_space(site, name="Great room")

    text = page_of(client, site).content.decode()

    for words in ("La Fabrique", "In the old mill", "Bus 210", "Great room", "500"):
        assert words in text
    assert site.access_notes not in text


def links_of(page: str, space: Space) -> list[str]:
    """Return what the links of the day's grid to the check page of `space` are called."""
    grid = page[page.index('<table class="day-grid">') : page.index("</table>")]
    links = re.findall(rf'<a href="/book/{space.pk}/[^>]*>(.*?)</a>', grid, re.DOTALL)
    return [
        " ".join(re.sub(r"<[^>]+>", " ", one).replace("\N{WORD JOINER}", "").split())
        for one in links
    ]


def test_the_day_links_free_time_to_the_check_page_and_never_says_who_has_the_rest(
    client: Client,
) -> None:
    space = make_space(make_site("The mill"), units=1, name="Blue room")
    book_for(space, interval(TUESDAY, "10:00", "12:00"), name="Zoé Secret")

    page = page_of(client, space.site, on=TUESDAY.isoformat()).content.decode()

    assert links_of(page, space) == [
        "Blue room, The mill, 8 h – 10 h",
        "Blue room, The mill, 12 h – 18 h 30",
    ]
    first = re.search(rf'href="(/book/{space.pk}/[^"]*)"', page[page.index("day-grid") :])
    assert first
    client.force_login(make_user())
    checked = client.get(unescape(first[1]))
    assert checked.context["preview"].intervals == (interval(TUESDAY, "08:00", "10:00"),)
    assert "pris" in page
    assert "Zoé" not in page


def test_a_link_of_a_pool_tells_how_many_are_left_of_it(client: Client) -> None:
    space = make_space(make_site("The mill"), units=3, name="Pool")
    book_for(space, interval(TUESDAY, "08:00", "12:00"))
    book_for(space, interval(TUESDAY, "10:00", "18:30"))

    page = page_of(client, space.site, on=TUESDAY.isoformat()).content.decode()

    assert links_of(page, space) == [
        "Pool, The mill, 8 h – 10 h 2 libres",
        "Pool, The mill, 10 h – 12 h 1 libre",
        "Pool, The mill, 12 h – 18 h 30 2 libres",
    ]


def test_exact_hours_lead_to_the_check_page(client: Client) -> None:
    site = make_site()
    make_space(site)
    room = make_space(site, units=3)
    wish = {"on": TUESDAY.isoformat(), "people": "2", "space": str(room.pk)}

    response = page_of(client, site, **wish, starts="09:15", ends="11:45")

    assert response.status_code == 302
    assert response["Location"] == book_url(
        room.pk, [interval(TUESDAY, "09:15", "11:45")], PARIS, people=2
    )


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [("11:00", "09:00", "ends"), ("09:10", "10:00", "starts"), ("", "10:00", "starts")],
)
def test_wrong_hours_are_said_at_their_field_and_stay_typed(
    client: Client, starts: str, ends: str, field: str
) -> None:
    space = make_space()
    wish = {"on": TUESDAY.isoformat(), "space": str(space.pk), "starts": starts, "ends": ends}

    response = page_of(client, space.site, **wish)

    assert response.status_code == 200
    assert list(response.context["hours_form"].errors) == [field]
    assert f'value="{ends}"' in response.content.decode()


def test_a_space_of_another_site_cannot_be_chosen_here(client: Client) -> None:
    here, elsewhere = make_space(), make_space()
    wish = {"on": TUESDAY.isoformat(), "space": str(elsewhere.pk)}

    response = page_of(client, here.site, **wish, starts="09:00", ends="10:00")

    assert list(response.context["hours_form"].errors) == ["space"]


def test_a_link_may_choose_the_space_whose_first_free_hours_are_proposed(client: Client) -> None:
    site = make_site()
    make_space(site)
    room = make_space(site)
    book_for(room, interval(TUESDAY, "08:00", "09:30"))

    page = page_of(client, site, on=TUESDAY.isoformat(), space=str(room.pk)).content.decode()

    assert f'<option value="{room.pk}" selected>' in page
    assert 'value="09:30"' in page


def test_a_full_day_says_so_and_which_is_the_next_with_room(client: Client) -> None:
    space = make_space(units=1)
    book_for(space, interval(TUESDAY, "08:00", "18:30"))

    page = english_page(client, space.site, on=TUESDAY.isoformat())

    assert "Full on Tuesday 24 November" in page
    assert "Free at other sites" not in page
    assert re.search(r'<a href="\?on=2026-11-25"> The next day with room is Wednesday 25 N', page)


def test_a_full_day_names_the_nearest_site_where_the_same_time_is_free(client: Client) -> None:
    space = make_space(units=1)
    other = make_space(make_site("The other mill"), units=3)
    book_for(space, interval(TUESDAY, "08:00", "18:30"))

    full = english_page(client, space.site, on=TUESDAY.isoformat())
    free = english_page(client, space.site, on="2026-11-25")

    assert "Free at other sites" in full
    assert f'href="{book_url(other.pk, [interval(TUESDAY, "08:00", "18:30")], PARIS)}"' in full
    assert "Free at other sites" not in free


def test_a_shut_day_says_which_is_the_next_with_room(client: Client) -> None:
    space = make_space()

    page = english_page(client, space.site, on="2026-11-28")

    assert "Closed that day" in page
    assert "The next day with room is Monday 30 November" in page


def test_an_evening_says_that_the_day_is_over(client: Client) -> None:
    space = make_space()

    with time_machine.travel(at(MONDAY, "18:20"), tick=False):
        page = english_page(client, space.site, on=MONDAY.isoformat())

    assert "This day is over" in page
    assert "Full on" not in page


def test_the_week_says_which_days_are_closed_and_why(client: Client) -> None:
    site = make_site()
    make_space(site)
    Closure.objects.create(
        site=site,
        starts_at=at(date(2026, 12, 24), "00:00"),
        ends_at=at(date(2026, 12, 25), "00:00"),
        reason="Inventory",
    )

    response = page_of(client, site, on="2026-12-24")

    closed = {
        one["day"].day: one["why_closed"]
        for one in response.context["week"]
        if not one["intervals"]
    }
    assert closed[24] == "Inventory"
    assert closed[25]
    assert closed[26]
    assert closed[27] == ""


def test_without_a_date_the_next_day_with_room_is_shown(client: Client) -> None:
    site = make_site()
    make_space(site)

    with time_machine.travel(at(date(2026, 11, 27), "20:00"), tick=False):  # Friday evening
        response = page_of(client, site)

    assert response.context["day"] == date(2026, 11, 30)


@pytest.mark.parametrize("on", ["nonsense", "1999-01-01", "9999-12-31", "2026-13-45"])
def test_a_nonsense_date_shows_today(client: Client, on: str) -> None:
    site = make_site()
    make_space(site)

    assert page_of(client, site, on=on).context["day"] == MONDAY


def test_an_itinerant_site_is_where_it_stops(client: Client) -> None:
    site = make_site("The bus", hours=(), is_itinerant=True)
    make_space(site)
    elsewhere = make_commune("Orbey", insee_code="68249")
    stay = interval(TUESDAY, "09:00", "16:00")
    make_stop(site, elsewhere, stay, place="Church square", latitude=48.12, longitude=7.16)

    there = page_of(client, site, on=TUESDAY.isoformat())
    away = page_of(client, site, on=MONDAY.isoformat())

    assert there.context["stop"].commune == elsewhere
    assert there.context["hours"] == [interval(TUESDAY, "09:00", "16:00")]
    assert away.context["stop"] is None
    assert "Church square" in away.content.decode()


def test_an_unknown_or_inactive_site_is_not_found(client: Client) -> None:
    assert client.get(reverse("site", args=["nowhere"])).status_code == 404
    assert page_of(client, make_site(is_active=False)).status_code == 404


def surround(site: Site, number: int = 0) -> None:
    """Give the site one more of all that is around sites."""
    site.transit_stops.create(mode="train", name=f"Gare {number}", walk_minutes=9 - number)
    site.transit_stops.create(mode="bus", name=f"Mairie {number}", distance_m=150)
    site.measurements.create(
        measured_on=date(2026, 9, 1 + number),
        measured_by="Observatoire",
        download_mbps=460 + number,
        upload_mbps=280,
    )
    site.partners.create(
        name=f"Point Emploi {number}",
        is_on_site=True,
        offers="Aide à la recherche d’emploi",
        held="le mardi",
        contact_url="https://emploi.maillage.example/",
        other_words={"en": {"offers": "Help with finding work"}},
    )
    site.partners.create(name=f"Les Cigogneaux {number}", offers="Garde d’enfants")
    site.fundings.create(
        funder_name="Région Grand Est",
        kind="investment",
        amount_cents=4_500_000,
        starts_on=date(2024, 1, 1),
        ends_on=date(2026, 12, 31),
        programme="Tiers-lieux ruraux",
    )
    site.fundings.create(
        funder=make_operator(f"CC de la vallée {number}"),
        kind="operating",
        starts_on=date(2025, 1, 1),
    )
    label = make_label(f"France services {number}")
    site.labels.create(version=label.versions.get(), starts_on=date(2025, 1, 1))
    ended = make_label(f"Relais {number}")
    site.labels.create(
        version=ended.versions.get(), starts_on=date(2021, 1, 1), ends_on=date(2024, 12, 31)
    )
    site.specialisations.create(code=f"wood-{number}", name=f"Filière bois {number}")


def english_page(client: Client, site: Site, **query: str) -> str:
    address = reverse("site", args=[site.slug])
    text: str = client.get(address, query, headers={"Accept-Language": "en"}).content.decode()
    return " ".join(text.split())


def test_a_page_tells_how_to_reach_the_site_telephone_first(client: Client) -> None:
    site = make_site(phone="+33353010011", email="accueil@site.example")
    surround(site)

    page = english_page(client, site)
    french = page_of(client, site).content.decode()

    telephone = page.index('<a class="num" href="tel:+33353010011">+33 3 53 01 00 11</a>')
    assert telephone < page.index('<a href="mailto:accueil@site.example">')
    assert page.index('<span lang="fr">Mairie 0</span> (bus), 150 m') < page.index(
        '<span lang="fr">Gare 0</span> (train), 9 minutes on foot'
    )
    assert ">03 53 01 00 11</a>" in french


def test_a_link_to_write_to_a_site_writes_to_nobody_else(client: Client) -> None:
    # No form takes it; an import or an older release might have.
    page = english_page(client, make_site(email="info?bcc=evil@evil.example"))

    assert '<a href="mailto:info%3Fbcc%3Devil@evil.example">' in page


def test_a_page_without_telephone_and_mail_has_no_contact(client: Client) -> None:
    assert 'id="contact"' not in english_page(client, make_site())


def test_a_page_tells_the_declared_and_the_latest_measured_speed(client: Client) -> None:
    site = make_site(download_mbps=500, upload_mbps=300)
    for number in (1, 0):
        surround(site, number)

    page = english_page(client, site)

    assert "500" in page
    assert '2 September 2026 by <span lang="fr">Observatoire</span>' in page
    assert "461" in page
    assert "460" not in page


def test_a_page_tells_partners_labels_of_today_and_funders(client: Client) -> None:
    site = make_site(operator=make_operator("Les Scieurs", legal_form="scic"))
    surround(site)

    page = english_page(client, site)

    assert '<a href="https://emploi.maillage.example/">Point Emploi 0</a>' in page
    assert "Help with finding work" in page
    assert '<span lang="fr">le mardi</span>' in page
    assert '<span lang="fr">Garde d’enfants</span>' in page
    assert '<span lang="fr">France services 0</span> (charter 1)' in page
    assert "Relais 0" not in page
    assert "Investment, €45,000, 2024 –\u2060 2026" in page
    assert "Tiers-lieux ruraux" in page
    assert "CC de la vallée 0" in page
    assert "Operating costs, since 2025" in page
    assert "Cooperative of collective interest (SCIC)" in page
    assert '<span lang="fr">Filière bois 0</span>' in page


def test_a_text_is_in_the_readers_language_or_says_which_it_is(client: Client) -> None:
    site = make_site(
        description="Dans le vieux moulin",
        directions="Bus 210, arrêt Mairie",
        other_words={"en": {"description": "In the old mill"}},
    )

    page = english_page(client, site)

    assert "<p>In the old mill</p>" in page
    assert '<p><span lang="fr">Bus 210, arrêt Mairie</span></p>' in page
    assert "Dans le vieux moulin" in page_of(client, site).content.decode()


def test_a_page_takes_nine_queries_at_most(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    site = make_site()
    for kind in (Space.Kind.DESK, Space.Kind.VIDEO_ROOM, Space.Kind.OFFICE):
        space = make_space(site, kind=kind, units=3)
        book_for(space, interval(TUESDAY, "09:00", "10:00"))
        space.equipment.add(Equipment.objects.create(code=kind, name=f"Screen of {kind}"))
        VideoEndpoint.objects.create(space=space, standard="sip")
    site.services.add(Service.objects.create(code="print", name="Printing"))
    for number in range(3):
        surround(site, number)
    client.force_login(make_user())
    page_of(client, site)  # outlines of the map are remembered for an hour

    with django_assert_max_num_queries(9):
        response = page_of(client, site, on=(TUESDAY + timedelta(days=7)).isoformat())
    text = response.content.decode()
    assert "Printing" in text
    assert "Screen of video_room" in text
    assert "SIP" in text
