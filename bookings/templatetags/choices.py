"""The further choices of a search, each with how many sites it would leave."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from bookings.forms.counted import filled
from bookings.search.choices import Choices, Figure
from network.templatetags.dates import GLUE

register = template.Library()


@register.filter(is_safe=True)
def counted(drawn: SafeString, choices: Choices | None) -> SafeString:
    """Return what was drawn of a form with its figures, or with none where nothing is counted."""

    def told(name: str, value: str) -> tuple[str, bool]:
        if not choices:
            return "", False
        figure = choices.figure(name, value)
        return figure_words(figure), figure.is_vain

    return mark_safe(filled(drawn, told))  # noqa: S308 -- drawn by the form; figures are numbers


def figure_words(figure: Figure) -> str:
    """Return " (12)"; of a choice that only adds to others, " (+3)"."""
    told = figure.left if figure.more is None else f"+{figure.more}"
    return f"{GLUE}({told})"
