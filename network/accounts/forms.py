"""Forms of accounts: allauth's, which know an e-mail address by its canonical form alone."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from allauth.account import forms as allauth_forms
from allauth.account.fields import EmailField
from allauth.account.internal.flows.password_reset_by_code import (
    PASSWORD_RESET_VERIFICATION_SESSION_KEY,
)
from allauth.core import context
from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from network.accounts.entrance import Entrance
from network.accounts.staying import StayForm
from network.actions import Withdrawal, carry_sessions, withdraw_access
from network.addresses import validated

#: What Django's validators ask for, in one sentence instead of four.
PASSWORD_RULES = _("At least 8 characters, not only digits, and nothing easily guessed.")

#: The same whether or not the address has an account.
SENT_BEFORE = _(
    "We send no more e-mails to %(email)s for now. The last sign-in code that you got works for"
    " another 15 minutes."
)


#: Of a code, with blanks and dashes between its digits.
MOST_CHARACTERS = 40


class AddressField(EmailField):  # type: ignore[misc]  # allauth is untyped
    """An address typed in any way; its value is the canonical form."""

    # Django's takes for an address what our form does not have.
    default_validators: ClassVar[list[Any]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label": _("E-mail address")} | kwargs)
        self.widget.attrs.pop("placeholder", None)

    def to_python(self, value: Any) -> str:
        """Return the canonical form, or nothing for nothing."""
        text: str = super().to_python(value)
        return validated(text) if text else ""


class AddressForm(forms.Form):
    """The address that a code is sent to, whether or not it has an account."""

    email = AddressField(help_text=_("We send a code to it: no password is needed."))


class CodeForm(forms.Form):
    """The code that was sent.

    What was wrong is told by a page that a GET shows (`keep_refusal`, then `shown`): loaded again,
    or come back to, it sends no code once more.
    """

    code = forms.CharField(
        label=_("Six-digit code"),
        max_length=MOST_CHARACTERS,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(
        self, entries: Mapping[str, str] | None, *, entrance: Entrance, refused: str = ""
    ) -> None:
        super().__init__(entries)
        self.entrance = entrance
        self.refused = refused
        self.fields["code"].help_text = escape(sent_words(entrance))
        if entrance.is_long:
            self.fields["code"].label = _("Ten-digit code")
        if entries is None:
            self.fields["code"].widget.attrs["autofocus"] = True

    @classmethod
    def shown(cls, entrance: Entrance) -> Self:
        """Return the form as it starts, or as it was refused: that counts no try."""
        entries = entrance.typed if entrance.refused else None
        return cls(entries, entrance=entrance, refused=entrance.refused)

    def keep_refusal(self) -> None:
        """Have the next page show what was typed, and say why it is not the code."""
        typed = {name: self.data[name] for name in self.fields if name in self.data}
        short = {name: text[:MOST_CHARACTERS] for name, text in typed.items()}
        self.entrance.keep_refusal(str(self.errors["code"][0]), short)

    def clean_code(self) -> str:
        """Refuse all but the code that was sent; each refusal of six digits is a try."""
        if self.refused:
            raise forms.ValidationError(self.refused)
        typed: str = self.cleaned_data["code"]
        digits = len(re.sub(r"[\s-]", "", typed))  # which may be typed between
        if self.entrance.code and digits != len(self.entrance.code):
            raise forms.ValidationError(self.length_words, "digits")
        self.entrance.check(typed)
        return typed

    @property
    def length_words(self) -> str:
        """Return how many digits there are to type: no try is lost by fewer."""
        if self.entrance.is_long:
            return str(_("The code has ten digits: type all of them."))
        return str(_("The code has six digits: type all of them."))


class EntranceForm(StayForm, CodeForm):
    """The code that signs in."""

    field_order = ("code", "remember")


def sent_words(entrance: Entrance) -> str:
    """Return to which address the code went, and for how long it still works."""
    told = {"email": entrance.email, "minutes": entrance.minutes_left}
    if not told["minutes"]:
        return _("The code sent to %(email)s no longer works: ask for another one.") % told
    if not entrance.is_mailed:
        return SENT_BEFORE % told
    if entrance.is_kept:
        words = ngettext(
            "The code you already received at %(email)s still works, for %(minutes)d minute.",
            "The code you already received at %(email)s still works, for %(minutes)d minutes.",
            entrance.minutes_left,
        )
    else:
        words = ngettext(
            "We have sent it to %(email)s. It works for %(minutes)d more minute.",
            "We have sent it to %(email)s. It works for %(minutes)d more minutes.",
            entrance.minutes_left,
        )
    return words % told


class SignInForm(StayForm, allauth_forms.LoginForm):  # type: ignore[misc]  # as above
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()


class NewAddressForm(allauth_forms.AddEmailForm):  # type: ignore[misc]  # as above
    """The address that a person wants instead of theirs."""

    email = AddressField()


class OtherAddressForm(allauth_forms.ChangeEmailForm):  # type: ignore[misc]  # as above
    """The address that a newcomer meant when they signed up."""

    email = AddressField()


class ForgottenPasswordForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]  # as above
    """The address of the account whose password is forgotten."""

    email = AddressField()


class WaysIn(forms.Form):
    """What a new password closes beside; mixed into allauth's forms of new passwords."""

    end_sessions = forms.BooleanField(
        label=_("Sign out everywhere else"),
        required=False,
        initial=True,
        help_text=_("Keep it ticked if somebody else may know your password."),
    )
    end_tokens = forms.BooleanField(
        label=_("End my API tokens"),
        required=False,
        help_text=_("Programs that act for you stop until you give them a new one."),
    )
    end_calendar = forms.BooleanField(
        label=_("End the address of my calendar"),
        required=False,
        help_text=_("Calendars that show your bookings stop until you give them the new address."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_RULES

    def save(self) -> None:
        """Save the password and close the ways in that were ticked."""
        with transaction.atomic():
            super().save()  # type: ignore[misc]  # a mixin
            person = self.user  # type: ignore[attr-defined]  # as above
            if not self.cleaned_data["end_sessions"]:
                carry_sessions(person=person)
            withdraw_access(person=person, what=self.withdrawal(), now=timezone.now())

    def withdrawal(self) -> Withdrawal:
        """Return what was ticked; the session that asks goes on."""
        return Withdrawal(
            sessions=self.cleaned_data["end_sessions"],
            tokens=self.cleaned_data["end_tokens"],
            calendar=self.cleaned_data["end_calendar"],
            kept_session=context.request.session.session_key,
        )


class ChangePasswordForm(WaysIn, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """Another password in place of the present one."""


class SetPasswordForm(WaysIn, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    """The first password of an account."""


class NewPasswordForm(StayForm, WaysIn, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """A password in place of a forgotten one, with a code sent by mail; it signs in."""

    def clean(self) -> dict[str, Any]:
        """Refuse a code whose address the account has lost meanwhile, and a closed account."""
        super().clean()
        asked = context.request.session.get(PASSWORD_RESET_VERIFICATION_SESSION_KEY, {})
        if asked.get("email") != self.user.email or not self.user.is_active:
            raise forms.ValidationError(_("This code no longer works: ask for another one."))
        return self.cleaned_data
