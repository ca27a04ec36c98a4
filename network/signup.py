"""The sign-up form: allauth's, in our order, which two simultaneous presses do not break."""

from typing import Any

from allauth.account.forms import SignupForm
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from network.account_forms import AddressField


class SignUpForm(SignupForm):  # type: ignore[misc]  # allauth is untyped
    """Name, e-mail and password of a newcomer."""

    field_order = ("name", "email", "password1")
    email = AddressField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _(
            "At least 8 characters, not only digits, and nothing easily guessed."
        )

    def try_save(self, request: HttpRequest) -> Any:
        """Create the account, or answer as for a known address if somebody was faster."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)
