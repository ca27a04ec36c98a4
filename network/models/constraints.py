"""Promises of the database that forms meet, told in words at the field that is to be mended."""

from copy import copy
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models

from network.models.plain import path_of


class AtField(models.BaseConstraint):
    """A constraint whose refusal stands at `field`, one of those that it reads.

    Its name is the code of the refusal. Migrations know it as Django's own.
    """

    def __init__(self, *, field: str, name: str, **options: Any) -> None:
        super().__init__(name=name, **{"violation_error_code": name, **options})
        self.field = field

    def deconstruct(self) -> Any:
        """Describe the constraint, which is Django's."""
        _path, args, kwargs = super().deconstruct()
        return path_of(type(self)), args, kwargs

    def clone(self) -> Self:
        """Return another one."""
        return copy(self)

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Raise ValidationError of the field; a form without it never comes here."""
        try:
            super().validate(*args, **kwargs)
        except ValidationError as refused:
            raise ValidationError({self.field: refused}) from refused


class Check(AtField, models.CheckConstraint):
    """A condition that each row keeps."""


class Unique(AtField, models.UniqueConstraint):
    """What no two rows have alike."""
