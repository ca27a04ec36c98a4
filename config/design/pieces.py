"""What the pieces of pages are written with: attributes, icons, the words and signs of a state."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bookings.search.counting import Count, Why
from bookings.search.parts import Part
from bookings.templatetags.counts import units_words
from bookings.templatetags.grids import free_words
from config.design.controls import written
from network.hrefs import address_of
from network.language import own_names, page_language
from network.templatetags.dates import foldable
from network.wording import worded_once
from sites.maps.pins import Pin
from sites.telling import reading_language, source_language

register = template.Library()

#: Keeps the line of a day that nobody counted yet.
NO_SIGN = "\u00a0"
NOTICE_ICONS = {"success": "check", "warning": "alert", "error": "alert"}
#: What a button is told beside its text.
BUTTON = (
    *("variant", "icon", "icon_after", "href", "type", "name", "value", "form_id"),
    *("is_disabled", "is_wide", "about", "is_own", "label"),
)
SORT_MARKS = {"ascending": "▲", "descending": "▼"}


@register.simple_tag
def classes(*names: str | None, **conditions: object) -> str:
    """Return what stands in `class`: the names given, and each `is_so=…` that holds, as is-so."""
    held = [name.replace("_", "-") for name, holds in conditions.items() if holds]
    return " ".join([*filter(None, names), *held])


@register.simple_tag
def attributes(**values: Any) -> SafeString:
    """Return attributes with a blank before each: `aria_current="date"`, `disabled=True`.

    What is False, None or empty is left out.
    """
    return SafeString(
        "".join(
            f" {name.replace('_', '-')}"
            if value is True
            else f' {name.replace("_", "-")}="{written(value)}"'
            for name, value in values.items()
            if not is_absent(value)
        )
    )


def is_absent(value: object) -> bool:
    """Tell whether an attribute of this value is not written; 0 is."""
    return value is None or value is False or value == ""


@register.simple_tag
def lang(language: str = "") -> SafeString:
    """Return ` lang="fr"` where text in `language` stands in a page of another, else nothing.

    Without a language the text is what communities wrote, in the network's own.
    """
    return lang_mark(language or source_language(), reading_language())


@lru_cache(maxsize=64)
def lang_mark(own: str, read: str) -> SafeString:
    """Return the mark of text in the language `own` in a page that is read in another."""
    return SafeString("") if own == read else attributes(lang=own)


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Return an icon of img/icons.svg; `label`: words, when no text beside says the same."""
    return drawn_icon(name, label, css)


