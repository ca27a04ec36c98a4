"""What is said of a hold before its time ends, once it did, and of one that was let go."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings.models import Hold
from tests.bookings.holds.visiting import AT, LEA, MORNING, NOTE, held, text_of
from tests.factories import NOW, make_space
from tests.network.people import code_in, mails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
FIFTEEN = timedelta(minutes=15)


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
