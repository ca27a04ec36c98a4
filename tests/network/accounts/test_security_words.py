"""What pages about signing in say, by what somebody has to sign in with."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.translation import override

from network.models import User
from network.templatetags.account_forms import close_words, moment, next_url, scope_words
from network.templatetags.allauth_elements import control_attributes, is_check, variant_of
from network.templatetags.security import (
    codes_warning,
    passkey_chip,
    security_cards,
    use_words,
    way_words,
)
from network.views.ways import ways_of

pytestmark = pytest.mark.usefixtures("english")
NOVEMBER = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def english() -> Any:
    with override("en"):
        yield


def texts(card: dict[str, Any]) -> tuple[str, str, list[str]]:
    """Return the chip, the state and the buttons of a card."""
    return card["chip"], card["state"], [action["text"] for action in card["actions"]]


def test_who_has_only_a_password_is_offered_the_rest() -> None:
    cards = security_cards({}, False)

    assert [texts(card) for card in cards] == [
        ("not yet", "", ["Add a passkey"]),
        ("off", "", ["Turn on"]),
        ("not yet", "", []),
    ]
    assert cards[2]["text"] == "You receive them with your first passkey or application."


def test_who_has_everything_sees_how_much_and_can_undo_it() -> None:
    codes = SimpleNamespace(get_unused_codes=lambda: ["a", "b"])

    cards = security_cards({"webauthn": ["key"], "totp": object(), "recovery_codes": codes}, True)

    assert [texts(card) for card in cards] == [
        ("1 passkey", "free", ["Manage my passkeys", "Add a passkey"]),
        ("on", "free", ["Turn off"]),
        ("2 codes left", "free", ["See my codes", "Make new codes"]),
    ]
    assert cards[1]["actions"][0]["variant"] == "danger"


def test_the_account_page_offers_what_is_missing() -> None:
    person = User(email="ada@maillage.example")
    person.set_unusable_password()

    ways = ways_of(person, {"passkeys": 0, "has_totp": False, "sessions": 1})

    assert [(way.note, way.action, way.href) for way in ways] == [
        ("ada@maillage.example", "Change", "/account/email/"),
        ("None yet.", "Change", "/account/password/change/"),
        (
            "None: your fingerprint or your face could replace the password.",
            "Add",
            "/account/2fa/webauthn/add/",
        ),
        ("Off: the password is enough.", "Manage", "/account/2fa/"),
        ("Signed in on 1 device", "See", "/account/sessions/"),
    ]


def test_the_account_page_manages_what_is_there() -> None:
    person = User(email="ada@maillage.example")
    person.set_password("salicorne et betterave")

    ways = ways_of(person, {"passkeys": 2, "has_totp": True, "sessions": 3})

    assert [way.note for way in ways[1:]] == [
        "Known to you alone.",
        "2 passkeys",
        "On: a code of your application after the password.",
        "Signed in on 3 devices",
    ]
    assert ways[2].href == "/account/2fa/webauthn/"


def test_a_passkey_tells_when_it_came_and_when_it_served() -> None:
    never = SimpleNamespace(created_at=NOVEMBER, last_used_at=None)
    used = SimpleNamespace(created_at=NOVEMBER, last_used_at=datetime(2026, 12, 1, 8, tzinfo=UTC))

    assert use_words(never).endswith(". Never used.")
    assert use_words(used).startswith("Added on ")
    assert " Last used on " in use_words(used)


def test_a_passkey_signs_in_alone_or_after_the_password() -> None:
    alone, after = (
        SimpleNamespace(wrap=lambda is_alone=is_alone: SimpleNamespace(is_passwordless=is_alone))
        for is_alone in (True, False)
    )

    assert passkey_chip(alone) == {"text": "without password", "state": "info"}
    assert passkey_chip(after) == {"text": "after the password", "state": ""}


def test_another_way_to_show_who_one_is_has_its_words() -> None:
    ids = ("reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate:webauthn")

    assert [way_words({"id": name}) for name in ids] == [
        "Use my password",
        "Use a code of my application",
        "Use a passkey",
    ]


def test_new_codes_warn_who_has_some() -> None:
    assert codes_warning(3) == "The codes that you have will no longer work."
    assert codes_warning(0) == "Each works once, if you lose your phone or your key."


def test_the_permissions_of_a_token_are_told_in_words() -> None:
    assert scope_words(["read", "book", "later"]) == "read, book, later"


def test_a_moment_is_told_by_the_clocks_of_the_network_and_to_machines() -> None:
    html = moment(NOVEMBER)

    assert html.startswith('<time datetime="2026-11-24T10:30:00+01:00">')
    assert "10:30" in html


def test_links_to_sign_in_lead_back_to_where_the_visitor_was() -> None:
    assert next_url("account_login", "") == "/account/login/"
    assert next_url("account_login", "/a?b=1&c") == "/account/login/?next=%2Fa%3Fb%3D1%26c"


def test_an_account_is_closed_or_opened_again() -> None:
    assert close_words(User(is_active=True)) == "Close the account"
    assert close_words(User(is_active=False)) == "Open the account again"


def test_a_button_of_allauth_is_one_of_ours_by_its_tags() -> None:
    tags = (["danger", "link"], ["cancel"], ["prominent"], ["outline"], None)

    assert [variant_of({"tags": one}) for one in tags] == ["danger", "quiet", "primary", "", ""]
    assert variant_of({"tags": ["prominent"], "href": "/x"}) == ""


def test_a_control_of_allauth_keeps_its_attributes_and_an_empty_value() -> None:
    attrs = {"id": "i", "type": "checkbox", "name": "", "value": "", "checked": True}

    assert control_attributes(attrs, "name value") == ' id="i" value="" checked'
    assert (is_check(attrs), is_check({"type": "text"})) == (True, False)
