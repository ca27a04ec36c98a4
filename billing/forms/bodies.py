"""Forms of somebody who may speak for several operators, or for the network team."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.grids.rights import Body

TEAM = "team"


def code_of(body: Body) -> str:
    """Return how a form names an operator, or the network team."""
    return TEAM if body is None else str(body.pk)


class BodyForm(forms.Form):
    """For whom something is written; not asked where there is one body alone."""

    body = forms.ChoiceField(label=_("In the name of"))

    def __init__(self, entries: Any, *, bodies: Sequence[Body], **options: Any) -> None:
        super().__init__(entries, **options)
        self.bodies = {code_of(one): one for one in bodies}
        names = [
            (code, one.name if one else _("Network team")) for code, one in self.bodies.items()
        ]
        self.fields["body"].choices = names  # type: ignore[attr-defined]  # a choice
        if len(names) == 1:
            del self.fields["body"]

    @property
    def operator(self) -> Body:
        """Return for whom, of a valid form."""
        (first, *_others) = self.bodies
        return self.bodies[self.cleaned_data.get("body", first)]
