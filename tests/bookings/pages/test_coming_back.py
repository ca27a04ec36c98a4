"""Whoever signs in or changes language on the way is back at the same place, nothing typed lost."""

import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from bookings.models import Booking
from network.models import User
from sites.models import Space
from tests.bookings.bookings import book_for
from tests.factories import NOW, TUESDAY, interval, make_space, make_user
from tests.network.people import code_in, mails, make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
AT = "2026-11-24T08:00+01:00/2026-11-24T12:00+01:00"
MORNING = interval(TUESDAY, "08:00", "12:00")
NOTE = "Je viens avec mon chien"


def booked(person: User, space: Space) -> Booking:
    return book_for(person, space, MORNING)


def next_of(answer: Any) -> str:
    return str(parse_qs(urlsplit(answer["Location"]).query)["next"][0])


def linked(page: Any, path: str) -> str:
    """Return the `next` of the first link to `path`."""
    html = page.content.decode()
    address = html.partition(f'href="{path}?next=')[2].partition('"')[0]
    return parse_qs(f"next={address}")["next"][0]


def switch(client: Client, page: Any, language: str) -> Any:
    """Press the button of the page that changes its language."""
    html = page.content.decode()
    address = html.partition('name="next" value="')[2].partition('"')[0].replace("&amp;", "&")
    return client.post(
        reverse("set_language"), {"next": address, "language": language}, follow=True
    )


def wish_fields(**fields: str) -> dict[str, str]:
    return {"at": AT, "people": "2", "note": NOTE, "key": str(uuid.uuid4())} | fields


def test_who_confirms_after_the_session_ended_is_back_with_all_they_typed(client: Client) -> None:
    make_member()
    space = make_space(units=3)
    fields = wish_fields()

    asked = client.post(reverse("book", args=[space.pk]), fields)
    way_back = linked(asked, reverse("account_login"))
    back = sign_in(client, next=way_back)
    page = client.get(back["Location"])
    form = page.context["form"]

    assert asked.context["form"].errors.keys() == {"email"}
    assert NOTE in asked.content.decode()
    assert NOTE.split()[0] not in way_back
    assert not Booking.objects.exists()
    assert list(page.context["intervals"]) == [MORNING]
    assert {name: form[name].value() for name in ("people", "note", "key")} == {
        "people": "2",
        "note": NOTE,
        "key": fields["key"],
    }
    sent = {"at": page.context["at"], **{name: form[name].value() for name in form.fields}}
    confirmed = client.post(reverse("book", args=[space.pk]), sent)
    assert confirmed["Location"] == Booking.objects.get().get_absolute_url()


def test_the_address_alone_finds_the_slot_when_the_session_is_lost(client: Client) -> None:
    space = make_space(units=3)
    asked = client.post(reverse("book", args=[space.pk]), wish_fields())
    address = linked(asked, reverse("account_login"))

    other = Client()
    other.force_login(make_user())
    page = other.get(address)

    assert list(page.context["intervals"]) == [MORNING]
    assert page.context["form"]["people"].value() == "2"
    assert not page.context["form"]["note"].value()


def test_what_was_typed_is_forgotten_after_an_hour(client: Client, frozen: Any) -> None:
    asked = client.post(reverse("book", args=[make_space().pk]), wish_fields())
    address = linked(asked, reverse("account_login"))
    frozen.move_to(NOW + timedelta(hours=1, seconds=1))
    client.force_login(make_user())

    assert client.session["typed"]
    assert not client.get(address).context["form"]["note"].value()


def test_no_more_than_a_few_pages_are_kept_and_none_that_is_absurdly_long(client: Client) -> None:
    address = reverse("book", args=[make_space().pk])
    for _ in range(9):
        client.post(address, wish_fields())
    long = client.post(address, wish_fields(note="x" * 30_000, at=AT))

    assert len(client.session["typed"]) == 3
    assert "typed=" not in linked(long, reverse("account_login"))


def test_sixty_days_do_not_fit_an_address_and_come_back_all_the_same(client: Client) -> None:
    space = make_space()
    days = [TUESDAY + timedelta(days=number) for number in range(60)]
    at = [f"{day}T08:00+01:00/{day}T12:00+01:00" for day in days]

    asked = client.post(reverse("book", args=[space.pk]), wish_fields() | {"at": at})
    way_back = linked(asked, reverse("account_login"))
    client.force_login(make_user())
    page = client.get(way_back)

    assert len(way_back) < 2000
    assert page.context["at"] == at


def change_fields() -> dict[str, str]:
    return {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-on": "2026-11-24",
        "form-0-starts": "20:00",
        "form-0-ends": "23:00",
        "people": "1",
        "note": NOTE,
    }


