"""The network's words for what sites and spaces have and are good at."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sites.models.worded import Worded


class Term(Worded):
    """A word of the network's vocabulary, by its code; it reads in the language asked."""

    WORDED: ClassVar[tuple[str, ...]] = ("name",)

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.told("name").text


class Service(Term):
    """Something a site offers beside its spaces: printing, kitchen, domiciliation…"""

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")


class Specialisation(Term):
    """A field of which a site knows more than others, for its users: crafts, life sciences…"""

    # As long as the text in which sites once listed theirs.
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("speciality")
        verbose_name_plural = _("specialities")


class Equipment(Term):
    """A thing found in spaces: second screen, whiteboard, adjustable desk…"""

    class Meta:
        verbose_name = _("equipment")
        verbose_name_plural = _("equipment")
