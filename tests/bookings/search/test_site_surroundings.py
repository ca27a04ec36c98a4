"""What a site's page tells of the site's surroundings: how to write there, speeds, partners."""

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from sites.models import Equipment, Service, Site, Space, VideoEndpoint
from tests.bookings.search.site_pages import book_for, english_page, page_of
from tests.factories import (
    TUESDAY,
    interval,
    make_label,
    make_operator,
    make_site,
    make_space,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


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
