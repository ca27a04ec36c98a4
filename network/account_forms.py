"""Forms of accounts: allauth's, which know an e-mail address by its canonical form alone."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.account.fields import EmailField

from network.addresses import validated


class AddressField(EmailField):  # type: ignore[misc]  # allauth is untyped
    """An address typed in any way; its value is the canonical form."""

    # Django's takes for an address what our form does not have.
    default_validators: ClassVar[list[Any]] = []

    def to_python(self, value: Any) -> str:
        """Return the canonical form, or nothing for nothing."""
        text: str = super().to_python(value)
        return validated(text) if text else ""


class SignInForm(allauth_forms.LoginForm):  # type: ignore[misc]  # as above
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
