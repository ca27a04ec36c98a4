"""What tells of a site is drawn once an edition: nothing that changes is shown as it was."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.test import Client

from sites.editions import edition_of
from sites.models import (
    Equipment,
    Funding,
    Partner,
    Photo,
    Service,
    Site,
    SiteLabel,
    Space,
    Specialisation,
    SpeedMeasurement,
    TransitStop,
    VideoEndpoint,
)
from tests.bookings.search.site_pages import page_of
from tests.factories import (
    TUESDAY,
    interval,
    make_closure,
    make_commune,
    make_label,
    make_site,
    make_space,
    make_stop,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
NEW = "Nouveauté"
DAY = date(2026, 11, 2)


def rename(row: Site, **fields: str) -> None:
    type(row).objects.filter(pk=row.pk).update(**fields)


def space_of(site: Site) -> Space:
    return site.spaces.get()


CHANGES: dict[str, Callable[[Site], object]] = {
    "description": lambda site: rename(site, description=NEW),
    "directions": lambda site: rename(site, directions=NEW),
    "host": lambda site: rename(site, host_name=NEW),
    "commune": lambda site: type(site.commune).objects.update(name=NEW),
    "operator": lambda site: type(site.operator).objects.update(name=NEW),
    "space": lambda site: site.spaces.update(name=NEW),
    "service": lambda site: Service.objects.create(code="new", name=NEW).sites.add(site),
    "speciality": lambda site: Specialisation.objects.create(code="new", name=NEW).sites.add(site),
    "equipment": lambda site: Equipment.objects.create(code="new", name=NEW).spaces.add(
        space_of(site)
    ),
    "partner": lambda site: Partner.objects.create(site=site, name=NEW, offers="Impression"),
    "funding": lambda site: Funding.objects.create(
        site=site, funder_name=NEW, kind=Funding.Kind.values[0], starts_on=DAY
    ),
    "transit stop": lambda site: TransitStop.objects.create(
        site=site, mode=TransitStop.Mode.values[0], name=NEW, distance_m=100
    ),
    "measurement": lambda site: SpeedMeasurement.objects.create(
        site=site, measured_on=DAY, measured_by=NEW, download_mbps=1, upload_mbps=1
    ),
    "label": lambda site: SiteLabel.objects.create(
        site=site, version=make_label(NEW).versions.get(), starts_on=DAY
    ),
    "photo": lambda site: Photo.objects.create(site=site, image="new.jpg", alternative=NEW),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_has_changed_is_told_at_the_next_look(client: Client, what: str) -> None:
    site = make_site()
    make_space(site)
    before = page_of(client, site).content.decode()

    CHANGES[what](site)

    assert NEW not in before
    assert NEW in page_of(client, site).content.decode()


def test_a_standard_of_video_that_was_added_is_told_at_the_next_look(client: Client) -> None:
    site = make_site()
    room = make_space(site, kind=Space.Kind.VIDEO_ROOM)
    before = page_of(client, site).content.decode()

    VideoEndpoint.objects.create(space=room, standard=VideoEndpoint.Standard.SIP)

    assert "SIP" not in before
    assert "SIP" in page_of(client, site).content.decode()


def test_a_stop_that_is_moved_leads_to_where_it_is_now(client: Client) -> None:
    bus = make_site("Le Bus", is_itinerant=True)
    make_space(bus)
    stop = make_stop(bus, make_commune("Orbey"), interval(TUESDAY, "08:00", "18:00"))
    before = page_of(client, bus, on=TUESDAY).content.decode()

    type(stop).objects.filter(pk=stop.pk).update(latitude=47.5)

    assert "geo:47.50000," not in before
    assert "geo:47.50000," in page_of(client, bus, on=TUESDAY).content.decode()


def test_hours_that_changed_are_told_in_the_week_at_the_next_look(client: Client) -> None:
    site = make_site()
    make_space(site)
    before = page_of(client, site, on=TUESDAY).content.decode()

    make_closure(site, interval(TUESDAY + timedelta(days=1), "08:00", "18:00"))
    closed = page_of(client, site, on=TUESDAY).content.decode()
    site.opening_hours.update(opens_at=time(9, 30))

    assert "Works" not in before
    assert "Works" in closed
    assert "9\u00a0h\u00a030" in page_of(client, site, on=TUESDAY).content.decode()


def test_the_form_of_other_hours_has_a_space_that_is_new_and_not_one_that_is_gone(
    client: Client,
) -> None:
    site = make_site()
    old = make_space(site)
    before = page_of(client, site, on=TUESDAY).content.decode()

    new = make_space(site, name=NEW)
    old.is_active = False
    old.save()
    after = page_of(client, site, on=TUESDAY).content.decode()

    assert f'<option value="{old.pk}"' in before
    assert f'<option value="{old.pk}"' not in after
    assert f'<option value="{new.pk}"' in after


def test_each_language_has_its_own(client: Client) -> None:
    site = make_site()
    page_of(client, site)

    english = client.get(site.get_absolute_url(), headers={"Accept-Language": "en"})

    assert "Access and equipment" in english.content.decode()


def test_the_order_in_which_facts_are_found_makes_no_other_edition() -> None:
    site = make_site()
    rows = [("Service", ["a", None]), ("Service", ["b", 1])]

    assert edition_of(site, None, rows) == edition_of(site, None, rows[::-1])
    assert edition_of(site, None, rows) != edition_of(site, None, rows[:1])
    assert edition_of(site, None, rows) != edition_of(site, None, rows, "besides")
