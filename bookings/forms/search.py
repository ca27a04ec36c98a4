"""What people type to find a place."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from bookings.forms.booking import MOST_PEOPLE
from bookings.forms.fields import DayField
from bookings.forms.filters import EVERYWHERE, FiltersForm, radius_offered
from bookings.forms.marked import Select
from bookings.rules import BACKWARDS
from bookings.search.candidates import EVERYWHERE_KM, Search
from bookings.search.parts import Part
from bookings.search.slots import When
from bookings.search.where.named import CODE
from bookings.search.where.places import Place, find_place
from network.models.territories import INSEE_CODE
from sites.clocks import ends_after
from sites.geo import Point
from sites.models import Space

#: Later dates are a slip of the keyboard: no space is bookable so far ahead.
MOST_DAYS_AHEAD = 400
MOST_DAYS = 10
DAYS_TO_ADD = 14


class SearchForm(FiltersForm):
    """Where, when, what, how many people, and filters. Every field may be left out."""

    where = forms.CharField(
        label=_("Where"),
        required=False,
        max_length=100,
        help_text=_("Commune, postcode, site, station…"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    commune = forms.RegexField(
        rf"{INSEE_CODE}|^{CODE}$",
        required=False,
        widget=forms.HiddenInput(attrs={"id": "id_commune"}),
    )
    latitude = forms.FloatField(
        required=False, min_value=-90, max_value=90, widget=forms.HiddenInput
    )
    longitude = forms.FloatField(
        required=False, min_value=-180, max_value=180, widget=forms.HiddenInput
    )
    on = DayField(label=_("When"), required=False)
    kind = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=Space.Kind.choices,
        widget=Select(is_counted=False),
    )
    people = forms.IntegerField(
        label=_("People"), required=False, min_value=1, max_value=MOST_PEOPLE
    )

    #: As they stand on the page, also where errors are summarised: further choices come after.
    field_order = ("where", "commune", "latitude", "longitude", "on", "people", "kind")
    hide_optional = True

    def __init__(self, query: QueryDict | None = None, *, today: date) -> None:
        usual = {
            "on": today.isoformat(),
            "kind": Space.Kind.DESK,
            "people": "1",
            "radius_km": str(settings.SEARCH_RADIUS_KM),
        }
        self.asked = query if query is not None else QueryDict()
        self.entries = self.asked.copy()
        for name, value in usual.items():
            self.entries.setdefault(name, value)
        self.entries["radius_km"] = radius_offered(str(self.entries["radius_km"]))
        super().__init__(self.entries if query is not None else None, initial=usual)
        self.today = today
        self.place: Place | None = None
        self.fields["on"].widget.attrs["min"] = today.isoformat()
        self.offer_equipment(str(self.entries["kind"]), self.entries.getlist("equipment"))

    def clean_on(self) -> date:
        """Return the first day: today when none is given."""
        day: date = self.cleaned_data["on"] or self.today
        self._refuse_far(day)
        return day

    def clean_also(self) -> list[date]:
        """Return the further days."""
        days = [date.fromisoformat(text) for text in self.cleaned_data["also"]]
        for day in days:
            self._refuse_far(day)
        if len(days) >= MOST_DAYS:
            raise ValidationError(_("Choose ten days at most."))
        return days

    def _refuse_far(self, day: date) -> None:
        if day < self.today:
            raise ValidationError(_("This day is over. Choose a later one."))
        if day > self.today + timedelta(days=MOST_DAYS_AHEAD):
            raise ValidationError(_("This day is too far ahead. Choose an earlier one."))

    def clean(self) -> dict[str, Any]:
        """Find the place, and see that free hours have both ends.

        Hours that are given count though no part of the day was chosen.
        """
        fields = self.cleaned_data
        starts, ends = fields.get("starts"), fields.get("ends")
        if fields.get("part") == "" and (starts, ends) != (None, None):
            fields["part"] = self.entries["part"] = Part.HOURS.value
        if fields.get("part") == Part.HOURS:
            if starts is None or ends is None:
                self.add_error("starts", _("Say from when until when."))
            elif not ends_after(ends, starts):
                self.add_error("ends", BACKWARDS)
        self._find_place()
        return fields

    def _find_place(self) -> None:
        """Let what is seen win: coordinates count only while no place is written."""
        fields = self.cleaned_data
        if fields.get("where"):
            picked = fields.get("commune", "")
            self.place = find_place(fields["where"], picked)
            self._forget("latitude", "longitude")
            if self.place is None:
                self.add_error(
                    "where",
                    _("We know no place of this name. Try another spelling, or a postcode."),
                )
            elif self.place.code != picked:
                self._forget("commune")
        elif fields.get("latitude") is not None and fields.get("longitude") is not None:
            self.place = Place(str(_("you")), Point(fields["latitude"], fields["longitude"]))
            self._forget("commune")

    def _forget(self, *names: str) -> None:
        """Empty hidden choices that do not count, lest the page bring them back."""
        for name in names:
            self.entries[name] = ""

    @property
    def when(self) -> When:
        """Return the chosen days and the part of each."""
        fields = self.cleaned_data
        days = tuple(sorted({fields["on"], *fields["also"]}))
        is_free_hours = fields["part"] == Part.HOURS
        hours = (fields["starts"], fields["ends"]) if is_free_hours else None
        return When(days, fields["part"], hours)

    @property
    def sought_kind(self) -> str:
        """Return the kind of space looked for: a desk unless said otherwise."""
        kind: str = self.cleaned_data["kind"] or Space.Kind.DESK
        return kind

    @property
    def party_size(self) -> int:
        """Return how many people come."""
        people: int = self.cleaned_data["people"] or 1
        return people

    @property
    def further_days(self) -> list[dict[str, Any]]:
        """Return the days after the first that can be added, and which ones are."""
        fields = getattr(self, "cleaned_data", {})
        first = fields.get("on") or self.today
        chosen = set(fields.get("also") or ())
        days = {first + timedelta(days=number) for number in range(1, DAYS_TO_ADD)} | chosen
        return [{"date": day, "is_chosen": day in chosen} for day in sorted(days)]

    @property
    def reach_km(self) -> float:
        """Return how far from the place results reach."""
        return self.reach_of(self.asked_km)

    def reach_of(self, km: int) -> float:
        """Return how far that choice reaches: at least over the whole of a territory."""
        if km == EVERYWHERE:
            return EVERYWHERE_KM
        return max(km, self.place.reach_km if self.place else 0)

    def search(self) -> Search:
        """Return what is looked for, but when."""
        fields = self.cleaned_data
        return Search(
            kinds=(self.sought_kind,),
            near=self.place.point if self.place else None,
            radius_km=self.reach_km,
            people=self.party_size,
            categories=tuple(fields["category"]),
            hosts=tuple(fields["host"]),
            equipment=tuple(item.code for item in fields["equipment"]),
            specialisations=tuple(item.code for item in fields["specialisation"]),
            step_free=fields["step_free"],
            min_mbps=fields["min_mbps"] or 0,
            on_saturday=fields["on_saturday"],
        )
