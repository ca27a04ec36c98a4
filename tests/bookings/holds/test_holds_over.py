"""A hold at its end, given up, confirmed before or somebody else's: nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from bookings.actions import book
from bookings.models import Booking, Hold
from bookings.wishes import Wish
from sites.models import Site, Space, Unit
from tests.bookings.holds.visiting import (
    AT,
    LEA,
    MORNING,
    NOTE,
    address,
    held,
    press,
    text_of,
    type_code,
)
from tests.factories import NOW, make_site, make_space, make_user
from tests.network.people import code_in, mails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
INVENTED = "/hold/inventedinventedinven/"
FIFTEEN = timedelta(minutes=15)


def test_no_longer_wanted_it_is_free_for_others_and_the_form_is_as_it_was(client: Client) -> None:
    space = make_space()
    page = held(client, space)

    back = client.post(page, {"action": "release"}, follow=True)

    assert "Ce n’est plus gardé pour vous." in text_of(back)
    assert back.context["form"]["note"].value() == NOTE
    assert back.context["form"]["email"].value() == LEA
    assert UUID(back.context["form"]["key"].value()).version == 4
    assert press(Client(REMOTE_ADDR="192.0.2.7"), space).status_code == 302


def without_address(answer: Any) -> list[str]:
    """Return the lines of a page that tell neither its own address nor a form's token."""
    lines = text_of(answer).splitlines()
    return [line for line in lines if "hold" not in line and "csrf" not in line.lower()]


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1), timedelta(hours=3)])
@pytest.mark.parametrize("is_tidied", [False, True])
def test_a_code_typed_late_leads_back_to_the_slot_with_all_that_was_typed(
    client: Client, frozen: time_machine.Traveller, late: timedelta, is_tidied: bool
) -> None:
    space = make_space(units=3)
    page = held(client, space, people="2")
    frozen.shift(FIFTEEN + late)
    if is_tidied:
        Hold.objects.all().delete()

    answers = [
        client.get(page, follow=True),
        client.post(page, {"code": code_in(mails()[0])}, follow=True),
    ]

    for answer in answers:
        form = answer.context["form"]
        assert answer.request["PATH_INFO"] == address(space)
        assert "le temps est écoulé" in text_of(answer)
        assert {name: form[name].value() for name in ("people", "note", "email")} == {
            "people": "2",
            "note": NOTE,
            "email": LEA,
        }
        assert list(answer.context["intervals"]) == [MORNING]
    assert not Booking.objects.exists()


def test_one_second_before_its_end_it_is_confirmed(
    client: Client, frozen: time_machine.Traveller
) -> None:
    page = held(client, make_space())
    frozen.shift(FIFTEEN - timedelta(seconds=1))

    type_code(client, page)

    assert Booking.objects.get().person.email == LEA


def test_a_slot_that_went_meanwhile_is_answered_with_others(
    client: Client, frozen: time_machine.Traveller
) -> None:
    site = make_site()
    space, other = make_space(site), make_space(site)
    page = held(client, space)
    frozen.shift(FIFTEEN)
    rival = make_user()
    book(
        wish=Wish(space_id=space.pk, intervals=(MORNING,)),
        person=rival,
        by=rival,
        now=NOW + FIFTEEN,
    )

    answer = client.get(page, follow=True)

    assert answer.context["preview"].refusal.code == "no_unit_free"
    found = [one.space.id for site in answer.context["alternatives"] for one in site.spaces]
    assert other.pk in found
    assert "le temps est écoulé" in text_of(answer)
    assert "Tout ce que vous aviez tapé" not in text_of(answer)
    instead = client.get(address(other), {"at": AT})
    assert "Tout ce que vous aviez tapé est encore là." in text_of(instead)
    assert instead.context["form"]["note"].value() == NOTE
    assert instead.context["form"]["email"].value() == LEA
    press(client, other)
    later = client.get(address(other), {"at": AT.replace("-24T", "-25T")})
    assert later.context["form"]["note"].value() == ""


def test_a_form_that_outlived_its_session_leads_back_with_all_that_was_typed(
    client: Client,
) -> None:
    space = make_space()
    shown = client.get(held(client, space))
    client.cookies.clear()

    fields = dict(shown.context["typed"]) | {"code": "123456"}
    answer = client.post(shown.request["PATH_INFO"], fields, follow=True)

    assert answer.request["PATH_INFO"] == address(space)
    assert "Votre session a pris fin" in text_of(answer)
    form = answer.context["form"]
    assert (form["note"].value(), form["email"].value()) == (NOTE, LEA)


def test_who_is_signed_in_and_sends_a_form_of_another_session_is_told_what_is_true(
    client: Client,
) -> None:
    space = make_space(units=2)
    shown = client.get(held(client, space))
    other = Client()
    other.force_login(make_user())

    fields = dict(shown.context["typed"]) | {"action": "confirm"}
    answer = other.post(shown.request["PATH_INFO"], fields, follow=True)

    assert answer.request["PATH_INFO"] == address(space)
    assert "Nous ne gardons pas ceci pour vous" in text_of(answer)
    assert "session" not in text_of(answer).partition("<main")[2]
    assert not Booking.objects.exists()
    assert Hold.objects.get().is_live(NOW)


