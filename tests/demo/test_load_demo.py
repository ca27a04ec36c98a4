from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker
from stdnum.fr import siret

from bookings.actions import book
from bookings.models import Allocation, Booking
from bookings.wishes import Wish
from demo.loading import load_demo
from demo.people import DEMO_PASSWORD, sign_in_emails
from network.models import Membership, Organisation, User
from sites.geo import Point, distance_km
from sites.intervals import Interval
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
from sites.openings import load_openings
from tests.factories import NOW, PARIS, interval

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load once for all tests of this file, and leave nothing."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(TODAY)
        yield
        transaction.set_rollback(True)


def overlaps(intervals: Iterable[tuple[datetime, datetime]]) -> bool:
    ordered = sorted(intervals)
    return any(later[0] < earlier[1] for earlier, later in zip(ordered, ordered[1:], strict=False))


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


def test_organisations_have_valid_and_fictional_sirets() -> None:
    numbers = Organisation.objects.values_list("siret", flat=True)

    assert len(set(numbers)) == len(numbers) >= 15
    assert all(siret.is_valid(number) and number.startswith("000") for number in numbers)


def test_everybody_announced_can_sign_in() -> None:
    people = User.objects.in_bulk(sign_in_emails(), field_name="email")
    verified = EmailAddress.objects.filter(verified=True, primary=True)

    assert len(people) == 65
    assert check_password(DEMO_PASSWORD, people["teleworker60@maillage.example"].password)
    assert len({person.password for person in people.values()}) == 1
    assert set(verified.values_list("email", flat=True)) >= set(people)
    assert all(person.is_active for person in people.values())


def test_other_members_have_no_password() -> None:
    others = User.objects.exclude(email__in=sign_in_emails())

    assert others.count() == 600
    assert not any(person.has_usable_password() for person in others)
    assert not others.filter(is_staff=True).exists()


def test_each_persona_is_what_its_log_in_says() -> None:
    def roles(login: str) -> set[tuple[str, str]]:
        rows = Membership.objects.filter(person__email=f"{login}@maillage.example")
        return set(rows.values_list("organisation__capacities__kind", "role"))

    assert roles("employer") == {("employer", "administrator")}
    assert roles("manager") == {("operator", "manager")}
    assert roles("collectivity") == {
        ("collectivity", "administrator"),
        ("employer", "administrator"),
    }
    assert roles("teleworker") == {("employer", "member")}
    manager = User.objects.get(email="manager@maillage.example")
    assert "La Fabrique de Villé" in {site.name for site in Site.objects.run_by(manager)}
    team = User.objects.filter(is_staff=True, is_superuser=False, groups__name="Network team")
    assert [person.email for person in team] == ["team@maillage.example"]


def test_no_unit_and_no_person_is_taken_twice_at_once() -> None:
    of_unit, of_person = defaultdict(list), defaultdict(list)
    rows = Allocation.objects.holding().values_list(
        "unit", "booking__person", "starts_at", "ends_at"
    )
    for unit, person, starts_at, ends_at in rows:
        of_unit[unit].append((starts_at, ends_at))
        of_person[person].append((starts_at, ends_at))

    assert not any(overlaps(intervals) for intervals in of_unit.values())
    assert not any(overlaps(intervals) for intervals in of_person.values())


def test_all_time_taken_is_open_time_of_one_local_day_on_the_grid() -> None:
    sites = Site.objects.in_bulk()
    openings = load_openings(
        sites.values(), TODAY - timedelta(days=190), TODAY + timedelta(days=40)
    )
    rows = Allocation.objects.values_list("site", "space", "starts_at", "ends_at").distinct()

    for site_id, space_id, starts_at, ends_at in rows:
        day = starts_at.astimezone(PARIS).date()
        opening = openings.open_intervals(sites[site_id], day, space_id)
        taken = Interval(starts_at, ends_at)
        assert any(hours.covers(taken) for hours in opening), (sites[site_id], starts_at)
        assert starts_at.minute % 15 == ends_at.minute % 15 == 0


def test_a_booking_spans_its_allocations_and_fits_its_space() -> None:
    bookings = Booking.objects.select_related("space").prefetch_related("allocations")

    for booking in bookings.order_by("pk")[:4000]:
        parts = sorted(one.interval for one in booking.allocations.all())
        assert (parts[0].starts_at, parts[-1].ends_at) == (booking.starts_at, booking.ends_at)
        assert booking.people <= booking.space.capacity
        assert len({one.unit_id for one in booking.allocations.all()}) == 1


