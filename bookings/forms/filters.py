"""The further choices of a search: days and hours, how far, which sites and equipment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bookings.forms import counted
from bookings.search.parts import Part
from network.templatetags.dates import clock, hour_range
from sites.forms import EndField, TimeInput
from sites.models import Equipment, Site, Specialisation
from sites.models.site import FLAGSHIP_HINT
from sites.templatetags.speeds import speed
from sites.templatetags.when import day_words_short

RADII = (10, 25, 50)
#: What the form sends for no limit of distance.
EVERYWHERE = 0
#: No distance on Earth has more digits.
LONGEST_KM = 5
HOURS = ("part", "starts", "ends")
#: Fields of which so much can be chosen that no two searches are alike.
OPEN = frozenset({"starts", "ends", "also", "category", "host", "specialisation", "equipment"})
#: Left empty, a field is drawn by what another one says.
DECIDED_BY = {"also": "on", "equipment": "kind"}
SPEEDS = (30, 100, 300, 1000)
ANY_PART = ("", pgettext_lazy("part of a day", "Half-day or day"))


def radius_choices() -> list[tuple[int, Any]]:
    """Return how far one may look: also as far as this network usually does."""
    radii = sorted({*RADII, settings.SEARCH_RADIUS_KM})
    return [*((km, f"{km}\u00a0km") for km in radii), (EVERYWHERE, _("Everywhere"))]


def radius_offered(km: str) -> str:
    """Return the least distance on offer of at least so many km: old links ask for others.

    What is no whole number of km is returned as it is, and refused by the form.
    """
    if not (km.isascii() and km.isdecimal()):
        return km
    offered = sorted(int(one) for one, _words in radius_choices() if one != EVERYWHERE)
    asked = int(km[:LONGEST_KM])
    if asked == EVERYWHERE:
        return km
    return str(next((one for one in offered if one >= asked), EVERYWHERE))


class DatesField(forms.MultipleChoiceField):
    """Further days, as checkboxes."""

    def valid_value(self, value: str) -> bool:
        """Accept any ISO date; the form bounds them."""
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
        return True


@dataclass(frozen=True)
class Chosen:
    """A further choice that was made: its words, and the names and value that undo it."""

    text: str
    names: tuple[str, ...]
    value: str = ""


@dataclass(frozen=True)
class Group:
    """Some of the further choices: their heading, fields, and how many are made.

    `cached_as` names all that decides how it is drawn; empty where that is too much to keep.
    """

    title: Any
    names: tuple[str, ...]
    chosen: int
    is_wrong: bool
    fields: tuple[forms.BoundField, ...]
    cached_as: str


class FiltersForm(forms.Form):
    """What may be left out of any search."""

    part = forms.ChoiceField(
        label=_("Part of the day"), required=False, choices=[ANY_PART, *Part.choices]
    )
    starts = forms.TimeField(label=_("From"), required=False, widget=TimeInput())
    ends = EndField(label=_("Until"), required=False, widget=TimeInput())
    also = DatesField(label=_("Also on"), required=False, widget=forms.CheckboxSelectMultiple)
    radius_km = forms.TypedChoiceField(
        label=_("Within"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=radius_choices,
        widget=counted.Select,
    )
    category = forms.MultipleChoiceField(
        label=_("Kind of site"),
        help_text=FLAGSHIP_HINT,
        required=False,
        choices=Site.Category.choices,
        widget=counted.CheckboxSelectMultiple,
    )
    host = forms.MultipleChoiceField(
        label=_("Hosted in"),
        required=False,
        choices=Site.Host.choices,
        widget=counted.CheckboxSelectMultiple,
    )
    specialisation = forms.ModelMultipleChoiceField(
        label=_("Specialities of the site"),
        required=False,
        queryset=Specialisation.objects.order_by("name"),
        to_field_name="code",
        widget=counted.CheckboxSelectMultiple,
    )
    step_free = forms.BooleanField(
        label=_("Step-free access"), required=False, widget=counted.CheckboxInput
    )
    on_saturday = forms.BooleanField(
        label=_("Open on Saturday"), required=False, widget=counted.CheckboxInput
    )
    min_mbps = forms.TypedChoiceField(
        label=_("Connection"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Any speed")), *((mbps, f"≥ {speed(mbps)}") for mbps in SPEEDS)],
        widget=counted.Select,
    )
    equipment = forms.ModelMultipleChoiceField(
        label=_("Equipment"),
        required=False,
        queryset=Equipment.objects.order_by("name"),
        to_field_name="code",
        widget=counted.CheckboxSelectMultiple,
    )

    GROUPS: ClassVar = (
        (_("Days and hours"), (*HOURS, "also")),
        (_("Distance"), ("radius_km",)),
        (_("The site"), ("category", "host", "specialisation", "step_free", "on_saturday")),
        (_("Connection and equipment"), ("min_mbps", "equipment")),
    )

    @property
    def asked_km(self) -> int:
        """Return how far to look, `EVERYWHERE` for no limit: as usual unless said otherwise."""
        km: int | None = getattr(self, "cleaned_data", {}).get("radius_km")
        return settings.SEARCH_RADIUS_KM if km is None else km

    def offer_equipment(self, kind: str, chosen: Sequence[str]) -> None:
        """Offer only what spaces of that kind have, and what was chosen before."""

        def offered() -> list[tuple[str, str]]:
            had = Q(spaces__kind=kind, spaces__is_active=True)
            found = Equipment.objects.filter(had | Q(code__in=chosen)).distinct()
            return [(one.code, str(one)) for one in found.order_by("name")]

        self.fields["equipment"].widget.choices = CallableChoiceIterator(offered)

    @property
    def groups(self) -> list[Group]:
        """Return the further choices as the page folds them away."""
        made = list(self.chosen)
        return [self.group(title, names, made) for title, names in self.GROUPS]

    def group(self, title: Any, names: tuple[str, ...], made: Sequence[Chosen]) -> Group:
        """Return one group, of which some of the choices may be `made`."""
        chosen = sum(one.names[0] in names for one in made)
        return Group(
            title,
            names,
            chosen,
            is_wrong=any(name in self.errors for name in names),
            fields=tuple(self.marked(name) for name in names),
            cached_as=self.cached_as(names),
        )

    def marked(self, name: str) -> forms.BoundField:
        """Return the field; a single box is told its figure behind the label."""
        field = self[name]
        if isinstance(self.fields[name].widget, counted.CheckboxInput):
            field.label = f"{self.fields[name].label}{counted.mark(name, '')}"
        return field

    def cached_as(self, names: Sequence[str]) -> str:
        """Return the names and all that decides how their fields are drawn, if that is little."""
        if not self.is_valid() or any(self.cleaned_data[name] for name in names if name in OPEN):
            return ""
        fields = (DECIDED_BY.get(name, name) for name in names)
        decides = (self.cleaned_data[name] for name in fields if name not in OPEN)
        return "/".join([*names, *map(str, decides)])

    @property
    def has_wrong_filter(self) -> bool:
        """Tell whether one of the choices that are folded away is refused."""
        return any(group.is_wrong for group in self.groups)

    @property
    def chosen(self) -> list[Chosen]:
        """Return the choices that were made, in the order of the form."""
        return list(made_of(getattr(self, "cleaned_data", {}), self.fields))


def hours_chosen(values: Mapping[str, Any]) -> Iterator[Chosen]:
    """Yield the part of the day, or the hours, that were asked for."""
    part, starts, ends = (values.get(name) for name in HOURS)
    if starts is not None and ends is not None:
        yield Chosen(hour_range(told_clock(starts), told_clock(ends)), HOURS)
    elif part and part != Part.HOURS:
        yield Chosen(str(Part(part).label), HOURS)


def told_clock(clocks: time) -> str:
    """Return "9 h 30"; midnight ends a day as its 24th hour."""
    return clock(clocks.hour or (0 if clocks.minute else 24), clocks.minute)


def days_chosen(values: Mapping[str, Any]) -> Iterator[Chosen]:
    """Yield each further day."""
    for day in sorted(values.get("also") or ()):
        words = str(_("also on %(day)s") % {"day": day_words_short(day)})
        yield Chosen(words, ("also",), day.isoformat())


def radius_chosen(values: Mapping[str, Any]) -> Iterator[Chosen]:
    """Yield how far to look, when it is not as usual."""
    km = values.get("radius_km")
    if km is not None and km != settings.SEARCH_RADIUS_KM:
        words = _("Everywhere") if km == EVERYWHERE else _("%(km)s km at most") % {"km": km}
        yield Chosen(str(words), ("radius_km",))


def kinds_chosen(values: Mapping[str, Any]) -> Iterator[Chosen]:
    """Yield each kind of site, and what hosts it."""
    for name, kinds in (("category", Site.Category), ("host", Site.Host)):
        for one in values.get(name) or ():
            yield Chosen(str(kinds(one).label), (name,), one)


def terms_chosen(values: Mapping[str, Any], name: str) -> Iterator[Chosen]:
    """Yield each word of the network's vocabulary."""
    for term in values.get(name) or ():
        yield Chosen(str(term), (name,), term.code)


def made_of(values: Mapping[str, Any], fields: Mapping[str, forms.Field]) -> Iterator[Chosen]:
    """Yield the further choices among `values`, in the order of the form."""
    yield from hours_chosen(values)
    yield from days_chosen(values)
    yield from radius_chosen(values)
    yield from kinds_chosen(values)
    yield from terms_chosen(values, "specialisation")
    for name in ("step_free", "on_saturday"):
        if values.get(name):
            yield Chosen(str(fields[name].label), (name,))
    if mbps := values.get("min_mbps"):
        yield Chosen(f"≥ {speed(mbps)}", ("min_mbps",))
    yield from terms_chosen(values, "equipment")
