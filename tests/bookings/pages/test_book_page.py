"""From a slot to a confirmed booking, as a browser without script does it."""

import html
import uuid
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.actions import book, cancel
from bookings.errors import NoUnitFree
from bookings.models import Booking
from bookings.templatetags.slots import book_url
from bookings.views import book as views
from bookings.wishes import Wish
from network.models import User
from sites.models import Space
from tests.factories import MONDAY, NOW, PARIS, TUESDAY, interval, make_site, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
AT = "2026-11-24T08:00+01:00/2026-11-24T12:00+01:00"
MORNING = interval(TUESDAY, "08:00", "12:00")


def address(space: Space) -> str:
    return reverse("book", args=[space.pk])


def confirm(client: Client, space: Space, **fields: Any) -> Any:
    return client.post(address(space), {"at": AT, "people": "1", "key": str(uuid.uuid4())} | fields)


def test_what_is_about_to_be_booked_is_shown_to_anybody(client: Client) -> None:
    space = make_space(make_site("La Fabrique"), name="Grande salle")

    page = client.get(address(space), {"at": AT})

    text = html.unescape(page.content.decode())
    assert page.context["form"].errors == {}
    for words in ("Grande salle", "La Fabrique", "1 place de la Mairie", "mardi 24 novembre"):
        assert words in text
    assert "jusqu’au début" in text
    assert space.site.access_notes not in text


def test_the_choice_is_shown_then_booked_then_confirmed(client: Client, person: User) -> None:
    space = make_space(make_site("La Fabrique"))

    review = client.get(address(space), {"at": AT})
    answer = client.post(
        address(space), {"at": AT, "people": "1", "key": review.context["form"]["key"].value()}
    )
    booking = Booking.objects.get()
    page = client.get(answer["Location"]).content.decode()

    assert review.context["preview"].refusal is None
    assert answer["Location"] == booking.get_absolute_url()
    for words in (booking.reference, "La Fabrique", space.site.address, space.site.access_notes):
        assert words in page
    assert reverse("booking-event", args=[booking.reference]) in page


def test_pressing_twice_books_once(client: Client, person: User) -> None:
    space, key = make_space(units=5), str(uuid.uuid4())

    first = confirm(client, space, key=key)
    second = confirm(client, space, key=key)

    assert first["Location"] == second["Location"]
    assert Booking.objects.count() == 1


def test_a_place_just_taken_is_refused_with_what_else_is_free(client: Client, person: User) -> None:
    site = make_site()
    space, other = make_space(site, units=1), make_space(site, units=1)
    rival = make_user()
    book(wish=Wish(space_id=space.pk, intervals=(MORNING,)), person=rival, by=rival, now=NOW)

    response = confirm(client, space, note="I like windows")

    assert response.status_code == 409
    assert response.context["preview"].refusal.code == "no_unit_free"
    free = [one.space.id for found in response.context["alternatives"] for one in found.spaces]
    assert other.pk in free
    assert Booking.objects.filter(person=person).count() == 0


def test_for_a_day_that_is_over_today_is_offered_and_said_to_be(
    client: Client, person: User
) -> None:
    space = make_space()
    over = interval(NOW.date() - timedelta(days=3), "08:00", "12:00")

    page = client.get(book_url(space.pk, [over], PARIS)).content.decode()

    assert "Libre sur ce site le lundi 23 novembre" in page
    assert "on=2026-11-23" in page
    assert "on=2026-11-20" not in page


def test_a_split_over_several_days_is_said_before_it_is_confirmed(
    client: Client, person: User
) -> None:
    space = make_space(units=2, is_fungible=False)
    rivals = [make_user(), make_user()]
    wednesday = interval(TUESDAY.replace(day=25), "08:00", "12:00")
    one, two = space.units.order_by("label")
    for rival, unit, times in ((rivals[0], one, MORNING), (rivals[1], two, wednesday)):
        book(
            wish=Wish(space_id=space.pk, intervals=(times,), unit_id=unit.pk),
            person=rival,
            by=rival,
            now=NOW,
        )
    both = [AT, "2026-11-25T08:00+01:00/2026-11-25T12:00+01:00"]

    preview = client.get(address(space), {"at": both}).context["preview"]

    assert preview.is_split
    assert preview.units == [["2"], ["1"]]


