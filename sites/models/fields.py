"""Columns of a kind of their own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator, validate_email
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models.plain import PlainField
from sites.phones import NotAPhone, canonical


def phone_of(text: str) -> str:
    """Return a telephone number as it is kept; raise ValidationError for what is none."""
    try:
        return canonical(text)
    except NotAPhone as error:
        raise ValidationError(
            _("Write a telephone number of France, Germany or Switzerland, e.g. 03 88 00 00 00."),
            code="phone",
        ) from error


class PhoneField(PlainField, models.CharField):  # type: ignore[type-arg]  # generic in the stubs only
    """A telephone number, typed as people write it, kept as E.164."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": 30, **options})

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Return the number in the form that is kept."""
        text = super().clean(value, model_instance)
        return phone_of(text) if text else text


class PublicEmailField(PlainField, models.EmailField):  # type: ignore[type-arg]  # generic in the stubs only
    """An e-mail address that pages and the API show, safe in a link whoever writes it.

    `a?bcc=b@c.example` is an address too, and a `mailto:` of it would write to somebody else.
    """

    default_validators = [
        validate_email,
        RegexValidator(
            r"[?&#%/\"]",
            _("Write one bare e-mail address, without ? or & in it."),
            code="public_email",
            inverse_match=True,
        ),
    ]


class LinkField(PlainField, models.URLField):  # type: ignore[type-arg]  # generic in the stubs only
    """The address of a page for everybody; typed without its scheme, it is one of https."""

    default_validators = [
        URLValidator(schemes=["http", "https"]),
        RegexValidator(
            r"^[^/]*//[^/?#]*[@\\]",
            _("Write the address of a page without a name or password in it."),
            code="link",
            inverse_match=True,
        ),
    ]

    def formfield(self, **options: Any) -> Any:
        """Return the field that takes it."""
        return super().formfield(**{"assume_scheme": "https", **options})
