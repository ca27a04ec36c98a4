"""Rows that a community names, in one language or in several."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sites.models.worded import Worded
from sites.telling import Told


class Named(Worded):
    """A row with a name, which may be told in other languages too."""

    WORDED: ClassVar[tuple[str, ...]] = ("name",)

    name = models.CharField(_("name"), max_length=120)

    class Meta:
        abstract = True

    @property
    def told_name(self) -> Told:
        """Return the name in the language of who reads, else in the network's."""
        return self.told("name")
