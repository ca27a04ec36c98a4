"""A hold at its end, given up, confirmed before or somebody else's: nothing typed is lost."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings.actions import book
from bookings.models import Booking, Hold
from bookings.wishes import Wish
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


def test_let_go_in_another_tab_it_is_not_said_to_be_over(
    client: Client, frozen: time_machine.Traveller
) -> None:
    page = held(client, make_space())
    client.post(page, {"action": "release"})

    early = client.post(page, {"code": code_in(mails()[0])}, follow=True)
    frozen.shift(FIFTEEN)
    late = client.get(page, follow=True)

    assert "Vous y avez renoncé" in text_of(early)
    assert "le temps est écoulé" not in text_of(early)
    assert early.context["form"]["note"].value() == NOTE
    assert "le temps est écoulé" in text_of(late)


def test_the_address_of_an_earlier_hold_leads_to_what_was_chosen_instead(client: Client) -> None:
    space = make_space()
    before = held(client, space)
    after = held(client, space, at=AT.replace("12:00", "13:00"))

    answer = client.get(before, follow=True)

    assert before != after
    assert answer.redirect_chain == [(after, 302)]
    assert "Vous avez choisi autrement" in text_of(answer)


@pytest.mark.parametrize("space", ["", "x", "-1", "9" * 30, "١"])
def test_a_form_about_no_space_is_not_found(client: Client, space: str) -> None:
    assert client.post("/hold/invented/", {"space": space, "at": AT}).status_code == 404


def test_what_somebody_else_holds_does_not_exist(client: Client) -> None:
    page = held(client, make_space())
    code = code_in(mails()[0])
    stranger, signed_in = Client(), Client()
    signed_in.force_login(make_user())

    for other in (stranger, signed_in):
        assert other.get(page).status_code == 404
        assert "dans un autre navigateur" in text_of(other.get(page))
        assert without_address(other.get(page)) == without_address(other.get(INVENTED))
        for fields in ({"code": code}, {"action": "confirm"}, {"action": "release"}):
            assert other.post(page, fields).status_code == 404
    assert Hold.objects.get().is_live(NOW)
    assert not Booking.objects.exists()


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


@pytest.mark.parametrize(
    ("gone_s", "words"),
    [(0, "encore 15 minutes"), (1, "encore 15 minutes"), (60, "encore 14 minutes")]
    + [
        (800, "encore 2 minutes"),
        (840, "encore moins d’une minute"),
        (899, "encore moins d’une minute"),
    ],
)
def test_the_minutes_left_are_said_once_and_the_begun_one_counts(
    client: Client, frozen: time_machine.Traveller, gone_s: int, words: str
) -> None:
    page = held(client, make_space())
    frozen.shift(gone_s)

    shown = text_of(client.get(page))

    assert f"data-held-left>{words}</p>" in shown
    assert '<p class="visually-hidden" role="status" data-held-soon></p>' in shown


def test_the_button_of_the_end_holds_the_same_again_if_it_is_still_free(
    client: Client, frozen: time_machine.Traveller
) -> None:
    page = held(client, make_space(units=3), people="2")
    shown = client.get(page)
    frozen.shift(FIFTEEN)

    again = client.post(*form_of_again(shown), follow=True)

    hold = Hold.objects.live(NOW + FIFTEEN).get()
    assert again.redirect_chain == [(f"/hold/{hold.token}/", 302)]
    assert (hold.people, hold.note, hold.email, hold.intervals) == (2, NOTE, LEA, [MORNING])


def form_of_again(shown: Any) -> tuple[str, dict[str, str]]:
    """Return the address and the fields of the form that stands there once the time is over."""
    html = text_of(shown)
    form = html[html.index('action="/book/') :].split("</form>")[0]
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return form.split('"')[1], dict(fields)