def test_free_hours_come_from_a_plain_form(client: Client, person: User) -> None:
    space = make_space()

    response = client.get(
        address(space), {"on": TUESDAY.isoformat(), "starts": "09:00", "ends": "11:30"}
    )

    assert list(response.context["intervals"]) == [interval(TUESDAY, "09:00", "11:30")]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"at": "nonsense"},
        {"at": "2026-11-24T08:00/2026-11-24T12:00"},
        {"at": "0001-01-01T00:00+01:00/0001-01-02T00:00+01:00"},
        {"at": f"{AT}/{AT}"},
        {"at": [AT] * 200},
        {"on": "2026-11-24"},
        {"on": "x", "starts": "y", "ends": "z"},
    ],
)
def test_nonsense_times_are_a_bad_request(
    client: Client, person: User, query: dict[str, Any]
) -> None:
    assert client.get(address(make_space()), query).status_code == 400


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2026-11-24T12:00+01:00/2026-11-24T08:00+01:00", "ends_before_start"),
        ("2026-11-20T08:00+01:00/2026-11-20T12:00+01:00", "in_the_past"),
        ("2026-11-24T08:00+01:00/9999-11-24T12:00+01:00", "too_far_ahead"),
        ("2026-11-24T08:07+01:00/2026-11-24T12:00+01:00", "off_grid"),
        ("2026-11-24T03:00+01:00/2026-11-24T12:00+01:00", "outside_opening_hours"),
    ],
)
def test_times_that_cannot_be_are_refused_in_words(
    client: Client, person: User, at: str, code: str
) -> None:
    response = confirm(client, make_space(), at=at)

    assert response.status_code == 409
    assert response.context["preview"].refusal.code == code
    assert Booking.objects.count() == 0


@pytest.mark.parametrize("fields", [{"people": "0"}, {"people": "x"}, {"note": "x" * 501}])
def test_a_field_that_makes_no_sense_keeps_what_was_typed(
    client: Client, person: User, fields: dict[str, str]
) -> None:
    response = confirm(client, make_space(units=3), **fields)

    assert response.context["form"].errors
    assert response.context["form"].data["people"] == fields.get("people", "1")
    assert Booking.objects.count() == 0


@pytest.mark.parametrize(
    ("taken", "asked", "words"),
    [(0, 4, "Cet espace accueille 3 personnes"), (1, 3, "Plus rien n’est libre ici")],
)
def test_too_many_people_can_be_corrected_where_it_is_refused(
    client: Client, person: User, taken: int, asked: int, words: str
) -> None:
    space, other = make_space(units=3), make_user()
    if taken:
        wish = Wish(space_id=space.pk, intervals=(interval(TUESDAY, "09:00", "12:00"),))
        book(wish=wish, person=other, by=other, now=NOW)

    refused = confirm(client, space, people=str(asked), note="Avec un chien")
    page = html.unescape(refused.content.decode())
    mended = confirm(client, space, people="2", note="Avec un chien", key=key_of(refused))

    assert refused.status_code == 409
    assert words in page
    assert 'name="people"' in page
    assert "Avec un chien" in page
    assert mended["Location"] == Booking.objects.get(person=person).get_absolute_url()


def test_a_refusal_about_people_stands_at_their_field(client: Client, person: User) -> None:
    response = client.get(address(make_space(units=3)), {"at": AT, "people": "99"})

    assert response.context["form"].errors == {"people": ["Cet espace accueille 3 personnes."]}
    page = html.unescape(response.content.decode())
    assert page.count("Cet espace accueille 3 personnes.") == 2
    assert 'href="#id_people"' in page


def test_a_place_for_one_asked_for_two_can_be_had_for_one(client: Client, person: User) -> None:
    page = client.get(address(make_space()), {"at": AT, "people": "2"})

    assert 'name="people" value="2"' in page.content.decode()


