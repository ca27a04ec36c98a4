"""The button of a time that can be booked. Written in Python: a page of results has dozens."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.templatetags.dates import foldable


def slot(
    time: str,
    free: int | None = None,
    small: str = "",
    about: str = "",
    *,
    lang: str,
    **target: Any,
) -> SafeString:
    """Return the slot; `target` is `href`, or `name` and `value`, and `is_selected`.

    `free`: 0 is full and cannot be pressed, None is not counted; `small`: a line such as the price;
    `about`: words for screen readers, in the language that the attribute `lang` tells.
    """
    if free == 0:
        full = '<span class="slot full">{}<small>{}</small></span>'
        return format_html(full, foldable(time), _("full"))
    inside = [format_html("<span>{}</span>", foldable(time))]
    if about:
        veiled = format_html('<span class="visually-hidden"{}>{}, </span>', lang, about)
        inside.insert(0, veiled)
    further = (free_words(free) if free else "", small)
    inside += [format_html("<small>{}</small>", one) for one in further if one]
    css = SafeString("slot few" if free == 1 else "slot")
    return pressed(SafeString("".join(inside)), css, target)


def pressed(inside: SafeString, css: SafeString, target: Mapping[str, Any]) -> SafeString:
    """Return a link, or a button of a form, around what a slot says."""
    is_selected = target.get("is_selected")
    if href := target.get("href"):
        current = SafeString(' aria-current="true"' if is_selected else "")
        return format_html('<a class="{}" href="{}"{}>{}</a>', css, href, current, inside)
    chosen = SafeString(' aria-pressed="true"' if is_selected else "")
    name, value = target.get("name", ""), target.get("value", "")
    button = '<button class="{}" type="submit" name="{}" value="{}"{}>{}</button>'
    return format_html(button, css, name, value, chosen, inside)


def free_words(free: int) -> str:
    """Return "3 free"."""
    return ngettext("%(free)s free", "%(free)s free", free) % {"free": free}
