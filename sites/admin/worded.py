"""Forms of rows whose words may be told in several languages."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.options import FORMFIELD_FOR_DBFIELD_DEFAULTS
from django.db import models
from django.utils.text import capfirst, format_lazy

from network.formfields import WordsField
from network.language import name_within_lazy
from sites.models.worded import Worded
from sites.telling import other_languages


class WordedForm(forms.ModelForm):
    """Writes the words of each other language into `other_words`, and reads them from there."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, words in self.instance.other_words.items():
            for name, text in words.items():
                self.initial[f"{name}_{code}"] = text

    def clean(self) -> dict[str, Any]:
        """Keep what was written, by language; a language without a word is not kept."""
        fields = super().clean() or self.cleaned_data
        told = {
            code: {
                name: text
                for name in self.instance.WORDED
                if (text := fields.get(f"{name}_{code}"))
            }
            for code in other_languages()
        }
        self.instance.other_words = {code: words for code, words in told.items() if words}
        return fields


def words_by_language(model: type[Worded]) -> list[tuple[Any, Any]]:
    """Return a fieldset for each other language, folded, with a field for each word."""
    return [
        (
            name,
            {"classes": ("collapse",), "fields": tuple(f"{word}_{code}" for word in model.WORDED)},
        )
        for code, name in settings.LANGUAGES
        if code in other_languages()
    ]


def worded_form(model: type[Worded], base: type[WordedForm] = WordedForm) -> type[WordedForm]:
    """Return the form of a model: its own fields, and one for each word and other language.

    `base` checks what is the model's own.
    """
    told: dict[str, Any] = {}
    for name in model.WORDED:
        column: models.Field[Any, Any] = getattr(model, name).field
        word = capfirst(column.verbose_name)
        for code in other_languages():
            label = format_lazy("{word} ({language})", word=word, language=name_within_lazy(code))
            told[f"{name}_{code}"] = column.formfield(
                label=label,
                required=False,
                help_text="",
                form_class=WordsField,
                **FORMFIELD_FOR_DBFIELD_DEFAULTS.get(type(column), {}),
            )
    meta = type("Meta", (), {"model": model, "exclude": ("other_words",)})
    return type(f"{model.__name__}Form", (base,), {**told, "Meta": meta})
