"""Saying that a person belongs to a customer group."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.forms.bodies import BodyForm
from billing.forms.days import DayField
from billing.grids.rights import Body
from billing.groups.granting import Grant, people_grantable
from billing.prices.groups import Group
from network.addresses import validated
from network.models import User


class GrantForm(BodyForm):
    """Of whom, which group, until when, and that its proof was seen; nothing of it is kept."""

    email = forms.CharField(
        label=_("E-mail address of the person"),
        help_text=_("The one with which they sign in."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    group = forms.ChoiceField(
        label=_("Customer group"),
        choices=[choice for choice in Group.choices if choice[0] != Group.STANDARD],
    )
    ends_on = DayField(
        label=_("Until (included)"), help_text=_("Within a year. After that it is shown anew.")
    )
    is_seen = forms.BooleanField(
        label=_("I have seen what proves it"),
        help_text=_("Nothing of it is kept: neither a copy nor a number."),
    )

    def __init__(self, entries: Any, *, bodies: Sequence[Body], by: User) -> None:
        super().__init__(entries, bodies=bodies)
        self.by = by
        self.person: User | None = None

    def clean_email(self) -> str:
        """Return the one form of the address. Raises ValidationError."""
        return validated(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """Find the person; the same is said of who has no account and of who is no customer."""
        told = self.cleaned_data
        if "email" in told and "body" not in self.errors:
            found = people_grantable(self.by, self.operator).filter(email=told["email"])
            self.person = found.first()
            if self.person is None:
                self.add_error("email", words_of_nobody(self.operator))
        return told

    @property
    def grant(self) -> Grant:
        """Return what is said, of a valid form."""
        told = self.cleaned_data
        assert self.person is not None
        return Grant(self.person, Group(told["group"]), told["ends_on"], self.operator)


def words_of_nobody(body: Body) -> Any:
    """Return why nobody is found by an address."""
    if body is None:
        return _("Nobody whom you may give a group signs in with this address.")
    return _("None of your customers signs in with this address: they book once before.")
