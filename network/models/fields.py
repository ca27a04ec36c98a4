"""Columns of a kind of their own."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from network.addresses import AddressRefused, canonical, validated
from network.models.plain import PlainField
from network.rules import search_key
from network.validators import validate_calendar


class AddressField(PlainField, models.EmailField):  # type: ignore[type-arg]  # generic in the stubs only
    """An e-mail address, of which the column holds the canonical form and nothing else.

    A look-up may spell it in any way; saving another form raises AddressRefused or ValueError.
    """

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Return the canonical form of what a form or a command was given."""
        return super().clean(validated(value), model_instance)

    def get_prep_value(self, value: Any) -> Any:
        """Look up the canonical form; what has none is nobody's address."""
        text = super().get_prep_value(value)
        try:
            return canonical(text) if isinstance(text, str) else text
        except AddressRefused:
            return text

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Refuse to write what a look-up of the same address would not find."""
        if isinstance(value, str) and value != canonical(value):
            raise ValueError(f"Save the canonical form of {value}.")
        return super().get_db_prep_save(value, connection)


class LanguageField(PlainField, models.CharField):  # type: ignore[type-arg]  # generic in the stubs only
    """One of the languages that pages come in; a further one needs no migration."""

    def deconstruct(self) -> Any:
        """Describe the column, which holds any code: what may be chosen is the settings' own."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs


class CodeField(PlainField, models.CharField):  # type: ignore[type-arg]  # generic in the stubs only
    """What programs know a row by: letters of ASCII, digits, `-` and `_`."""

    PATTERN = r"[0-9A-Za-z_-]+"
    default_validators = [
        RegexValidator(
            rf"^{PATTERN}\Z", _("Write letters without accents, digits, - and _."), code="code"
        )
    ]


class DayField(PlainField, models.DateField):  # type: ignore[type-arg]  # generic in the stubs only
    """A day of the years that the network reckons with."""

    default_validators = [validate_calendar]


class SearchKeyField(PlainField, models.CharField):  # type: ignore[type-arg]  # generic in the stubs only
    """The name of a row as people type it, kept in step with its column `name`.

    Also where rows are made in bulk; `update` and `bulk_update` of names write it themselves.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"editable": False, "db_index": True, "default": ""}
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001  # Django's
        """Return the key of the name that is saved, and keep it on the row."""
        key = search_key(model_instance.name)[: self.max_length]  # type: ignore[attr-defined]  # has one
        setattr(model_instance, self.attname, key)
        return key