def test_a_change_sent_without_a_session_comes_back_as_typed(client: Client) -> None:
    person = make_user()
    booking = booked(person, make_space())

    asked = client.post(reverse("booking-change", args=[booking.reference]), change_fields())
    client.force_login(person)
    page = client.get(next_of(asked))

    assert page.status_code == 200
    assert page.context["times"].forms[0]["starts"].value() == "20:00"
    assert page.context["party"]["note"].value() == NOTE
    booking.refresh_from_db()
    assert (booking.sequence, booking.note) == (0, "")


@pytest.mark.parametrize(
    "name", ["booking-cancel", "booking-give-back", "account", "tokens", "calendar-settings"]
)
def test_every_form_sent_without_a_session_leads_back_to_its_page(
    client: Client, name: str
) -> None:
    person = make_user()
    args = [booked(person, make_space()).reference] if name.startswith("booking") else []

    asked = client.post(reverse(name, args=args), {"name": "Ada", "password": "secret"})
    client.force_login(person)
    page = client.get(next_of(asked))

    assert page.status_code == 200
    assert page.request["PATH_INFO"] == reverse(name, args=args)
    if name in ("account", "tokens"):
        assert page.context["form"]["name"].value() == "Ada"
    kept = "".join(session.session_data for session in Session.objects.all())
    assert "secret" not in str(client.session.get("typed", "")) + kept


def test_revoking_without_a_session_leads_to_the_list_of_tokens(client: Client) -> None:
    asked = client.post(reverse("token-revoke", args=[1]))

    assert next_of(asked) == reverse("tokens")


def test_the_language_is_switched_on_a_refusal_and_all_typed_stays(client: Client) -> None:
    space = make_space(units=1)
    booked(make_user(), space)
    client.force_login(make_user())

    refused = client.post(reverse("book", args=[space.pk]), wish_fields(people="1"))
    page = switch(client, refused, "en")

    assert refused.status_code == 409
    assert page.status_code == 200
    assert page.context["preview"].refusal.code == "no_unit_free"
    assert page.context["form"]["note"].value() == NOTE
    assert "This cannot be booked" in page.content.decode()


def test_the_language_is_switched_on_a_refused_change(client: Client) -> None:
    person = make_user()
    booking = booked(person, make_space())
    client.force_login(person)

    refused = client.post(reverse("booking-change", args=[booking.reference]), change_fields())
    page = switch(client, refused, "en")

    assert page.status_code == 200
    assert page.context["times"].forms[0]["starts"].value() == "20:00"
    assert "Keep these changes" in page.content.decode()


def test_a_wrong_password_and_another_language_do_not_lose_the_way(client: Client) -> None:
    make_member()
    wanted = f"/book/{make_space().pk}/?at={AT.replace('+', '%2B')}"

    failed = sign_in(client, password="wrong", next=wanted)
    page = switch(client, failed, "en")
    back = sign_in(client, next=page.context["redirect_field_value"])

    assert back["Location"] == wanted


@pytest.mark.parametrize("path", ["/account/login/", "/account/signup/"])
def test_links_of_the_header_lead_back_to_the_page(client: Client, path: str) -> None:
    wanted = "/search/?where=Vill%C3%A9&on=2026-11-24"

    assert linked(client.get(wanted), path) == wanted


@pytest.mark.parametrize(
    ("start", "path"),
    [
        ("/account/login/", "/account/login/"),
        ("/account/login/", "/account/signup/"),
        ("/account/login/password/", "/account/password/reset/"),
        ("/account/login/", "/account/login/password/"),
        ("/account/login/password/", "/account/login/"),
        ("/account/signup/", "/account/login/"),
        ("/account/signup/", "/account/signup/"),
        ("/account/password/reset/", "/account/login/"),
    ],
)
def test_links_of_the_entrance_carry_the_way_on(client: Client, start: str, path: str) -> None:
    page = client.get(start, {"next": "/bookings/"})

    assert linked(page, path) == "/bookings/"


def test_a_new_password_on_the_way_leads_back_too(client: Client) -> None:
    make_member()
    start = "/account/password/reset/?next=/bookings/"
    fields = {"next": "/bookings/"}

    assert 'name="next" value="/bookings/"' in client.get(start).content.decode()
    sent = client.post(start, fields | {"email": "ada@maillage.example"})
    typed = client.get(sent["Location"])
    assert 'name="next" value="/bookings/"' in typed.content.decode()
    code = code_in(mails()[-1])
    confirmed = client.post(sent["Location"], fields | {"code": code})
    chosen = client.get(confirmed["Location"])
    assert 'name="next" value="/bookings/"' in chosen.content.decode()
    password = "merle et potiron en novembre"
    done = client.post(
        confirmed["Location"], fields | {"password1": password, "password2": password}
    )

    assert done["Location"] == "/bookings/"


def test_an_address_elsewhere_is_no_way_on(client: Client) -> None:
    page = client.get("/account/login/", {"next": "https://evil.example/"}).content.decode()

    assert 'href="/account/signup/"' in page
    assert "/account/signup/?next" not in page
