"""What cancelling costs: at one site, and in the network."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.cancelling.policies import Terms
from billing.cancelling.setting import Bounds

#: Thirty days.
MOST_HOURS, HUNDRED = 720, 100


def number(label: Any, most: int) -> forms.IntegerField:
    """Return the field of a whole number from none to a most."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4})
    return forms.IntegerField(label=label, min_value=0, max_value=most, widget=widget)


class TermsForm(forms.Form):
    """Until when cancelling is free, and what is kept after that."""

    free_hours = number(_("Free until (hours before the start)"), MOST_HOURS)
    late_percent = number(_("Kept of the price after that (%)"), HUNDRED)

    @property
    def terms(self) -> Terms:
        """Return what was typed, of a valid form."""
        return Terms(*(self.cleaned_data[name] for name in Terms._fields))


class NetworkTermsForm(TermsForm):
    """The same for sites that say nothing, and how strict a site may be."""

    strictest_hours = number(_("A site asks at most (hours before the start)"), MOST_HOURS)
    strictest_percent = number(_("A site keeps at most (%)"), HUNDRED)

    @property
    def bounds(self) -> Bounds:
        """Return the bounds, of a valid form."""
        return Bounds(*(self.cleaned_data[name] for name in Bounds._fields))
