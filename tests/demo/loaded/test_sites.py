"""The sites of the demo: where they are, what they have, what they tell."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import translation

from network.models import Organisation
from sites.geo import Point, distance_km
from sites.labels import refuse_clash
from sites.models import (
    Closure,
    Funding,
    Label,
    Partner,
    Service,
    Site,
    SiteLabel,
    Space,
    SpeedMeasurement,
    Stop,
    TransitStop,
    Unit,
    VideoEndpoint,
)
from tests.factories import MONDAY, NOW, PARIS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
TODAY = MONDAY


def test_the_network_covers_both_departements_with_every_category() -> None:
    sites = Site.objects.select_related("commune__departement")

    assert len(sites) >= 24
    assert Counter(site.category for site in sites)["flagship"] == 3
    assert {site.category for site in sites} == set(Site.Category.values)
    assert {site.commune.departement.code for site in sites} == {"67", "68"}
    flagships = {s.commune.name for s in sites if s.category == "flagship"}
    assert flagships == {"Strasbourg", "Mulhouse", "Colmar"}
    assert [site.slug for site in sites if site.is_itinerant] == ["bureau-mobile-du-pays-de-hanau"]
    assert len({site.host for site in sites if site.host}) >= 6


def test_there_are_some_four_hundred_units_of_every_kind() -> None:
    kinds = Counter(Unit.objects.values_list("space__kind", flat=True))

    assert 380 <= kinds.total() <= 480
    assert set(kinds) == set(Space.Kind.values)
    assert Space.objects.filter(is_fungible=False).exists()
    assert set(VideoEndpoint.objects.values_list("standard", flat=True)) == {
        "sip",
        "h323",
        "webrtc",
    }


def test_every_space_has_the_units_its_bookings_may_need() -> None:
    for space in Space.objects.prefetch_related("units"):
        assert space.units_for(space.capacity) <= len(space.units.all()), space


def test_each_site_stands_in_its_commune_and_has_one_of_its_postcodes() -> None:
    for site in Site.objects.select_related("commune").prefetch_related("commune__postal_codes"):
        commune = site.commune
        assert distance_km(site.point, Point(commune.latitude, commune.longitude)) < 2.5, site
        assert site.postal_code in {code.code for code in commune.postal_codes.all()}, site


def test_rows_pass_the_checks_that_forms_make() -> None:
    rows = [*Site.objects.all(), *Space.objects.all(), *Closure.objects.all()]
    rows += [*Organisation.objects.all(), *Stop.objects.all()[:20]]
    for model in (Partner, TransitStop, SpeedMeasurement, Funding, SiteLabel, Label, Service):
        rows += model.objects.all()

    for row in rows:
        row.full_clean()


def test_every_site_is_reached_by_numbers_and_addresses_kept_for_fiction() -> None:
    for site in Site.objects.all():
        assert site.phone.startswith(("+33353010", "+33639980")), site
        assert site.email.endswith(".example"), site
    assert len(set(Site.objects.values_list("phone", flat=True))) == 32
    assert TransitStop.objects.values("site").distinct().count() == 31


def test_sites_tell_of_themselves_in_three_languages() -> None:
    for site in Site.objects.all():
        for name in ("description", "directions", "access_notes"):
            assert all(site.other_words[code][name] for code in ("de", "en")), (site, name)
    with translation.override("de"):
        ville = Site.objects.get(slug="la-fabrique-de-ville")
        assert ville.told("directions").lang == "de"
        assert str(Service.objects.get(code="kitchen")) == "Gemeinschaftsküche"


def test_no_site_holds_labels_that_exclude_each_other() -> None:
    for site in Site.objects.filter(labels__isnull=False).distinct():
        refuse_clash(site, site.labels.all())
    relay = SiteLabel.objects.get(version__label__code="rsp")
    assert relay.site.labels.filter(version__label__code="france-services").exists()


def test_every_site_is_labelled_measured_or_funded_by_somebody() -> None:
    known = {
        *SiteLabel.objects.values_list("site__slug", flat=True),
        *SpeedMeasurement.objects.values_list("site__slug", flat=True),
        *Funding.objects.values_list("site__slug", flat=True),
    }
    assert known == set(Site.objects.values_list("slug", flat=True))
    assert Funding.objects.filter(funder__isnull=False).exists()
    assert set(Organisation.objects.values_list("legal_form", flat=True)) >= {
        "scic",
        "epci",
        "local_law_association",
    }


def test_the_itinerant_site_has_stops_behind_and_ahead_but_not_on_holidays() -> None:
    days = {stop.starts_at.astimezone(PARIS).date() for stop in Stop.objects.all()}

    assert min(days) < TODAY - timedelta(days=170)
    assert max(days) > TODAY + timedelta(days=110)
    assert {day.weekday() for day in days} == {1, 2, 3}
    assert date(2026, 7, 14) not in days
    assert Stop.objects.values("commune").distinct().count() == 6


def test_one_space_is_under_works_and_one_site_on_leave_in_the_weeks_to_come() -> None:
    upcoming = Closure.objects.filter(starts_at__gt=NOW)

    assert upcoming.filter(space__isnull=False).exists()
    assert upcoming.filter(space__isnull=True, reason="Congés annuels").exists()
    assert Closure.objects.filter(ends_at__lt=NOW).exists()
    assert not Closure.objects.filter(site__slug="la-fabrique-de-ville").exists()