@pytest.mark.parametrize("space", ["", "x", "-1", "9" * 30, "١"])
def test_a_form_about_no_space_is_not_found(client: Client, space: str) -> None:
    assert client.post("/hold/invented/", {"space": space, "at": AT}).status_code == 404


def test_what_somebody_else_holds_does_not_exist(client: Client) -> None:
    page = held(client, make_space())
    code = code_in(mails()[0])
    stranger, signed_in, holder = Client(), Client(), Client(REMOTE_ADDR="192.0.2.7")
    signed_in.force_login(make_user())
    held(holder, make_space(), "eve@maillage.example")

    for other in (stranger, signed_in, holder):
        assert other.get(page).status_code == 404
        assert "dans un autre navigateur" in text_of(other.get(page))
        assert without_address(other.get(page)) == without_address(other.get(INVENTED))
        for fields in ({"code": code}, {"action": "confirm"}, {"action": "release"}):
            assert other.post(page, fields).status_code == 404
    assert Hold.objects.get(email=LEA).is_live(NOW)
    assert not Booking.objects.exists()


def test_what_a_session_without_a_name_holds_is_no_other_nameless_sessions(client: Client) -> None:
    page = held(client, make_space())
    Hold.objects.update(session="")

    assert Client().get(page).status_code == 404


def test_the_back_key_after_confirming_leads_to_the_booking(client: Client) -> None:
    space = make_space(units=3)
    page = held(client, space)
    booked = type_code(client, page)["Location"]

    assert client.get(page)["Location"] == booked
    for fields in ({"code": "123456"}, {"action": "confirm"}, {"action": "release"}):
        assert client.post(page, fields)["Location"] == booked
    assert Booking.objects.active().count() == 1


def test_the_back_key_to_the_check_page_says_that_it_is_booked(client: Client) -> None:
    space = make_space(units=3)
    booked = type_code(client, held(client, space))["Location"]

    same = client.get(address(space), {"at": AT})
    longer = client.get(address(space), {"at": AT.replace("12:00", "13:00")})

    assert "C’est déjà réservé" in text_of(same)
    assert f'href="{booked}"' in text_of(same)
    assert "C’est déjà réservé" not in text_of(longer)
    assert longer.context["preview"].refusal.code == "overlapping_own_booking"


def test_the_back_key_while_it_is_held_leads_to_the_hold(client: Client) -> None:
    space = make_space()
    page = held(client, space)

    assert client.get(address(space), {"at": AT})["Location"] == page
    assert press(client, space)["Location"] == page


def stop_space(space: Space) -> None:
    Space.objects.filter(pk=space.pk).update(is_active=False)


def stop_site(space: Space) -> None:
    Site.objects.filter(pk=space.site_id).update(is_active=False)


def stop_units(space: Space) -> None:
    Unit.objects.filter(space=space).update(is_active=False)


STOPS: dict[Callable[[Space], None], str] = {
    stop_space: "site_inactive",
    stop_site: "site_inactive",
    stop_units: "no_unit_free",
}


@pytest.mark.parametrize("stop", STOPS)
@pytest.mark.parametrize("is_signed_in", [False, True], ids=["visitor", "signed in"])
def test_what_can_no_longer_be_had_is_refused_with_what_else_is_free_and_no_button(
    client: Client, stop: Callable[[Space], None], is_signed_in: bool
) -> None:
    site = make_site()
    space, other = make_space(site), make_space(site)
    page = held(client, space)
    if is_signed_in:
        client.force_login(make_user())
    stop(space)

    shown = client.get(page)
    pressed = type_code(client, page)

    for answer in (shown, pressed):
        assert answer.context["refusal"].code == STOPS[stop]
        sites = answer.context["alternatives"]
        found = [one.space.id for site in sites for one in site.spaces if one.is_free]
        assert found == ([] if stop is stop_site else [other.pk])
        assert "Gardé pour vous" not in text_of(answer)
        assert "Réserver ce" not in text_of(answer)
        assert 'name="code"' not in text_of(answer)
    assert (shown.status_code, pressed.status_code) == (200, 409)
    assert not Booking.objects.exists()


def test_what_can_no_longer_be_had_asks_nobody_to_correct_a_code(client: Client) -> None:
    page = held(client, make_space())
    type_code(client, page, "12345")
    stop_space(Hold.objects.get().space)

    shown = text_of(client.get(page))

    assert "six chiffres" not in shown
    assert 'class="error"' not in shown


@pytest.mark.parametrize("stop", STOPS)
@pytest.mark.parametrize("is_late", [False, True], ids=["let go", "too late"])
def test_what_can_no_longer_be_had_is_let_go_and_ends_without_an_error(
    client: Client, frozen: time_machine.Traveller, stop: Callable[[Space], None], is_late: bool
) -> None:
    page = held(client, make_space())
    stop(Hold.objects.get().space)
    if is_late:
        frozen.shift(FIFTEEN)

    answer = client.post(page, {"action": "release"}, follow=True)

    assert answer.status_code == 200
    assert is_late or not Hold.objects.exists()


def test_a_unit_out_of_service_that_another_makes_good_is_still_held(client: Client) -> None:
    page = held(client, make_space(units=2))
    Unit.objects.filter(allocations__hold__isnull=False).update(is_active=False)

    assert "Gardé pour vous" in text_of(client.get(page))
    assert type_code(client, page)["Location"] == Booking.objects.get().get_absolute_url()
