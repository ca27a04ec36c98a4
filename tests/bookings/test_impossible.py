"""What came after a booking and makes it impossible is said at once, to its person and the site."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from bookings.actions import change
from bookings.models import Booking
from bookings.possibility import obstacles
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval
from sites.models import Closure, OpeningHours, Site, Space, Unit
from tests.api.calls import program_of
from tests.bookings.bookings import book_for
from tests.factories import (
    NOW,
    TUESDAY,
    interval,
    make_closure,
    make_manager,
    make_site,
    make_space,
    make_user,
    reads_english,
)
from tests.sites.test_admin import site_fields, space_fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MORNING = interval(TUESDAY, "09:00", "12:00")
AFTERNOON = interval(TUESDAY, "14:00", "16:00")


def booked(space: Space | None = None, times: Interval = MORNING, **fields: Any) -> Booking:
    return book_for(make_user(), space or make_space(units=3), times, **fields)


def why(booking: Booking) -> str:
    again = Booking.objects.get(pk=booking.pk)
    found = obstacles([again], NOW).get(again.pk)
    return found.code if found else ""


def close_site(booking: Booking) -> None:
    make_closure(booking.site, interval(TUESDAY, "11:00", "15:00"))


def close_space(booking: Booking) -> None:
    make_closure(booking.site, MORNING, booking.space)


def shrink_hours(booking: Booking) -> None:
    OpeningHours.objects.filter(site=booking.site).update(closes_at="11:30")


def deactivate_space(booking: Booking) -> None:
    Space.objects.filter(pk=booking.space_id).update(is_active=False)


def deactivate_site(booking: Booking) -> None:
    Site.objects.filter(pk=booking.site_id).update(is_active=False)


def observe_holidays_nowhere(booking: Booking) -> None:
    Site.objects.filter(pk=booking.site_id).update(holidays=Site.Holidays.NONE)


def retire_units(booking: Booking) -> None:
    Unit.objects.filter(space=booking.space_id).update(is_active=False)


@pytest.mark.parametrize(
    ("happens", "code"),
    [
        (close_site, "closed"),
        (close_space, "closed"),
        (shrink_hours, "outside_opening_hours"),
        (deactivate_space, "site_inactive"),
        (deactivate_site, "site_inactive"),
        (observe_holidays_nowhere, ""),
        (retire_units, ""),
    ],
)
def test_what_makes_a_booking_impossible(happens: Callable[[Booking], None], code: str) -> None:
    booking = booked()

    happens(booking)

    assert why(booking) == code


def test_a_numbered_place_taken_out_of_service_is_missed() -> None:
    booking = booked(make_space(units=3, is_fungible=False))

    retire_units(booking)

    assert why(booking) == "unit_not_offered"


def test_what_is_past_or_elsewhere_does_not_matter() -> None:
    booking, other = booked(), booked()
    close_site(other)
    make_closure(booking.site, interval(TUESDAY, "12:00", "14:00"))
    close_site(running := booked())

    assert why(booking) == ""
    assert not obstacles([running], MORNING.ends_at)


def test_it_is_said_on_every_page_of_its_person(client: Client) -> None:
    booking = booked()
    close_site(booking)
    client.force_login(reads_english(booking.person))

    page = client.get(booking.get_absolute_url())
    listed = client.get(reverse("bookings")).content.decode()
    home = client.get(reverse("home"))

    assert page.context["missed"] == {MORNING: "Closed at this time: Works."}
    assert "Closed at this time: Works." in page.content.decode()
    assert "No longer possible" in listed
    assert [one for one, _time, _reason in home.context["impossible"]] == [booking]
    assert booking.get_absolute_url() in home.content.decode()


def test_it_is_said_to_the_site_and_to_the_team(client: Client) -> None:
    booking = booked()
    close_site(booking)

    client.force_login(make_manager(booking.site))
    page = client.get(booking.get_absolute_url())
    client.force_login(make_user(is_staff=True, is_superuser=True, language="en"))
    listed = client.get("/admin/bookings/booking/")

    assert list(page.context["missed"]) == [MORNING]
    assert "Closed at this time: Works." in listed.content.decode()


def test_it_is_said_by_the_api() -> None:
    booking = booked()
    program = program_of(booking.person)
    before = program.get(f"/bookings/{booking.reference}").json()
    close_site(booking)

    one = program.get(f"/bookings/{booking.reference}").json()
    (listed,) = program.get("/bookings").json()["items"]

    assert (before["is_possible"], before["impossible_because"]) == (True, None)
    reason = {"code": "closed", "detail": "Closed at this time: Works."}
    assert (one["is_possible"], one["impossible_because"]) == (False, reason)
    assert listed == one


def test_its_note_can_still_be_edited() -> None:
    booking = booked()
    close_site(booking)
    wish = Wish(space_id=booking.space_id, intervals=(MORNING,), note="J’appelle demain")

    after = change(booking=booking, wish=wish, by=booking.person, now=NOW)

    assert (after.note, after.interval) == ("J’appelle demain", MORNING)


def closing(team: Client, site: Site, *closed: tuple[str, str]) -> tuple[str, dict[str, Any]]:
    """Return the address of the site's form and what closes it so on Tuesday."""
    url = reverse("admin:sites_site_change", args=[site.pk])
    fields = site_fields(team.get(url)) | {"closures-TOTAL_FORMS": str(len(closed))}
    for number, (starts, ends) in enumerate(closed):
        fields |= {
            f"closures-{number}-site": site.pk,
            f"closures-{number}-starts_at_0": "2026-11-24",
            f"closures-{number}-starts_at_1": starts,
            f"closures-{number}-ends_at_0": "2026-11-24",
            f"closures-{number}-ends_at_1": ends,
            f"closures-{number}-reason": "Travaux",
        }
    return url, fields


