"""What was searched, in words: title, recap, the further choices that were made."""

import re
from collections.abc import Sequence
from datetime import date

from django import template
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.forms.filters import EVERYWHERE
from bookings.forms.search import SearchForm
from bookings.search.where.places import Place
from network.templatetags.dates import GLUE, is_french
from sites.models import Space
from sites.templatetags.when import day_words, day_words_short

register = template.Library()

#: Stands between the parts of a recap.
DOT = "\u00a0· "
#: Before a vowel "de" is "d’", before the article of a commune it is "du" or "des".
DE = ((re.compile(r"\bde (?=[AEIOUÀÂÉÈÊËÎÏÔÛ])"), "d’"), (re.compile(r"\bde Le (?=\S)"), "du "))


@register.simple_tag
def search_title(form: SearchForm, free: int) -> str:
    """Return "12 sites libres près de Villé, jeudi 26 novembre"."""
    days = days_words(form.when.days)
    where = near_words(form.place)
    if not free:
        words = _("Nothing free %(near)s, %(days)s") if where else _("Nothing free, %(days)s")
    elif where:
        words = ngettext(
            "%(sites)s site free %(near)s, %(days)s",
            "%(sites)s sites free %(near)s, %(days)s",
            free,
        )
    else:
        words = ngettext("%(sites)s site free, %(days)s", "%(sites)s sites free, %(days)s", free)
    return words % {"sites": free, "near": where, "days": days}


def days_words(days: Sequence[date]) -> str:
    """Return the day, or how many there are."""
    if len(days) == 1:
        return day_words(days[0])
    return _("on all %(days)s days chosen") % {"days": len(days)}


def near_words(place: Place | None) -> str:
    """Return "près de Villé", "près d’Obernai", "près de « La Fabrique »", "près de vous"."""
    if place is None:
        return ""
    if not place.code:
        return _("near you")
    if ":" in place.code:
        return _("near “%(place)s”") % {"place": place.label}
    words = _("near %(place)s") % {"place": place.label}
    for pattern, short in DE if is_french() else ():
        words = pattern.sub(short, words, count=1)
    return words


@register.filter
def around_words(form: SearchForm) -> str:
    """Return how far it was looked and in which order, or nothing."""
    if form.place is None:
        return ""
    if form.asked_km == EVERYWHERE:
        return _("The nearest first.")
    return _("At most %(km)s km away, the nearest first.") % {"km": round(form.reach_km)}


@register.filter
def recap(form: SearchForm) -> tuple[str, str]:
    """Return "Villé", " · jeu. 26 nov. · 1 poste": large text has room for the first part only."""
    days = form.when.days
    when = day_words_short(days[0]) if len(days) == 1 else days_words(days)
    what = what_words(form.sought_kind, form.party_size)
    kind_and_people = ", ".join(part.replace(" ", GLUE) for part in what.split(", "))
    told = DOT.join([when.replace(" ", GLUE), kind_and_people])
    return (form.place.label, f"{DOT}{told}") if form.place else (told, "")


def what_words(kind: str, people: int) -> str:
    """Return "2 postes", or "Salle de réunion, 6 personnes"."""
    if kind == Space.Kind.DESK:
        return ngettext("%(desks)s desk", "%(desks)s desks", people) % {"desks": people}
    label = str(Space.Kind(kind).label)
    if people == 1:
        return label
    words = ngettext("%(people)s person", "%(people)s people", people) % {"people": people}
    return f"{label}, {words}"


@register.simple_tag
def chosen_chips(form: SearchForm, query: QueryDict) -> list[dict[str, str]]:
    """Return each further choice in words, with the address of the search without it."""
    return [{"text": one.text, "href": without(query, one.names, one.value)} for one in form.chosen]


def without(query: QueryDict, names: Sequence[str], value: str) -> str:
    """Return `query` as an address, without that value of the names, or without any."""
    left = query.copy()
    for name in (*names, "page"):
        kept = [one for one in left.getlist(name) if value and name != "page" and one != value]
        left.setlist(name, kept)
    return f"?{left.urlencode()}"


def no_chips_href(form: SearchForm) -> str:
    """Return the address of the search without any further choice."""
    left = form.asked.copy()
    for name in ("page", *(name for one in form.groups for name in one.names)):
        left.pop(name, None)
    return f"?{left.urlencode()}"
