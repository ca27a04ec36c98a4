"""How a person signs in, as their account's page lists it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.models import User


class Way(NamedTuple):
    """A line of the list: what, how it stands, and the link that changes it."""

    title: str
    note: str
    action: str
    href: str
    #: What the action is about, for who hears the link alone.
    about: str


def ways_of(person: User, facts: Mapping[str, Any]) -> list[Way]:
    """Return the ways to sign in; `facts` counts passkeys and sessions, and knows of a code."""
    return [
        Way(
            _("E-mail address"),
            person.email,
            _("Change"),
            reverse("account_email"),
            _("the e-mail address"),
        ),
        password_way(person),
        passkeys_way(facts["passkeys"]),
        second_step_way(has_totp=facts["has_totp"]),
        sessions_way(facts["sessions"]),
    ]


def password_way(person: User) -> Way:
    """Return the line of the password."""
    note = _("Known to you alone.") if person.has_usable_password() else _("None yet.")
    href = reverse("account_change_password")
    return Way(_("Password"), note, _("Change"), href, _("the password"))


def passkeys_way(count: int) -> Way:
    """Return the line of passkeys."""
    if not count:
        note = _("None: your fingerprint or your face could replace the password.")
        return Way(_("Passkeys"), note, _("Add"), reverse("mfa_add_webauthn"), _("passkeys"))
    note = ngettext("%(count)s passkey", "%(count)s passkeys", count) % {"count": count}
    return Way(_("Passkeys"), note, _("Manage"), reverse("mfa_list_webauthn"), _("passkeys"))


def second_step_way(*, has_totp: bool) -> Way:
    """Return the line of the second step."""
    on, off = (
        _("On: a code of your application after the password."),
        _("Off: the password is enough."),
    )
    note = on if has_totp else off
    return Way(_("Second step"), note, _("Manage"), reverse("mfa_index"), _("the second step"))


def sessions_way(count: int) -> Way:
    """Return the line of the places where the person is signed in."""
    note = ngettext("Signed in on %(count)s device", "Signed in on %(count)s devices", count)
    href = reverse("usersessions_list")
    return Way(_("Sessions"), note % {"count": count}, _("See"), href, _("where I am signed in"))
