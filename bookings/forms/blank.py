"""The form of a search as it is drawn for many: marked where one search differs from another."""

from collections.abc import Sequence
from datetime import date

from bookings.forms.marked import CheckboxInput, Marking, mark
from bookings.forms.search import SearchForm

#: What people type, and what stands hidden beside it.
TYPED = ("where", "commune", "latitude", "longitude", "on", "people", "starts", "ends")


class BlankForm(SearchForm):
    """The form of searches for a kind of space, of which `equipment` is offered as well."""

    def __init__(self, *, today: date, kind: str, equipment: Sequence[str]) -> None:
        super().__init__(today=today)
        self.initial = {name: mark("typed", name) for name in TYPED}
        self.offer_equipment(kind, equipment)
        for name, field in self.fields.items():
            if isinstance(field.widget, Marking):
                field.widget.is_marked = True
            if isinstance(field.widget, CheckboxInput):
                field.label = f"{field.label}{mark('figure', f'{name}=')}"
