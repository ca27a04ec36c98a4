"""What pages about signing in say of passkeys, codes of an application and recovery codes."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.templatetags.dates import date_words

register = template.Library()

#: A card or a button as templates read it.
Words = dict[str, Any]


@register.simple_tag
def security_cards(authenticators: Mapping[str, Any], is_enabled: bool) -> list[Words]:
    """Return a card for passkeys, one for the code of an application, one for recovery codes."""
    return [
        passkeys_card(len(authenticators.get("webauthn") or ())),
        application_card("totp" in authenticators),
        recovery_card(authenticators.get("recovery_codes"), is_enabled),
    ]


def passkeys_card(count: int) -> Words:
    """Return the title, the state, the sense and the actions of passkeys."""
    manage = [action("mfa_list_webauthn", _("Manage my passkeys"))] if count else []
    return {
        "title": _("Passkeys"),
        "chip": passkeys_words(count) or _("not yet"),
        "state": "free" if count else "",
        "text": _(
            "Sign in by your fingerprint, your face or your device's code. Nothing to remember,"
            " nothing to steal."
        ),
        "actions": [*manage, action("mfa_add_webauthn", _("Add a passkey"))],
    }


def application_card(is_on: bool) -> Words:
    """Return the title, the state, the sense and the actions of the code of an application."""
    turn_on = action("mfa_activate_totp", _("Turn on"))
    turn_off = action("mfa_deactivate_totp", _("Turn off"), variant="danger")
    return {
        "title": _("Code of an application"),
        "chip": _("on") if is_on else _("off"),
        "state": "free" if is_on else "",
        "text": _(
            "After your password, we ask for the six digits shown by an application on your phone."
        ),
        "actions": [turn_off if is_on else turn_on],
    }


def recovery_card(codes: Any, is_enabled: bool) -> Words:
    """Return the title, the state, the sense and the actions of recovery codes."""
    see = [action("mfa_view_recovery_codes", _("See my codes"))] if codes else []
    make = [action("mfa_generate_recovery_codes", _("Make new codes"))]
    printed = _("Each works once, if you lose your phone or your key. Print them.")
    to_come = _("You receive them with your first passkey or application.")
    return {
        "title": _("Recovery codes"),
        "chip": codes_words(len(codes.get_unused_codes())) if codes else _("not yet"),
        "state": "free" if codes else "",
        "text": printed if is_enabled else to_come,
        "actions": [*see, *make] if is_enabled else [],
    }


def action(name: str, text: str, variant: str = "") -> Words:
    """Return a link drawn as a button."""
    return {"text": text, "href": reverse(name), "variant": variant}


def passkeys_words(count: int) -> str:
    """Return "2 passkeys", or nothing when there is none."""
    words = ngettext("%(count)s passkey", "%(count)s passkeys", count)
    return words % {"count": count} if count else ""


def codes_words(count: int) -> str:
    """Return "8 codes left"."""
    return ngettext("%(count)s code left", "%(count)s codes left", count) % {"count": count}


@register.filter
def way_words(way: Mapping[str, str]) -> str:
    """Return what the button of another way to show who one is says."""
    words = {
        "reauthenticate": _("Use my password"),
        "mfa_reauthenticate": _("Use a code of my application"),
    }
    return words.get(way["id"]) or _("Use a passkey")


@register.filter
def use_words(authenticator: Any) -> str:
    """Return when a passkey was added and last used."""
    added = _("Added on %(day)s.") % {"day": date_words(localtime(authenticator.created_at))}
    if authenticator.last_used_at is None:
        return " ".join([added, _("Never used.")])
    used = _("Last used on %(day)s.") % {"day": date_words(localtime(authenticator.last_used_at))}
    return f"{added} {used}"


@register.filter
def passkey_chip(authenticator: Any) -> Words:
    """Return whether a passkey signs in alone, as the words and the state of a chip."""
    if authenticator.wrap().is_passwordless:
        return {"text": _("without password"), "state": "info"}
    return {"text": _("after the password"), "state": ""}


@register.filter
def codes_warning(unused: int) -> str:
    """Return what becomes of the codes that somebody has when new ones are made."""
    if unused:
        return _("The codes that you have will no longer work.")
    return _("Each works once, if you lose your phone or your key.")
