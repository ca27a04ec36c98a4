"""Names that may be told in other languages too."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from network.formfields import WordsField
from network.language import name_within_lazy
from sites.telling import other_languages

LONGEST = 120


def name_key(code: str) -> str:
    """Return the name of the field of a name in another language."""
    return f"name_{code}"


def other_name(word: Any, code: str) -> WordsField:
    """Return the field of a name in another language."""
    label = format_lazy("{word} ({language})", word=word, language=name_within_lazy(code))
    return WordsField(label=label, max_length=LONGEST, required=False)


class NamesForm(forms.Form):
    """A name in the network's language, and in each other one where it has one."""

    name = WordsField(label=_("Name"), max_length=LONGEST)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        before, word = list(self.fields), self.fields["name"].label
        others = {name_key(code): other_name(word, code) for code in other_languages()}
        self.fields |= others
        after = before.index("name") + 1
        self.order_fields([*before[:after], *others, *before[after:]])

    @property
    def other_words(self) -> dict[str, dict[str, str]]:
        """Return the names in other languages as rows keep them."""
        told = ((code, self.cleaned_data.get(name_key(code))) for code in other_languages())
        return {code: {"name": text} for code, text in told if text}


def typed_names(others: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the names in other languages that a row has, by their fields."""
    return {name_key(code): words["name"] for code, words in others.items() if "name" in words}
