"""The form of the simulator."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from billing.charging.simulating import Habit
from billing.prices.groups import Group
from sites.models import Site

#: Sites that the simulator compares.
LINES = (1, 2, 3)
WEEKDAYS = 5


class SimulatorForm(forms.Form):
    """How often somebody works where: up to three sites."""

    hide_optional = True

    group = forms.ChoiceField(label=_("You are"), required=False)

    def __init__(self, entries: QueryDict | None, *, groups: Iterable[Group]) -> None:
        super().__init__(entries)
        self.sites: dict[int, Site | None] = {}
        self.fields["group"].choices = [(one.value, one.label) for one in groups]  # type: ignore[attr-defined]  # a choice
        for number in LINES:
            self.fields[f"site{number}"] = forms.CharField(
                label=_("Site"), required=False, max_length=120, widget=site_input()
            )
            self.fields[f"days{number}"] = how_often(_("Whole days a week"))
            self.fields[f"half_days{number}"] = how_often(_("Half-days a week"))

    def clean(self) -> dict[str, Any]:
        """Refuse an unknown site, a week of more than five days, and a line without any."""
        for number in LINES:
            self.clean_line(number)
        if not self.errors and not self.habits:
            self.add_error("site1", _("Name a site, and how often you would work there."))
        return self.cleaned_data

    def clean_line(self, number: int) -> None:
        """Refuse what is wrong in one line."""
        name = self.cleaned_data.get(f"site{number}", "")
        if not name:
            return
        days, half_days = self.often(number)
        self.sites[number] = self.site(name)
        if self.sites[number] is None:
            self.add_error(f"site{number}", _("No site of the network has this name."))
        elif not 0 < days + half_days <= WEEKDAYS:
            self.add_error(f"days{number}", _("Between one and five days a week, all together."))

    def often(self, number: int) -> tuple[int, int]:
        """Return the days and half-days of a line."""
        days, half_days = (
            self.cleaned_data.get(f"{name}{number}") or 0 for name in ("days", "half_days")
        )
        return days, half_days

    def site(self, name: str) -> Site | None:
        """Return the site that a name means: the one called so, else the first that is like it."""
        sites = Site.objects.active().select_related("commune").order_by("name", "pk")
        return sites.filter(name__iexact=name).first() or sites.named_like(name).first()

    @cached_property
    def habits(self) -> list[Habit]:
        """Return what was asked, of lines that name a site."""
        return list(self.lines())

    def lines(self) -> Iterator[Habit]:
        """Yield the habit of each line that names a site."""
        for number, site in self.sites.items():
            if site:
                yield Habit(site, *self.often(number))

    @property
    def groups(self) -> tuple[Group, ...]:
        """Return the customer group that was chosen."""
        word = self.cleaned_data.get("group")
        return (Group(word),) if word else ()

    def rows(self) -> list[list[forms.BoundField]]:
        """Return the fields of each line."""
        names = ("site", "days", "half_days")
        return [[self[f"{name}{number}"] for name in names] for number in LINES]


def site_input() -> forms.TextInput:
    """Return where a site's name is typed, with those there are to choose from."""
    return forms.TextInput(attrs={"list": "site-names", "autocomplete": "off"})


def how_often(label: Any) -> forms.TypedChoiceField:
    """Return a choice of none to five times a week."""
    return forms.TypedChoiceField(
        label=label,
        choices=[(number, number) for number in range(WEEKDAYS + 1)],
        coerce=int,
        required=False,
        empty_value=None,
    )