@lru_cache(maxsize=512)
def drawn_icon(name: str, label: str, css: str) -> SafeString:
    """Return an icon as drawn before: a page has some fifty, few differ, and the sprite stays."""
    return format_html(
        '<svg class="icon{}" focusable="false"{}><use href="{}#{}"/></svg>',
        f" {css}" if css else "",
        attributes(role="img", aria_label=label) if label else attributes(aria_hidden="true"),
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def address(page: str) -> str:
    """Return the address of a page that is there once: `url`, in a quarter of its time."""
    return address_of(page)


@register.simple_tag
def language_buttons() -> SafeString:
    """Return the buttons of `components/language.html`: one for each language but the page's."""
    return buttons_beside(page_language())


@worded_once
def buttons_beside(language: str) -> SafeString:
    """Return the buttons of a page in that language, which is the active one."""
    return format_html_join(
        "\n",
        '<button type="submit" name="language" value="{0}">'
        '<span class="visually-hidden">{2} </span><span lang="{0}">{1}</span></button>',
        ((code, name, _("Language:")) for code, name in own_names() if code != language),
    )


@register.simple_tag
def button(text: str, **told: Any) -> SafeString:
    """Return a button, told as `components/button.html` says; written here, as pages have many."""
    name = "a" if told.get("href") else "button"
    css = classes("button", told.get("variant"), wide=told.get("is_wide"))
    parts = " ".join(button_parts(text, told))
    return SafeString(f'<{name} class="{css}"{button_ways(told)}> {parts} </{name}>')


@register.simple_tag(takes_context=True)
def button_told(context: template.Context) -> SafeString:
    """Return the button that `components/button.html` was told of."""
    told = {name: context.get(name) for name in BUTTON}
    return button(context["text"], **told)


def button_ways(told: Mapping[str, Any]) -> SafeString:
    """Return the attributes of a link, or of a button of a form."""
    label = told.get("label")
    if told.get("href"):
        return attributes(href=told["href"], aria_label=label)
    sent = {"type": told.get("type") or "submit", **told_of(told, "name", "value")}
    disabled = told.get("is_disabled")
    return attributes(**sent, form=told.get("form_id"), disabled=disabled, aria_label=label)


def button_parts(text: str, told: Mapping[str, Any]) -> Iterator[str]:
    """Yield what stands in a button, one beside the other."""
    if told.get("icon"):
        yield icon(told["icon"])
    yield f"<span>{written(text)}</span>"
    if about := told.get("about"):
        own = lang() if told.get("is_own") else ""
        yield f'<span class="visually-hidden"{own}>{written(about)}</span>'
    if told.get("icon_after"):
        yield icon(told["icon_after"])


@register.simple_tag
def slot(time: str, free: int | None = None, href: str = "", **told: Any) -> SafeString:
    """Return a time that can be booked, told as `components/slot.html` says.

    Written here: a page has dozens of them, each in a tenth of the time that a template takes.
    """
    words = written(foldable(time))
    if free == 0:
        return SafeString(f'<span class="slot full">{words}<small>{_("full")}</small></span>')
    tag, chosen = ("a", "aria_current") if href else ("button", "aria_pressed")
    ways = {"href": href} if href else {"type": "submit", **told_of(told, "name", "value")}
    ways[chosen] = "true" if told.get("is_selected") else ""
    about = told.get("about")
    price = f"<b>{written(told['price'])}</b>" if told.get("price") else ""
    left = written(free_words(free)) if free else ""
    lines = [" ".join(filter(None, (left, price))), written(told.get("small") or "")]
    return SafeString(
        f'<{tag} class="slot{" few" if free == 1 else ""}"{attributes(**ways)}>'
        f"{hidden_words(f'{about}, ') if about else ''}<span>{words}</span>"
        f"{''.join(f'<small>{one}</small>' for one in lines if one)}</{tag}>"
    )


@register.simple_tag
def draw_slots(slots: Iterable[Mapping[str, Any]]) -> SafeString:
    """Return several slots, each given as what `slot` takes."""
    return SafeString("".join(slot(**one) for one in slots))


def told_of(told: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return those of the values that were told."""
    return {name: told.get(name) for name in names}


def hidden_words(text: str) -> SafeString:
    """Return words of communities that only screen readers say."""
    return SafeString(f'<span class="visually-hidden"{lang()}>{written(text)}</span>')


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
def day_mark(count: Count | None, is_past: bool) -> dict[str, str]:
    """Return what a day of seven says of itself: state, short words, icon; no sign uncounted."""
    if is_past or count and count.why is Why.OVER:
        return {"state": "closed", "text": pgettext("a day of seven in a row", "past"), "icon": ""}
    if count is None:
        return {"state": "", "text": NO_SIGN, "icon": ""}
    if count.why is Why.NOT_THEN:
        return {"state": "full", "text": "–", "label": _("not bookable then"), "icon": ""}
    if count.why is Why.TOO_SMALL:
        label = _("too small for so many")
        return {"state": "full", "text": _("full"), "label": label, "icon": "full"}
    if count.why:
        # German's word is too long for a seventh of a phone's width.
        text = pgettext("a day of seven in a row", "closed")
        return {"state": "closed", "text": text, "icon": "closed"}
    if not count.free:
        return {"state": "full", "text": _("full"), "icon": "full"}
    mark = {"state": "few" if count.is_few else "", "text": free_words(count.free), "icon": "check"}
    return mark | ({"part": str(Part(count.part).label)} if count.part else {})


@register.filter
def marker_label(pin: Pin) -> str:
    """Return the name of a marker: "La Fabrique – 5 desks free", in the words of results."""
    words = marker_words(pin)
    return f"{pin.label} – {words}" if words else pin.label


def marker_words(pin: Pin) -> str:
    """Return what a marker says of its place, or nothing when nothing is counted."""
    if pin.is_closed:
        return _("closed")
    if pin.count is None:
        return ""
    if not pin.count:
        return _("full")
    return units_words(Count(pin.count), pin.kind)


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


@register.filter
def has_summary(form: BaseForm | None) -> bool:
    """Tell whether what is to correct is summed up over the form.

    Not over one with a single control: there it would be said twice within a few lines. The
    control is focused instead, and says it itself.
    """
    if not form or not form.errors:
        return False
    typed = [field for field in form.visible_fields() if field.widget_type != "checkbox"]
    if len(typed) != 1 or set(form.errors) != {typed[0].name}:
        return True
    typed[0].field.widget.attrs["autofocus"] = True
    return False


@register.simple_tag(takes_context=True)
def piece(
    context: template.Context, name: str, values: Mapping[str, Any] | None = None, /, **given: Any
) -> SafeString:
    """Draw a piece of templates/components/ with what it is given, and nothing else of the page."""
    if name == "button":
        return button(**{**(values or {}), **given})
    assert context.template is not None  # a tag is drawn by a template
    drawn = context.template.engine.get_template(f"components/{name}.html")
    return drawn.render(context.new({**(values or {}), **given}))
