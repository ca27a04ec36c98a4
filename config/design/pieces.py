"""What the pieces of pages are written with: attributes, icons, the words and signs of a state."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bookings.templatetags.grids import free_words
from sites.schematic import Pin
from sites.telling import reading_language, source_language

register = template.Library()

#: Fewer free places than this in a whole day are few.
FEW_IN_A_DAY = 4
NOTICE_ICONS = {"success": "check", "warning": "alert", "error": "alert"}
SORT_MARKS = {"ascending": "▲", "descending": "▼"}


@register.simple_tag
def classes(*names: str | None, **conditions: object) -> str:
    """Return what stands in `class`: the names given, and each `is_so=…` that holds, as is-so."""
    held = [name.replace("_", "-") for name, holds in conditions.items() if holds]
    return " ".join([*filter(None, names), *held])


@register.simple_tag
def attributes(**values: object) -> SafeString:
    """Return attributes with a blank before each: `aria_current="date"`, `disabled=True`.

    What is False, None or empty is left out.
    """
    written = [
        SafeString("") if value is True else format_html('="{}"', value)
        for value in values.values()
        if not is_absent(value)
    ]
    names = [name.replace("_", "-") for name, value in values.items() if not is_absent(value)]
    return format_html_join("", " {}{}", zip(names, written, strict=True))


def is_absent(value: object) -> bool:
    """Tell whether an attribute of this value is not written; 0 is."""
    return value is None or value is False or value == ""


@register.simple_tag
def lang(language: str = "") -> SafeString:
    """Return ` lang="fr"` where text in `language` stands in a page of another, else nothing.

    Without a language the text is what communities wrote, in the network's own.
    """
    own = language or source_language()
    return attributes(lang=None if own == reading_language() else own)


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Return an icon of img/icons.svg; `label`: words, when no text beside says the same."""
    return format_html(
        '<svg class="icon{}" focusable="false"{}><use href="{}#{}"/></svg>',
        f" {css}" if css else "",
        attributes(role="img", aria_label=label) if label else attributes(aria_hidden="true"),
        static("img/icons.svg"),
        name,
    )


@register.filter
def notice_icon(state: str | None) -> str:
    """Return the name of the icon that a notice of this state has."""
    return NOTICE_ICONS.get(state or "", "info")


@register.filter
def notice_state(level: str) -> str:
    """Return the state of a notice for a level of Django's messages."""
    return "info" if level == "debug" else level


@register.filter
def live_role(state: str | None) -> str:
    """Return how a notice that appears is announced: an error at once, the rest in its turn."""
    return "alert" if state == "error" else "status"


register.filter(free_words)


@register.simple_tag
def day_state(free: int | None, is_closed: bool) -> str:
    """Return the state of a day whose free places are counted: closed, full, few or nothing."""
    if is_closed:
        return "closed"
    if free == 0:
        return "full"
    return "few" if free and free < FEW_IN_A_DAY else ""


@register.simple_tag
def day_places(free: int | None, is_closed: bool, href: str | None) -> str:
    """Return a day's free places in words; a dash when it is over, no sign while not counted."""
    if is_closed:
        # German's word is too long for a seventh of a phone's width.
        return pgettext("a day of seven in a row", "closed")
    if free == 0:
        return _("full")
    if free:
        return free_words(free)
    return "\u00a0" if href else "–"


@register.filter
def marker_label(pin: Pin) -> str:
    """Return the name of a marker: "La Fabrique – 3 places free"."""
    if pin.count is None:
        return pin.label
    words = _("full")
    if pin.count:
        words = ngettext("%(places)s place free", "%(places)s places free", pin.count)
        words %= {"places": pin.count}
    return f"{pin.label} – {words}"


@register.filter
def sort_mark(sort: str) -> str:
    """Return the sign of a column that the table is sorted by."""
    return SORT_MARKS.get(sort, "")


@register.filter
def beside(cells: Sequence[Any], columns: Sequence[Any]) -> Iterable[tuple[Any, Any]]:
    """Return each cell of a row with its column."""
    return zip(cells, columns, strict=True)


@register.filter
def is_choice_list(widget_type: str) -> bool:
    """Tell whether a widget draws each of its choices as a control of its own."""
    return widget_type in {"radioselect", "checkboxselectmultiple"}


@register.simple_tag(takes_context=True)
def piece(
    context: template.Context, name: str, values: Mapping[str, Any] | None = None, /, **given: Any
) -> SafeString:
    """Draw a piece of templates/components/ with what it is given, and nothing else of the page."""
    assert context.template is not None  # a tag is drawn by a template
    drawn = context.template.engine.get_template(f"components/{name}.html")
    return drawn.render(context.new({**(values or {}), **given}))
