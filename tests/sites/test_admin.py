from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from network.models import User
from sites.actions import add_units
from sites.admin.calendars import ClosureInline, OpeningHoursInline, StopInline
from sites.models import Closure, OpeningHours, Site, Space, Unit
from tests.factories import NOW, at, make_commune, make_site, make_space, make_user
from tests.sites.forms import site_fields as filled

pytestmark = pytest.mark.django_db


def count_queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    "name", ["site", "space", "service", "equipment", "specialisation", "label"]
)
def test_lists_take_as_many_queries_for_many_rows_as_for_few(team: Client, name: str) -> None:
    make_space(make_site())
    url = reverse(f"admin:sites_{name}_changelist")
    few = count_queries(team, url)
    for _ in range(6):
        make_space(make_site(), units=3)

    assert count_queries(team, url) == few


@pytest.mark.parametrize(
    "words", ["67070 Strasbourg cedex 9", "Straßburg", "67000", "hibou", "le-hibou"]
)
def test_a_site_is_found_as_on_the_public_pages_and_by_its_short_name(
    team: Client, words: str
) -> None:
    commune = make_commune("Strasbourg", postal_code="67000")
    commune.names.create(name="Straßburg", search_key="strassburg")
    make_site("Le Hibou", slug="le-hibou", commune=commune, postal_code="67000")
    make_site("Other", slug="other", commune=make_commune("Barr"), postal_code="67140")

    page = team.get(reverse("admin:sites_site_changelist"), {"q": words})

    assert [site.slug for site in page.context["cl"].result_list] == ["le-hibou"]


@pytest.mark.parametrize("closes", ["24:00", "00:00", "00:00:00"])
def test_a_day_may_end_at_24_or_at_0(team: Client, closes: str) -> None:
    inline = OpeningHoursInline(Site, admin.site)
    request = RequestFactory().get("/")
    request.user = User.objects.get()
    fields = inline.get_formset(request).form().fields

    assert fields["closes_at"].clean(closes) == time(0)
    with pytest.raises(ValidationError):
        fields["opens_at"].clean("24:00")


@pytest.mark.parametrize("inline", [ClosureInline, StopInline])
@pytest.mark.parametrize(
    ("day", "clock", "ends"),
    [
        ("2026-12-24", "24:00", at(date(2026, 12, 25), "00:00")),
        ("2026-12-24", "24:00:00", at(date(2026, 12, 25), "00:00")),
        ("2026-12-31", "24:00", at(date(2027, 1, 1), "00:00")),
        ("2026-10-25", "24:00", at(date(2026, 10, 26), "00:00")),
        ("2026-12-24", "00:00", at(date(2026, 12, 24), "00:00")),
        ("2026-12-24", "18:30", at(date(2026, 12, 24), "18:30")),
    ],
)
def test_closures_and_stops_end_at_24_too(
    team: Client, inline: Any, day: str, clock: str, ends: datetime
) -> None:
    field = ends_field(inline)

    assert field.clean([day, clock]) == ends


@pytest.mark.parametrize(("day", "clock"), [("9999-12-31", "24:00"), ("x", "24:00"), ("", "25:00")])
def test_an_end_that_no_calendar_holds_is_refused(team: Client, day: str, clock: str) -> None:
    with pytest.raises(ValidationError):
        ends_field(ClosureInline).clean([day, clock])


def ends_field(inline: Any) -> Any:
    request = RequestFactory().get("/")
    request.user = User.objects.get()
    return inline(Site, admin.site).get_formset(request).form().fields["ends_at"]


def test_somebody_who_is_not_of_the_team_does_not_get_in(client: Client) -> None:
    client.force_login(make_user())

    assert client.get(reverse("admin:sites_site_changelist"), follow=True).status_code == 403


def space_fields(**fields: Any) -> dict[str, Any]:
    return {
        "name": "Grand plateau",
        "kind": "desk",
        "capacity": "4",
        "sold_by": "place",
        "is_fungible": "on",
        "min_minutes": "30",
        "max_minutes": "1440",
        "advance_days": "90",
        "position": "0",
        "is_active": "on",
        "units-TOTAL_FORMS": "0",
        "units-INITIAL_FORMS": "0",
        "video_endpoints-TOTAL_FORMS": "0",
        "video_endpoints-INITIAL_FORMS": "0",
    } | fields


def test_a_new_space_sold_by_place_gets_a_unit_for_each_place(team: Client) -> None:
    site = make_site()

    answer = team.post(reverse("admin:sites_space_add"), space_fields(site=site.pk))

    assert answer.status_code == 302
    space = Space.objects.get(name="Grand plateau")
    units = space.units.order_by("pk")
    assert [unit.label for unit in units] == ["1", "2", "3", "4"]
    assert {unit.site_id for unit in units} == {site.pk}


def test_a_new_space_sold_whole_gets_one_unit(team: Client) -> None:
    fields = space_fields(site=make_site().pk, kind="meeting_room", sold_by="whole")

    team.post(reverse("admin:sites_space_add"), fields)

    assert Space.objects.get(name="Grand plateau").units.count() == 1


