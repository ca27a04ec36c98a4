"""Rows whose words may exist in several languages."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from sites.telling import Told, other_languages, told


class Worded(models.Model):
    """A row of which the columns `WORDED` may be told in other languages too.

    The columns hold the language of the network; `other_words` the rest, by language and column.
    """

    WORDED: ClassVar[tuple[str, ...]] = ()

    other_words = models.JSONField(_("in other languages"), default=dict, blank=True)

    class Meta:
        abstract = True

    def told(self, name: str) -> Told:
        """Return the column `name` in the language of who reads, if there, and which that is."""
        return told(getattr(self, name), self.other_words, name)

    def clean(self) -> None:
        """Refuse words of a language, or of a column, that nobody would ever read."""
        super().clean()
        if not is_worded(self.other_words, self.WORDED):
            raise ValidationError(_("These are not words of this object in other languages."))


def is_worded(others: Any, names: tuple[str, ...]) -> bool:
    """Tell whether `others` is texts by language of the network and by one of `names`."""
    if not isinstance(others, dict) or not set(others) <= set(other_languages()):
        return False
    return all(
        isinstance(words, dict)
        and set(words) <= set(names)
        and all(isinstance(text, str) and text for text in words.values())
        for words in others.values()
    )
