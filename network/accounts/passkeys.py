"""Forms of passkeys: allauth's, which a forged answer of the browser does not break."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_decode
from fido2.webauthn import CollectedClientData

from network.formfields import WordsField

#: What reading an answer that no browser would send may raise, here or in the library.
FORGERIES = (AttributeError, IndexError, InvalidSignature, KeyError, TypeError, ValueError)
#: A browser's answer has half a dozen.
MOST_BRACKETS = 100


class ShallowDecoder(json.JSONDecoder):
    """JSON no deeper than passkeys need: reading what is deeper ends the stack, not the number."""

    def decode(self, text: str, *args: Any) -> Any:
        """Return what `text` says. Raises JSONDecodeError, also for numbers too long to read."""
        if text.count("[") + text.count("{") > MOST_BRACKETS:
            raise json.JSONDecodeError("too deep", text, 0)
        try:
            return super().decode(text, *args)
        except ValueError as error:
            raise json.JSONDecodeError("not JSON", text, 0) from error


def answer_field() -> forms.JSONField:
    """Return the field of what the device answered."""
    return forms.JSONField(widget=forms.HiddenInput, decoder=ShallowDecoder)


@contextmanager
def forgeries_refused() -> Iterator[None]:
    """Refuse, in words, an answer that cannot be read or whose signature is wrong."""
    try:
        yield
    except FORGERIES as error:
        raise forms.ValidationError(_("This passkey does not fit."), code="passkey") from error


def check_origin(credential: Any) -> None:
    """Refuse an answer that the browser gave to a page of another origin than `PUBLIC_URL`.

    fido2 alone would take any host below ours, and in plain http any page at all. Raises one of
    `FORGERIES`.
    """
    told = CollectedClientData(websafe_decode(credential["response"]["clientDataJSON"])).origin
    if origin(told) != origin(settings.PUBLIC_URL):
        raise ValueError(told)


def origin(url: str) -> tuple[str, str | None, int | None]:
    """Return what makes two pages of one origin: scheme, host and port."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """A new passkey: one that replaces the password, unless the person says otherwise."""

    credential = answer_field()
    name = WordsField(
        label=_("Name of the passkey"),
        required=False,
        max_length=100,
        help_text=_("For instance the device it is kept on."),
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with this passkey alone, without my password"),
        required=False,
        initial=True,
        help_text=_("Your device will ask for your fingerprint, your face or its code."),
    )

    def clean(self) -> dict[str, Any]:
        """Check what the device answered."""
        with forgeries_refused():
            if credential := self.cleaned_data.get("credential"):
                check_origin(credential)
            checked: dict[str, Any] = super().clean()
            return checked


class Answer(forms.Form):
    """Checks a passkey's answer; mixed into allauth's forms."""

    credential = answer_field()

    def clean_credential(self) -> Authenticator:
        """Return the passkey that signed."""
        with forgeries_refused():
            check_origin(self.cleaned_data["credential"])
            passkey: Authenticator = super().clean_credential()  # type: ignore[misc]  # a mixin
            return passkey


class SignInForm(Answer, LoginWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """A passkey in place of e-mail and password."""


class SecondStepForm(Answer, AuthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey after the password."""


class ConfirmForm(Answer, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey before something sensitive."""
