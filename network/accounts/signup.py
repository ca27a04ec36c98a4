"""The sign-up form: allauth's, in our order, which two simultaneous presses do not break."""

from typing import Any

from allauth.account.forms import SignupForm
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from network.accounts.forms import PASSWORD_RULES, AddressField
from network.accounts.staying import StayForm


class SignUpForm(StayForm, SignupForm):  # type: ignore[misc]  # allauth is untyped
    """Name, e-mail and password of a newcomer."""

    account_already_exists: bool
    field_order = ("name", "email", "password1", "remember")
    email = AddressField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["password1"].help_text = PASSWORD_RULES

    def try_save(self, request: HttpRequest) -> Any:
        """Create the account, or answer as for a known address if somebody was faster.

        A known address costs a hash too: how long the answer takes tells nothing.
        """
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
            return super().try_save(request)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)
