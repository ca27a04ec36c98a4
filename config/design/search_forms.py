"""The form of a search: drawn once a minute for many, then told what one search says.

What differs is written by the functions below, each of which is a tag of the form's templates: of
a blank form it leaves its mark, which is told later; of another form what it would tell.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django import forms, template
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from bookings.forms.blank import BlankForm
from bookings.forms.marked import filled, mark
from bookings.forms.search import SearchForm
from bookings.search.choices import Choices, Figure
from bookings.templatetags.searches import no_chips_href
from config.design.controls import written
from network.language import page_language
from network.templatetags.dates import GLUE
from network.wording import worded_once
from sites.templatetags.when import day_words_short

register = template.Library()
#: Seconds that a drawn form is kept: as long as new equipment or specialities may go unseen.
KEPT_S = 60
TEMPLATE = "bookings/searchbar.html"
Told = Callable[[SearchForm, str], str]
#: By its name, what tells of a form what differs from search to search.
DIFFERING: dict[str, Told] = {}


def differing(tell: Told) -> Told:
    """Make a tag of what `tell` returns as markup: of a blank form, a mark."""
    name = tell.__name__
    DIFFERING[name] = tell

    @register.simple_tag(name=name)
    def drawn(form: SearchForm, of: object = "") -> SafeString:
        is_blank = isinstance(form, BlankForm)
        return mark_safe(mark(name, of) if is_blank else tell(form, str(of)))  # noqa: S308 -- markup

    return tell


@register.simple_tag
def search_form(form: SearchForm, choices: Choices | None) -> SafeString:
    """Return the form of a search with its further choices, each with what `choices` counts.

    One with errors is drawn by itself, and counts nothing.
    """
    if choices is None:
        return render_to_string(TEMPLATE, {"form": form, "with_filters": True})
    return mark_safe(filled(drawn_blank(form), Telling(form, choices).tell))  # noqa: S308 -- markup


def drawn_blank(form: SearchForm) -> str:
    """Return the blank form of such searches, kept for each language, kind of space and day.

    Unless equipment is chosen that spaces of the kind do not have: it is offered all the same.
    """
    key = f"search-form.{page_language()}.{form.sought_kind}.{form.today}"
    kept = cache.get_or_set(key, lambda: draw_blank(form, ()), KEPT_S) or draw_blank(form, ())
    chosen = form.entries.getlist("equipment")
    is_offered = all(f'"state:equipment={one}"' in kept for one in chosen)
    return kept if is_offered else draw_blank(form, chosen)


def draw_blank(form: SearchForm, equipment: Sequence[str]) -> SafeString:
    """Return the blank form of such searches, which offers that equipment as well."""
    blank = BlankForm(today=form.today, kind=form.sought_kind, equipment=equipment)
    return render_to_string(TEMPLATE, {"form": blank, "with_filters": True, "is_counted": True})


@dataclass
class Telling:
    """Tells what differs of one search; each figure is counted once."""

    form: SearchForm
    choices: Choices
    figures: dict[str, Figure] = field(default_factory=dict)

    def tell(self, name: str, of: str) -> str:
        """Return what stands where `name` is marked."""
        if name == "figure":
            return figure_words(self.figure(of))
        return self.state(of) if name == "state" else DIFFERING[name](self.form, of)

    def figure(self, of: str) -> Figure:
        """Return what a choice, told as "category=rural", leaves."""
        if of not in self.figures:
            name, _equals, value = of.partition("=")
            self.figures[of] = self.choices.figure(name, value)
        return self.figures[of]

    def state(self, of: str) -> str:
        """Return the attribute of a choice that was made, or that would lead nowhere."""
        name, _equals, value = of.partition("=")
        if is_made(self.form, name, value):
            return made_attribute(self.form.fields[name])
        is_counted = getattr(self.form.fields[name].widget, "is_counted", True)
        return " disabled" if is_counted and self.figure(of).is_vain else ""


def is_made(form: SearchForm, name: str, value: str) -> bool:
    """Tell whether a search makes that choice of a field; of one box, whether it is ticked."""
    if isinstance(form.fields[name], forms.BooleanField):
        return bool(form.cleaned_data[name])
    if isinstance(form.fields[name].widget, forms.CheckboxSelectMultiple):
        return value in form.entries.getlist(name)
    return bool(value == form.entries.get(name, ""))


def made_attribute(chosen: forms.Field) -> str:
    """Return how a control says that a choice is made."""
    return " selected" if isinstance(chosen.widget, forms.Select) else " checked"


def figure_words(figure: Figure) -> str:
    """Return " (12)"; of a choice that only adds to others, " (+3)"."""
    told = figure.left if figure.more is None else f"+{figure.more}"
    return f"{GLUE}({told})"


@differing
def typed(form: SearchForm, name: str) -> str:
    """Return what was typed in a field."""
    value = form.fields[name].prepare_value(form.entries.get(name))
    return written("" if value is None else value)


@differing
def chosen_chip(form: SearchForm, _of: str) -> str:
    """Return how many further choices are made, if any."""
    if not form.chosen:
        return ""
    number = len(form.chosen)
    words = ngettext("%(number)s chosen", "%(number)s chosen", number) % {"number": number}
    return f'<span class="chip info">{words}</span>'


@differing
def group_opening(form: SearchForm, number: str) -> str:
    """Return the attribute of a group of choices that is not folded away."""
    group = form.groups[int(number)]
    return " open" if group.chosen or group.is_wrong else ""


@differing
def group_chosen(form: SearchForm, number: str) -> str:
    """Return how many choices of a group are made, if any."""
    chosen = form.groups[int(number)].chosen
    return f'<span class="num">({chosen})</span>' if chosen else ""


@differing
def bare_href(form: SearchForm, _of: str) -> str:
    """Return the address of the search without any further choice."""
    return written(no_chips_href(form))


@differing
def further_days(form: SearchForm, _of: str) -> str:
    """Return boxes for the days after the first that a search can add."""
    days = enumerate(form.further_days, start=1)
    return "".join(day_box(number, one["date"], one["is_chosen"]) for number, one in days)


@worded_once
def day_box(number: int, day: date, is_chosen: bool) -> str:
    """Return the box of one day."""
    checked = " checked" if is_chosen else ""
    return (
        f'<div><label for="also-{number}"><input type="checkbox" id="also-{number}" name="also"'
        f' value="{day.isoformat()}"{checked}> {written(day_words_short(day))}</label></div>'
    )
