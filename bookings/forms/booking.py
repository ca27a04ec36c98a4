"""What people type to book a place, to change it and to give it back."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from billing.templatetags.prices import money_first_words
from bookings.charges.paying import Paying
from bookings.charges.paying_words import way_words
from bookings.forms.fields import DayField
from bookings.rules import BACKWARDS, OFF_GRID, is_quarter
from bookings.wishes import MONEY, PASSES, PERSONS_OWN, Means, means_in, parse_interval
from network.accounts.forms import AddressField
from network.formfields import WordsField
from sites.clocks import ends_after
from sites.forms import EndField, TimeInput
from sites.telling import reading_language, source_language

MOST_PEOPLE = 500


class TimesForm(forms.Form):
    """One stretch of time, in the site's own hours."""

    on = DayField(label=_("Date"))
    starts = forms.TimeField(label=_("From"), widget=TimeInput())
    ends = EndField(label=_("Until"), widget=TimeInput())
    #: Why this time can no longer be had, if so.
    missed = ""
    #: Over which time of a booking this line is.
    title = ""


class ChangedTimesForm(TimesForm):
    """One stretch of time of a booking: what is wrong with an hour is said under it."""

    def clean(self) -> dict[str, Any]:
        """Refuse hours off the quarters, and an end that does not come after the start."""
        super().clean()
        hours = {name: self.cleaned_data.get(name) for name in ("starts", "ends")}
        for name, clock in hours.items():
            if clock is not None and not is_quarter(clock):
                self.add_error(name, OFF_GRID)
        starts, ends = hours["starts"], hours["ends"]
        if starts is not None and ends is not None and not ends_after(ends, starts):
            self.add_error("ends", BACKWARDS)
        return self.cleaned_data


class HoursForm(ChangedTimesForm):
    """Exact hours in one space of a site, on the day that its page shows."""

    space = forms.TypedChoiceField(label=_("Space"), coerce=int)
    on = DayField()
    people = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("space", "starts", "ends")

    def __init__(
        self,
        entries: Mapping[str, Any] | None,
        *,
        spaces: Sequence[tuple[int, str]],
        initial: dict[str, Any],
    ) -> None:
        super().__init__(entries, initial=initial, auto_id="hours_%s")
        self.fields["on"].widget = forms.HiddenInput()
        choice = self.fields["space"]
        choice.choices = spaces  # type: ignore[attr-defined]  # of this field
        if source_language() != reading_language():
            choice.widget.attrs["lang"] = source_language()

    @property
    def told(self) -> str:
        """Return a word for all that the form shows before it is sent, but for the language."""
        return repr((self.initial, list(self.fields["space"].choices)))  # type: ignore[attr-defined]  # of this field


class TimesFormSetBase(BaseFormSet[TimesForm]):
    """The times of a booking, of which each can be dropped but the last."""

    default_error_messages: ClassVar = {
        **BaseFormSet.default_error_messages,
        "too_few_forms": _("Keep one time at least, or cancel the booking."),
    }

    def add_fields(self, form: TimesForm, index: int | None) -> None:
        """Say what the box of each line does."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Give back this time")

    @property
    def kept(self) -> list[TimesForm]:
        """Return the lines that are not dropped, once all are valid."""
        return [form for form in self.forms if form not in self.deleted_forms]


TimesFormSet = formset_factory(
    ChangedTimesForm,
    formset=TimesFormSetBase,
    extra=0,
    min_num=1,
    validate_min=True,
    max_num=62,
    can_delete=True,
)


class GivenTimesField(forms.MultipleChoiceField):
    """Times of a booking, as addresses tell them."""

    def valid_value(self, value: str) -> bool:
        """Accept any time: a form sent twice names one that was given back by the first."""
        try:
            parse_interval(value)
        except ValueError:
            return False
        return True


class GiveBackForm(forms.Form):
    """Which times of a booking to give back: at first what runs, which `running` names."""

    times = GivenTimesField(
        label=_("Tick what you give back"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what you give back.")},
    )

    def __init__(
        self,
        entries: QueryDict | None,
        *,
        choices: Sequence[tuple[str, str]],
        chosen: Sequence[str],
    ) -> None:
        super().__init__(entries, initial={"times": chosen})
        self.fields["times"].choices = choices  # type: ignore[attr-defined]  # of this field


class PaymentField(forms.ChoiceField):
    """With what a booking is paid and by whom: with the person's passes unless it is said."""

    #: What is chosen from the start, until somebody chooses.
    first = PASSES
    #: What can be chosen, as forms say it.
    offered: Sequence[str] = (PASSES, MONEY)

    def prepare_value(self, value: Any) -> Any:
        """Have something chosen from the start, and instead of what cannot be."""
        return value if value in self.offered else self.first

    def clean(self, value: Any) -> Any:
        """Return what was chosen."""
        return super().clean(value or PASSES)

    def valid_value(self, value: str) -> bool:
        """Accept any account: whether it is open to the person is asked when they book."""
        return means_in(value) is not None


class PaymentForm(forms.Form):
    """With what a booking is paid and by whom, where there is a choice."""

    pay_with = PaymentField(
        label=_("How you pay"),
        choices=[(PASSES, _("With my passes")), (MONEY, _("In money"))],
        widget=forms.RadioSelect,
    )

    def tell(self, paying: Paying) -> None:
        """Have each choice say what it costs. The first account is chosen from the start.

        Without any, money is where it is cheaper.
        """
        field = self.fields["pay_with"]
        assert isinstance(field, PaymentField)
        if paying.has_choice:
            field.offered = [one.means.code for one in paying.ways]
            words = (way_words(paying, one) for one in paying.ways)
            field.choices = list(zip(field.offered, words, strict=True))
        if paying.accounts:
            field.first = paying.meant(self.chosen).code
        elif paying.own and paying.own.is_cheaper_in_money:
            field.first = MONEY
            self["pay_with"].help_text = money_first_words(paying.own)  # the field's was read

    @property
    def chosen(self) -> Means | None:
        """Return how it is paid, if the form says so in a way that can be read."""
        return means_in(self.data.get("pay_with") or "")

    @property
    def means(self) -> Means:
        """Return how it is paid: by the person, with passes, unless the form says otherwise."""
        return self.chosen or PERSONS_OWN


class PartyForm(PaymentForm):
    """Who comes, and what the site should know."""

    people = forms.IntegerField(label=_("People"), min_value=1, max_value=MOST_PEOPLE, initial=1)
    note = WordsField(label=_("Note for the site"), required=False, max_length=500)
    key = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput)


class NewcomerForm(PartyForm):
    """The same, and the address of somebody who has yet to say who they are."""

    email = AddressField()

    def __init__(self, entries: Mapping[str, Any], *, is_sent: bool) -> None:
        super().__init__(entries)
        self.is_sent = is_sent

    def clean(self) -> dict[str, Any]:
        """Ask for no address before the form is sent."""
        super().clean()
        if not self.is_sent and not self.data.get("email"):
            self.errors.pop("email", None)
        return self.cleaned_data
