"""Fields of forms of a kind of their own."""

from typing import Any

from django import forms

from network.text import public_words


class WordsField(forms.CharField):
    """Words of somebody that others read: without what turns the direction of a line.

    Where nothing can be read nothing was written, however many signs were.
    """

    def to_python(self, value: Any) -> Any:
        """Return the words as they are kept."""
        text = super().to_python(value)
        return public_words(text) if isinstance(text, str) else text