def test_a_day_where_lunch_closes_is_one_booking_of_two_parts() -> None:
    booking = (
        Booking.objects.filter(site__slug="schirmeck-la-scierie", space__kind="desk")
        .filter(starts_at__hour=8, ends_at__hour=17)
        .first()
    )

    assert booking is not None
    assert booking.allocations.count() == 2


def test_some_offices_are_taken_for_a_week() -> None:
    offices = Booking.objects.filter(space__kind="office")

    lengths = {booking.ends_at - booking.starts_at for booking in offices}

    assert max(lengths) > timedelta(days=4)


def test_bookings_were_made_before_their_time_and_before_now() -> None:
    midnight = datetime(2026, 11, 22, 23, tzinfo=UTC)

    for created_at, changed_at, starts_at in Booking.objects.values_list(
        "created_at", "changed_at", "starts_at"
    ):
        assert created_at <= changed_at <= midnight
        assert created_at < starts_at


def test_the_week_has_the_pattern_of_partial_telework() -> None:
    past = Booking.objects.filter(starts_at__lt=NOW, space__kind="desk")
    week = Counter(
        starts_at.astimezone(PARIS).weekday()
        for starts_at in past.values_list("starts_at", flat=True)
    )

    assert week[1] > week[0] > week[4]
    assert week[3] > week[2] > week[4]
    assert week[6] == 0


def test_august_is_quieter_than_october() -> None:
    august = Booking.objects.filter(starts_at__month=8).count()
    october = Booking.objects.filter(starts_at__month=10).count()

    assert august < 0.6 * october


def test_about_six_in_a_hundred_are_cancelled_and_hold_nothing() -> None:
    cancelled = Booking.objects.filter(status=Booking.Status.CANCELLED)

    assert 0.04 < cancelled.count() / Booking.objects.count() < 0.08
    assert not Allocation.objects.holding().filter(booking__in=cancelled).exists()
    assert not Allocation.objects.exclude(booking__in=cancelled).filter(status="released").exists()


def test_history_goes_back_six_months_and_forward_three_weeks() -> None:
    first = Booking.objects.order_by("starts_at").values_list("starts_at", flat=True)[0]
    last = Booking.objects.order_by("-starts_at").values_list("starts_at", flat=True)[0]

    assert first.date() <= TODAY - timedelta(days=180)
    assert TODAY + timedelta(days=14) < last.date() <= TODAY + timedelta(days=21)


def test_the_teleworker_was_in_ville_last_tuesday_and_will_come_again() -> None:
    person = User.objects.get(email="teleworker@maillage.example")
    days = {
        booking.starts_at.astimezone(PARIS).date()
        for booking in person.bookings.filter(site__slug="la-fabrique-de-ville")
    }

    assert date(2026, 11, 17) in days
    assert {date(2026, 12, 1), date(2026, 12, 3)} <= days
    assert len(days) > 25


def test_in_ville_several_desks_are_free_every_weekday_to_come() -> None:
    space = Space.objects.get(site__slug="la-fabrique-de-ville", kind="desk")

    for number in range(22):
        day = TODAY + timedelta(days=number)
        whole = interval(day, "00:00", "24:00")
        taken = Allocation.objects.holding().between(whole).filter(space=space)
        assert space.units.count() - taken.values("unit").distinct().count() >= 4


def test_those_who_try_the_demo_find_the_week_to_come_free() -> None:
    upcoming = Booking.objects.active().filter(
        person__email__in=sign_in_emails(), ends_at__gt=datetime(2026, 11, 22, 23, tzinfo=UTC)
    )

    assert {booking.person.email for booking in upcoming} == {"teleworker@maillage.example"}
    assert min(booking.starts_at for booking in upcoming) > NOW + timedelta(days=7)


def test_a_new_booking_fits_between_the_invented_ones() -> None:
    space = Space.objects.get(site__slug="la-fabrique-de-ville", kind="desk")
    person = User.objects.get(email="teleworker01@maillage.example")
    wish = Wish(
        space_id=space.pk, intervals=(interval(TODAY + timedelta(days=1), "09:00", "12:00"),)
    )

    booking = book(wish=wish, person=person, by=person, now=NOW)

    assert booking.is_active


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