def test_units_are_added_by_number_after_those_there_are(team: Client) -> None:
    space = make_space(units=3)

    fields = space_fields(
        **{"more_units": "2", "units-TOTAL_FORMS": "3", "units-INITIAL_FORMS": "3"}
    )
    for number, unit in enumerate(space.units.order_by("pk")):
        fields |= {
            f"units-{number}-id": unit.pk,
            f"units-{number}-space": space.pk,
            f"units-{number}-label": unit.label,
            f"units-{number}-is_active": "on",
        }
    answer = team.post(reverse("admin:sites_space_change", args=[space.pk]), fields)

    assert answer.status_code == 302
    assert [unit.label for unit in space.units.order_by("pk")] == ["1", "2", "3", "4", "5"]


def test_a_unit_written_by_hand_is_of_its_spaces_site(team: Client) -> None:
    site = make_site()

    fields = space_fields(
        **{"site": site.pk, "units-TOTAL_FORMS": "1", "units-0-label": "Fenêtre"},
        **{"units-0-is_active": "on"},
    )
    team.post(reverse("admin:sites_space_add"), fields)

    unit = Unit.objects.get()
    assert (unit.label, unit.site) == ("Fenêtre", site)


def test_absurdly_many_units_are_refused(team: Client) -> None:
    fields = space_fields(site=make_site().pk, more_units="100000")

    answer = team.post(reverse("admin:sites_space_add"), fields)

    assert "more_units" in answer.context["adminform"].form.errors
    assert not Space.objects.exists()


def test_units_with_words_for_labels_do_not_disturb_the_numbering() -> None:
    space = make_space(units=0, capacity=9)
    Unit.objects.create(site=space.site, space=space, label="Fenêtre")
    Unit.objects.create(site=space.site, space=space, label="7")

    added = add_units(space=space, count=2)

    assert [unit.label for unit in added] == ["8", "9"]


def site_fields(page: Any) -> dict[str, Any]:
    """Return what a browser would send back of the page, nothing changed."""
    fields: dict[str, Any] = {}
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if bound.name == "services" or value is None or value is False:
                continue
            fields[bound.html_name] = "on" if value is True else value
    return fields


def test_hours_that_overlap_are_refused(team: Client) -> None:
    site = make_site(hours=(("08:00", "12:00"),))
    url = reverse("admin:sites_site_change", args=[site.pk])
    fields = site_fields(team.get(url)) | {
        "opening_hours-TOTAL_FORMS": "6",
        "opening_hours-5-site": site.pk,
        "opening_hours-5-weekday": "0",
        "opening_hours-5-opens_at": "11:00",
        "opening_hours-5-closes_at": "14:00",
    }

    answer = team.post(url, fields)

    assert answer.status_code == 200
    assert OpeningHours.objects.filter(site=site).count() == 5


def test_a_space_added_on_the_sites_page_can_be_booked_at_once(team: Client) -> None:
    site = make_site()
    url = reverse("admin:sites_site_change", args=[site.pk])
    fields = site_fields(team.get(url)) | {
        "spaces-TOTAL_FORMS": "1",
        "spaces-0-site": site.pk,
        "spaces-0-name": "Salle claire",
        "spaces-0-kind": "desk",
        "spaces-0-capacity": "5",
        "spaces-0-sold_by": "place",
        "spaces-0-position": "0",
        "spaces-0-is_active": "on",
    }

    answer = team.post(url, fields)

    assert answer.status_code == 302
    assert Space.objects.get(name="Salle claire").units.count() == 5


def test_a_closure_offers_the_spaces_of_its_own_site_only(team: Client) -> None:
    site, other = make_site(), make_site()
    mine, _ = make_space(site, name="Ici"), make_space(other, name="Ailleurs")

    page = team.get(reverse("admin:sites_site_change", args=[site.pk]))

    closures = page.context["inline_admin_formsets"][1].formset
    assert list(closures.empty_form.fields["space"].queryset) == [mine]


@time_machine.travel(NOW, tick=False)
def test_closures_that_are_over_do_not_lengthen_the_page(team: Client) -> None:
    site = make_site()
    for days, reason in ((-30, "Peinture"), (5, "Inventaire")):
        starts_at = NOW + timedelta(days=days)
        Closure.objects.create(
            site=site, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), reason=reason
        )

    page = team.get(reverse("admin:sites_site_change", args=[site.pk])).content.decode()

    assert "Inventaire" in page
    assert "Peinture" not in page


@pytest.mark.parametrize("code", ["x", "6722", "6722A", "٦٧٢٢٠", "CH-40"])
def test_a_postcode_of_a_site_is_five_digits(team: Client, code: str) -> None:
    site = make_site(postal_code="67220")
    page = reverse("admin:sites_site_change", args=[site.pk])

    answer = team.post(page, filled(site, postal_code=code))

    assert answer.context["adminform"].form.errors == {
        "postal_code": ["Saisissez les cinq chiffres du code postal."]
    }


def test_the_hours_of_a_site_are_headed_in_words(team: Client) -> None:
    site = make_site(hours=(("17:45", "00:00"),))

    with translation.override("fr"):
        told = str(site.opening_hours.get(weekday=0))

    assert " ".join(told.replace("\u2060", "").split()) == "lundi 17 h 45 – 24 h"
