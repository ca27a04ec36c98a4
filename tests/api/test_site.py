"""GET /sites/{slug}."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sites.models import Equipment, Service, Site, Space
from tests.api.calls import Program
from tests.factories import (
    MONDAY,
    TUESDAY,
    at,
    interval,
    make_commune,
    make_operator,
    make_site,
    make_space,
    make_stop,
    open_on,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
EVERYBODY = Program()


@pytest.fixture
def ville() -> Site:
    """A site of which there is much to tell."""
    site = make_site(
        "Télécentre de Villé",
        slug="telecentre-de-ville",
        operator=make_operator("CC de la Vallée de Villé"),
        hours=(("08:00", "12:00"), ("13:30", "18:30")),
        host=Site.Host.TOWN_HALL,
        step_free_access=True,
        accessibility_note="Ramp at the back",
    )
    open_on(site, 5, ("09:00", "00:00"))
    site.services.add(Service.objects.create(code="printing", name="Printing"))
    return site


def test_one_site_does_not_tell_how_to_get_in(ville: Site) -> None:
    assert "1234" in ville.access_notes

    response = EVERYBODY.get("/sites/telecentre-de-ville")

    assert b"1234" not in response.content
    assert "access_notes" not in response.json()


def test_one_site_tells_who_runs_it_its_services_and_its_week(ville: Site) -> None:
    body = EVERYBODY.get("/sites/telecentre-de-ville").json()

    assert body["operator"] == "CC de la Vallée de Villé"
    assert body["services"] == [{"code": "printing", "name": "Printing", "lang": "fr"}]
    assert body["hours"][0] == {"weekday": "monday", "opens_at": "08:00", "closes_at": "12:00"}
    assert body["hours"][-1] == {"weekday": "saturday", "opens_at": "09:00", "closes_at": "24:00"}
    assert len(body["hours"]) == 11


def test_one_site_tells_the_closures_that_are_not_over(ville: Site) -> None:
    ville.closures.create(
        starts_at=at(TUESDAY, "08:00"), ends_at=at(TUESDAY, "12:00"), reason="Works"
    )
    ville.closures.create(starts_at=at(MONDAY, "08:00"), ends_at=at(MONDAY, "09:00"), reason="Over")

    closures = EVERYBODY.get("/sites/telecentre-de-ville").json()["closures"]

    assert closures == [
        {
            "starts_at": "2026-11-24T08:00:00+01:00",
            "ends_at": "2026-11-24T12:00:00+01:00",
            "reason": "Works",
            "space": None,
        }
    ]


def test_one_site_tells_its_line_and_who_can_come_in(ville: Site) -> None:
    body = EVERYBODY.get("/sites/telecentre-de-ville").json()

    assert body["connection"] == {
        "technology": "fibre",
        "download_mbps": 500,
        "upload_mbps": 300,
        "measured": None,
    }
    assert body["accessibility"] == {
        "step_free_access": True,
        "accessible_toilet": False,
        "accessible_parking": False,
        "hearing_loop": False,
        "note": "Ramp at the back",
    }


def test_one_site_tells_its_spaces_and_the_units_of_numbered_ones_only(ville: Site) -> None:
    desks = make_space(ville, units=3, name="Open space", position=1)
    desks.equipment.add(Equipment.objects.create(code="screen", name="Screen"))
    room = make_space(ville, units=1, name="Room", kind=Space.Kind.MEETING_ROOM, is_fungible=False)
    make_space(ville, is_active=False)

    body = EVERYBODY.get("/sites/telecentre-de-ville").json()

    assert body["spaces"][0]["units"] == [{"id": room.units.get().pk, "label": "1"}]
    assert body["spaces"][1] == {
        "id": desks.pk,
        "name": "Open space",
        "kind": "desk",
        "capacity": 3,
        "sold_by": "place",
        "is_fungible": True,
        "units_count": 3,
        "units": [],
        "limits": {"min_minutes": 30, "max_minutes": 1440, "advance_days": 90},
        "equipment": [{"code": "screen", "name": "Screen", "lang": "fr"}],
        "description": "",
    }
    assert len(body["spaces"]) == 2


def test_hours_that_touch_are_told_as_one() -> None:
    make_site(slug="one", hours=(("12:00", "00:00"), ("08:00", "12:00")))

    hours = EVERYBODY.get("/sites/one").json()["hours"]

    assert hours[0] == {"weekday": "monday", "opens_at": "08:00", "closes_at": "24:00"}
    assert len(hours) == 5


def test_an_itinerant_site_tells_its_next_stops() -> None:
    site = make_site(slug="bus", hours=(), is_itinerant=True)
    stay, saales = interval(TUESDAY, "09:00", "12:00"), make_commune("Saâles", "67421")
    make_stop(site, saales, stay, place="Place de la Mairie", latitude=48.3469, longitude=7.1086)

    stops = EVERYBODY.get("/sites/bus").json()["stops"]

    assert stops == [
        {
            "starts_at": "2026-11-24T09:00:00+01:00",
            "ends_at": "2026-11-24T12:00:00+01:00",
            "place": "Place de la Mairie",
            "commune": "Saâles",
            "insee_code": "67421",
            "latitude": 48.3469,
            "longitude": 7.1086,
        }
    ]


@pytest.fixture
def moulin() -> None:
    """A site that says some things in two languages, others in French alone."""
    site = make_site(
        slug="moulin",
        description="Dans le moulin",
        directions="Bus 210",
        accessibility_note="Une marche",
        access_notes="Code 1234",
        other_words={
            "en": {
                "description": "In the mill",
                "accessibility_note": "One step",
                "access_notes": "Door code 1234",
            }
        },
    )
    terms = {"en": {"name": "Printing"}}
    site.services.create(code="printing", name="Impression", other_words=terms)


def test_texts_come_in_the_asked_language_which_is_told(moulin: None) -> None:
    response = EVERYBODY.get("/sites/moulin")
    body = response.json()

    assert (body["description"], body["directions"]) == ("In the mill", "Bus 210")
    assert body["accessibility"]["note"] == "One step"
    assert body["languages"] == {
        "description": "en",
        "directions": "fr",
        "accessibility_note": "en",
    }
    assert body["services"] == [{"code": "printing", "name": "Printing", "lang": "en"}]
    assert b"1234" not in response.content


def test_texts_come_in_french_when_it_is_asked(moulin: None) -> None:
    response = Client().get("/api/v1/sites/moulin", headers={"Accept-Language": "fr"})

    body = response.json()
    assert (body["description"], body["languages"]["description"]) == ("Dans le moulin", "fr")


def test_the_queries_of_one_site_do_not_grow_with_what_it_holds() -> None:
    site = make_site(slug="big")
    equipment = Equipment.objects.create(code="screen", name="Screen")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            EVERYBODY.get("/sites/big")
        return len(captured)

    for number in range(20):
        make_space(site, units=3).equipment.add(equipment)
        if number == 1:
            few = queries()

    assert queries() == few <= 8


@pytest.mark.parametrize("slug", ["nowhere", "%C3%A9", "x" * 60])
def test_an_unknown_slug_is_refused_as_a_problem(slug: str) -> None:
    response = EVERYBODY.get(f"/sites/{slug}")

    assert response.status_code in (404, 422)
    assert response["Content-Type"] == "application/problem+json"
