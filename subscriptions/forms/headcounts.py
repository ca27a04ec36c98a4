"""Telling how many people an employer has."""

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.forms.days import DayField
from billing.forms.numbers import WholeField

#: The largest employers of the country have fewer.
MOST_PEOPLE = 1_000_000


class HeadcountForm(forms.Form):
    """How many people there are on a day."""

    day = DayField(label=_("Day"))
    people = WholeField(label=_("People"), least=1, most=MOST_PEOPLE)