def test_a_shut_site_is_refused_without_a_form(client: Client, person: User) -> None:
    shut = "2026-11-29T09:00+01:00/2026-11-29T12:00+01:00"

    page = html.unescape(client.get(address(make_space()), {"at": shut}).content.decode())

    assert "Le site n’est pas ouvert le dimanche 29 novembre." in page
    assert 'name="note"' not in page


def test_an_unknown_or_inactive_space_is_not_found(client: Client, person: User) -> None:
    assert client.get(reverse("book", args=[999_999]), {"at": AT}).status_code == 404
    assert client.get(address(make_space(is_active=False)), {"at": AT}).status_code == 404


def test_confirming_needs_the_forms_own_token(person: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)

    assert confirm(strict, make_space()).status_code == 403
    assert Booking.objects.count() == 0


def test_the_same_as_last_time_is_two_clicks_from_home(client: Client, person: User) -> None:
    space = make_space(make_site("La Fabrique"))
    book(
        wish=Wish(space_id=space.pk, intervals=(interval(MONDAY, "11:00", "12:00"),)),
        person=person,
        by=person,
        now=NOW,
    )
    with time_machine.travel(interval(TUESDAY, "08:00", "09:00").starts_at, tick=False):
        again = client.get(reverse("home")).context["again"][0]
        query = {"at": "2026-11-30T11:00+01:00/2026-11-30T12:00+01:00"}

        response = client.get(address(again.booking.space), query)

    assert list(response.context["intervals"]) == list(again.intervals)


def test_a_confirmation_asks_each_thing_once(client: Client, person: User) -> None:
    first, second = make_space(), make_space()
    later = {"at": "2026-11-25T08:00+01:00/2026-11-25T12:00+01:00"}
    confirm(client, first)

    with CaptureQueriesContext(connection) as asked:
        answer = confirm(client, second, **later)

    statements = [query["sql"] for query in asked.captured_queries]
    assert answer.status_code == 302
    assert sum("FOR NO KEY UPDATE" in one for one in statements) in {0, 2}  # none on SQLite
    assert sum('FROM "bookings_idempotentanswer"' in one for one in statements) == 1
    assert sum(one.startswith("SAVEPOINT") for one in statements) == 1  # as the test has its own
    assert len(statements) == 17


def test_a_form_without_a_key_is_one_booking_each_time(client: Client, person: User) -> None:
    space = make_space(units=2)

    first = confirm(client, space, key="")
    cancel(booking=Booking.objects.get(), by=person, now=NOW)
    second = confirm(client, space, key="")

    assert [first.status_code, second.status_code] == [302, 302]
    assert Booking.objects.count() == 2


def test_a_refusal_is_told_also_when_the_place_is_free_again(client: Client, person: User) -> None:
    space = make_space()
    refusal = NoUnitFree("Somebody has just taken this. Choose another one.")

    with mock.patch.object(views, "book_over", side_effect=refusal):
        page = confirm(client, space)
    again = client.post(address(space), {"at": AT, "people": "1", "key": key_of(page)})

    assert page.status_code == 409
    assert "Somebody has just taken this" in page.content.decode()
    assert again["Location"] == Booking.objects.get().get_absolute_url()


def test_a_page_confirmed_before_with_another_note_says_so_and_can_be_confirmed_anew(
    client: Client, person: User
) -> None:
    space, key = make_space(units=2), str(uuid.uuid4())
    confirm(client, space, key=key)
    cancel(booking=Booking.objects.get(), by=person, now=NOW)

    page = confirm(client, space, key=key, note="By the window")
    confirm(client, space, key=key_of(page), note="By the window")

    assert page.status_code == 409
    assert page.context["refusal"].code == "idempotency_key_reused"
    assert page.context["form"]["note"].value() == "By the window"
    assert Booking.objects.active().get().note == "By the window"


def key_of(page: Any) -> str:
    return str(page.context["form"]["key"].value())


def test_people_who_are_none_are_refused_and_nothing_is_booked(client: Client) -> None:
    client.force_login(make_user())

    page = confirm(client, make_space(capacity=4), people="0")

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"people"}
    assert not Booking.objects.exists()
