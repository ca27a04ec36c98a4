"""What people type to find a place."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bookings.forms.booking import MOST_PEOPLE
from bookings.forms.fields import DayField, TimeInput
from bookings.rules import BACKWARDS
from bookings.search.candidates import EVERYWHERE_KM, Search
from bookings.search.parts import Part
from bookings.search.places import Place, find_place
from bookings.search.slots import When
from network.models.territories import INSEE_CODE
from sites.clocks import ends_after
from sites.forms import EndField
from sites.geo import Point
from sites.models import Equipment, Site, Space, Specialisation
from sites.models.site import FLAGSHIP_HINT
from sites.templatetags.speeds import speed

#: Later dates are a slip of the keyboard: no space is bookable so far ahead.
MOST_DAYS_AHEAD = 400
MOST_DAYS = 10
DAYS_TO_ADD = 14
RADII = (5, 10, 20, 30, 50, 100)
SPEEDS = (30, 100, 300, 1000)
ANY_PART = ("", pgettext_lazy("part of a day", "Half-day or day"))


class DatesField(forms.MultipleChoiceField):
    """Further days, as checkboxes."""

    def valid_value(self, value: str) -> bool:
        """Accept any ISO date; the form bounds them."""
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
        return True


class SearchForm(forms.Form):
    """Where, when, what, how many people, and filters. Every field may be left out."""

    where = forms.CharField(
        label=_("Where"),
        required=False,
        max_length=100,
        help_text=_("Commune or postcode"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    commune = forms.RegexField(
        INSEE_CODE, required=False, widget=forms.HiddenInput(attrs={"id": "id_commune"})
    )
    latitude = forms.FloatField(
        required=False, min_value=-90, max_value=90, widget=forms.HiddenInput
    )
    longitude = forms.FloatField(
        required=False, min_value=-180, max_value=180, widget=forms.HiddenInput
    )
    on = DayField(label=_("When"), required=False)
    kind = forms.ChoiceField(label=_("What"), required=False, choices=Space.Kind.choices)
    people = forms.IntegerField(
        label=_("People"), required=False, min_value=1, max_value=MOST_PEOPLE
    )

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
        choices=[("", _("Any distance")), *((km, f"{km} km") for km in RADII)],
    )
    category = forms.MultipleChoiceField(
        label=_("Kind of site"),
        help_text=FLAGSHIP_HINT,
        required=False,
        choices=Site.Category.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    host = forms.MultipleChoiceField(
        label=_("Hosted in"),
        required=False,
        choices=Site.Host.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    min_mbps = forms.TypedChoiceField(
        label=_("Connection"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Any speed")), *((mbps, f"≥ {speed(mbps)}") for mbps in SPEEDS)],
    )
    equipment = forms.ModelMultipleChoiceField(
        label=_("Equipment"),
        required=False,
        queryset=Equipment.objects.order_by("name"),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )
    specialisation = forms.ModelMultipleChoiceField(
        label=_("Specialities of the site"),
        required=False,
        queryset=Specialisation.objects.order_by("name"),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )
    step_free = forms.BooleanField(label=_("Step-free access"), required=False)
    on_saturday = forms.BooleanField(label=_("Open on Saturday"), required=False)

    ALWAYS_SEEN = ("where", "commune", "latitude", "longitude", "on", "kind", "people")
    hide_optional = True

    def __init__(self, query: QueryDict | None = None, *, today: date) -> None:
        usual = {"on": today.isoformat(), "kind": Space.Kind.DESK, "people": "1"}
        self.entries = query.copy() if query is not None else QueryDict(mutable=True)
        for name, value in usual.items():
            self.entries.setdefault(name, value)
        super().__init__(self.entries if query is not None else None, initial=usual)
        self.today = today
        self.place: Place | None = None
        self.fields["on"].widget.attrs["min"] = today.isoformat()
        self.fields["also"].choices = []  # type: ignore[attr-defined]  # drawn by the page

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
                    _("We know no commune of this name. Try another spelling, or a postcode."),
                )
            elif self.place.insee_code != picked:
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
    def chosen_filters(self) -> int:
        """Return how many of the further choices are made."""
        fields = getattr(self, "cleaned_data", {})
        return sum(bool(fields.get(name)) for name in self.fields if name not in self.ALWAYS_SEEN)

    def search(self) -> Search:
        """Return what is looked for, but when."""
        fields = self.cleaned_data
        return Search(
            kinds=(self.sought_kind,),
            near=self.place.point if self.place else None,
            radius_km=fields["radius_km"] or EVERYWHERE_KM,
            people=self.party_size,
            categories=tuple(fields["category"]),
            hosts=tuple(fields["host"]),
            equipment=tuple(item.code for item in fields["equipment"]),
            specialisations=tuple(item.code for item in fields["specialisation"]),
            step_free=fields["step_free"],
            min_mbps=fields["min_mbps"] or 0,
            on_saturday=fields["on_saturday"],
        )
