"""The form of the simulator."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from billing.grids.tables import Hours
from billing.models import TariffGrid
from billing.prices.groups import Group
from billing.simulating.habits import WEEKDAYS, Habit, most_calm
from billing.simulating.meaning import names_to_choose, sites_meant
from network.templatetags.dates import date_words
from sites.models import Site

#: Sites that the simulator compares.
LINES = (1, 2, 3)
#: How often somebody is there: whole days, half-days, visits off peak.
OFTEN = ("days", "half_days", "off_peak")


class SimulatorForm(forms.Form):
    """How often somebody works where: up to three sites, by which grid."""

    hide_optional = True

    group = forms.ChoiceField(label=_("You are"), required=False)

    def __init__(
        self,
        entries: QueryDict | None,
        *,
        groups: Iterable[Group],
        grids: Sequence[TariffGrid] = (),
        off_peak: Sequence[Hours] = (),
        booked_on: date,
    ) -> None:
        """Ask for visits off peak on so many weekdays as have any, for a grid if there are some."""
        super().__init__(entries)
        self.off_peak, self.booked_on = off_peak, booked_on
        self.sites: dict[int, Site | None] = {}
        self.fields["group"].choices = [(one.value, one.label) for one in groups]  # type: ignore[attr-defined]  # a choice
        for number in LINES:
            self.ask_line(number)
        if len(grids) > 1:
            choices = [(one.pk, date_words(one.in_force_from)) for one in grids]
            label = _("By the grid in force from")
            self.fields["grid"] = forms.ChoiceField(label=label, choices=choices, required=False)

    def ask_line(self, number: int) -> None:
        """Ask at which site, and how often."""
        self.fields[f"site{number}"] = forms.CharField(
            label=_("Name of the site"), required=False, max_length=120, widget=site_input()
        )
        self.fields[f"days{number}"] = how_often(_("Whole days a week"))
        self.fields[f"half_days{number}"] = how_often(_("Half-days a week"))
        if self.off_peak:
            label = _("Off-peak visits a week")
            weekdays = {weekday for weekday, _starts, _ends in self.off_peak}
            self.fields[f"off_peak{number}"] = how_often(label, len(weekdays))

    def clean(self) -> dict[str, Any]:
        """Refuse a site unknown, unclear, missing or named twice, a week of none or above five."""
        for number in LINES:
            self.clean_line(number)
        if not self.errors and not self.habits:
            self.add_error("site1", _("Name a site, and how often you would work there."))
        return self.cleaned_data

    def clean_line(self, number: int) -> None:
        """Refuse what is wrong in one line."""
        name = self.cleaned_data.get(f"site{number}", "")
        if not name:
            self.clean_nameless(number)
            return
        site = self.sites[number] = self.site(number, name)
        if site is None:
            return
        if list(self.sites.values()).count(site) > 1:
            words = _("%(site)s is named twice: say all of it in one line.")
            self.add_error(f"site{number}", words % {"site": site.name})
        elif not 0 < sum(self.often(number)) <= WEEKDAYS:
            words = _("%(site)s: between one and five days a week, all together.")
            self.add_error(f"days{number}", words % {"site": site.name})
        else:
            self.clean_off_peak(number, site)

    def clean_nameless(self, number: int) -> None:
        """Refuse a line that tells how often and not where; one without either is left out."""
        if f"site{number}" not in self.errors and any(self.often(number)):
            self.add_error(f"site{number}", _("Name the site, or say zero times a week here."))

    def clean_off_peak(self, number: int, site: Site) -> None:
        """Refuse more visits off peak than the site has weekdays on which it is open then."""
        asked = self.cleaned_data.get(f"off_peak{number}") or 0
        most = most_calm(site, self.off_peak, self.booked_on) if asked else 0
        if asked > most:
            words = (
                ngettext(
                    "%(site)s is open in off-peak hours on %(count)s weekday alone.",
                    "%(site)s is open in off-peak hours on %(count)s weekdays alone.",
                    most,
                )
                if most
                else _("%(site)s is closed in off-peak hours.")
            )
            self.add_error(f"off_peak{number}", words % {"site": site.name, "count": most})

    def often(self, number: int) -> list[int]:
        """Return the days, half-days and visits off peak of a line."""
        return [self.cleaned_data.get(f"{name}{number}") or 0 for name in OFTEN]

    def site(self, number: int, name: str) -> Site | None:
        """Return the one site that a name means; refuse one that means none, or several."""
        found = sites_meant(name)
        if len(found) == 1:
            return found[0]
        words = _("No site of the network is called “%(name)s”.")
        if found:
            words = _("Several sites are like “%(name)s”. Write which: %(sites)s")
        told = {"name": name, "sites": names_to_choose(found)}
        self.add_error(f"site{number}", words % told)
        return None

    @cached_property
    def habits(self) -> list[Habit]:
        """Return what was asked, of lines that name a site."""
        return list(self.lines())

    def lines(self) -> Iterator[Habit]:
        """Yield the habit of each line that names a site."""
        for number, site in self.sites.items():
            if site:
                days, half_days, calm = self.often(number)
                yield Habit(site, days, half_days, calm, tuple(self.off_peak))

    @property
    def groups(self) -> tuple[Group, ...]:
        """Return the customer group that was chosen."""
        word = self.cleaned_data.get("group")
        return (Group(word),) if word else ()

    def rows(self) -> list[tuple[forms.BoundField, list[forms.BoundField]]]:
        """Return the fields of each line: which site, then how often."""
        return [(self[f"site{number}"], self.fields_of(number)) for number in LINES]

    def fields_of(self, number: int) -> list[forms.BoundField]:
        """Return what asks how often."""
        names = (f"{name}{number}" for name in OFTEN)
        return [self[name] for name in names if name in self.fields]


def site_input() -> forms.TextInput:
    """Return where a site's name is typed, with those there are to choose from."""
    return forms.TextInput(attrs={"list": "site-names", "autocomplete": "off"})


def how_often(label: Any, most: int = WEEKDAYS) -> forms.TypedChoiceField:
    """Return a choice of none to `most` times a week."""
    return forms.TypedChoiceField(
        label=label,
        choices=[(number, number) for number in range(most + 1)],
        coerce=int,
        required=False,
        empty_value=None,
    )