def confirmation(page: Any) -> dict[str, str]:
    ((value, _words),) = page.context["adminform"].form.fields["confirmed_for"].choices
    return {"confirmed_for": value}


def warned() -> list[int]:
    tasks = DBTaskResult.objects.filter(task_path="bookings.messages.tasks.send_booking_mail")
    told = [task.args_kwargs["args"] for task in tasks]
    return sorted(args[0] for args in told if args[1] == "impossible")


class TestClosing:
    def test_says_how_many_bookings_it_meets_before_it_is_saved(self, team: Client) -> None:
        site = make_site()
        space = make_space(site, units=3)
        met = [booked(space), booked(space, AFTERNOON)]
        booked(space, interval(TUESDAY, "17:00", "18:00"))
        url, fields = closing(team, site, ("08:00", "16:00"))

        reads_english(User.objects.get(email="boss@maillage.example"))
        asked = team.post(url, fields)
        page = asked.content.decode()

        assert asked.status_code == 200
        assert "This makes 2 bookings impossible" in page
        assert all(one.reference in page for one in met)
        assert not Closure.objects.exists()
        assert warned() == []

    def test_is_saved_once_confirmed_with_one_mail_a_booking(
        self, team: Client, run_tasks: Any
    ) -> None:
        site = make_site()
        booking = booked(make_space(site, units=3), interval(TUESDAY, "08:00", "18:00"))
        url, fields = closing(team, site, ("09:00", "10:00"), ("14:00", "15:00"))
        asked = team.post(url, fields)

        saved = team.post(url, fields | confirmation(asked))
        run_tasks()

        assert saved.status_code == 302
        assert Closure.objects.count() == 2
        assert warned() == [booking.pk]
        (warning,) = [one for one in mail.outbox if "Plus possible" in one.subject]
        assert warning.to == [booking.person.email]
        assert "Travaux" in warning.body
        assert booking.get_absolute_url() in warning.body

    def test_more_of_what_is_impossible_already_neither_asks_nor_tells_again(
        self, team: Client
    ) -> None:
        site = make_site()
        booked(make_space(site, units=3))
        make_closure(site, MORNING)
        url = reverse("admin:sites_site_change", args=[site.pk])
        fields = site_fields(team.get(url)) | {"opening_hours-0-closes_at": "11:00"}
        fields["opening_hours-1-closes_at"] = "11:00"

        assert team.post(url, hours_split(fields)).status_code == 302
        assert warned() == []

    def test_asks_again_when_somebody_has_booked_meanwhile(self, team: Client) -> None:
        site = make_site()
        space = make_space(site, units=3)
        booked(space)
        url, fields = closing(team, site, ("08:00", "16:00"))
        asked = team.post(url, fields)
        booked(space)

        again = team.post(url, fields | confirmation(asked))

        assert again.status_code == 200
        assert not Closure.objects.exists()
        assert team.post(url, fields | confirmation(again)).status_code == 302

    def test_that_meets_nobody_is_saved_at_once(self, team: Client) -> None:
        site = make_site()
        booked(make_space(site, units=3))
        url, fields = closing(team, site, ("16:00", "17:00"))

        assert team.post(url, fields).status_code == 302
        assert Closure.objects.count() == 1


def hours_split(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a page with dates and hours apart, as its widgets send them."""
    sent: dict[str, Any] = {}
    for name, value in fields.items():
        if name.startswith("closures-") and name.endswith(("starts_at", "ends_at")):
            local = value.astimezone(MORNING_ZONE)
            sent |= {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M:%S}"}
        else:
            sent[name] = value
    return sent


MORNING_ZONE = Site().zone


@pytest.mark.parametrize("what", ["hours", "site"])
def test_hours_and_a_site_that_closes_ask_too(team: Client, what: str) -> None:
    site = make_site()
    booking = booked(make_space(site, units=3))
    url = reverse("admin:sites_site_change", args=[site.pk])
    fields = site_fields(team.get(url))
    if what == "site":
        del fields["is_active"]
    else:
        fields["opening_hours-1-closes_at"] = "11:00"

    asked = team.post(url, fields)
    saved = team.post(url, fields | confirmation(asked))

    assert (asked.status_code, saved.status_code) == (200, 302)
    assert warned() == [booking.pk]


def test_a_space_that_closes_asks_too(team: Client) -> None:
    booking = booked(space := make_space(units=3))
    url = reverse("admin:sites_space_change", args=[space.pk])
    fields = space_fields()
    del fields["is_active"]

    asked = team.post(url, fields)
    saved = team.post(url, fields | confirmation(asked))

    assert (asked.status_code, saved.status_code) == (200, 302)
    assert warned() == [booking.pk]


def test_a_mail_is_not_sent_for_what_was_mended_meanwhile(team: Client, run_tasks: Any) -> None:
    site = make_site()
    booked(make_space(site, units=3))
    url, fields = closing(team, site, ("08:00", "16:00"))
    team.post(url, fields | confirmation(team.post(url, fields)))

    Closure.objects.all().delete()
    run_tasks()

    assert [one.subject for one in mail.outbox if "Plus possible" in one.subject] == []


def test_many_bookings_are_looked_at_in_four_queries(django_assert_max_num_queries: Any) -> None:
    for _ in range(4):
        space = make_space(units=3)
        booked(space)
        booked(space, interval(TUESDAY + timedelta(days=1), "09:00", "12:00"))
    every = list(Booking.objects.select_related("site", "space"))

    with django_assert_max_num_queries(4):
        assert not obstacles(every, NOW)
