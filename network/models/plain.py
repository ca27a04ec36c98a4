"""What migrations know of our own kinds of columns and constraints: Django's, and no more."""

from typing import Any

from django.db import models


def path_of(kind: type) -> str:
    """Return the path of the class of Django's that `kind` is made of."""
    own = next(one for one in kind.__mro__ if one.__module__.startswith("django.db.models."))
    return f"django.db.models.{own.__name__}"


class PlainField(models.Field):  # type: ignore[type-arg]  # generic in the stubs only
    """A column that is one of Django's; what it adds is asked of forms, not of the database."""

    def deconstruct(self) -> Any:
        """Describe the column by Django's class."""
        name, _path, args, kwargs = super().deconstruct()
        return name, path_of(type(self)), args, kwargs
