"""Administration of territories: those of the official code are shown, the others written."""

import re
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from network.admin import columns
from network.admin.guards import Guarded
from network.models import Territory
from network.places.lists import LISTED, keys_by_code

SEPARATORS = re.compile(r"[\s,;]+")
#: Of codes that are no commune, so many are named.
MOST_NAMED = 10


class CommunesField(forms.CharField):
    """Communes by their INSEE codes, pasted as they come: one a line, or with commas between."""

    widget = forms.Textarea

    def clean(self, value: Any) -> set[int]:
        """Return the keys of the communes of today. Raises ValidationError."""
        codes = [code for code in SEPARATORS.split(super().clean(value).upper()) if code]
        keys = keys_by_code()
        unknown = [code for code in codes if code not in keys]
        if unknown:
            words = _("No commune has the code: %(codes)s.")
            told = {"codes": ", ".join(unknown[:MOST_NAMED])}
            raise ValidationError(words, code="commune", params=told)
        return {keys[code] for code in codes}


class TerritoryForm(forms.ModelForm):
    """A territory with its communes."""

    insee_codes = CommunesField(
        label=_("INSEE codes of its communes"),
        help_text=_("One a line, or with commas between. Former communes stand for today's."),
    )

    class Meta:
        model = Territory
        fields = ("kind", "code", "name", "source", "valid_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            kinds = [(kind.value, kind.label) for kind in LISTED]
            self.fields["kind"] = forms.ChoiceField(label=capfirst(_("kind")), choices=kinds)
        if self.instance.pk and "insee_codes" in self.fields:
            codes = self.instance.communes.order_by("insee_code")
            told = "\n".join(codes.values_list("insee_code", flat=True))
            self.fields["insee_codes"].initial = told


@admin.register(Territory)
class TerritoryAdmin(Guarded):
    """Territories. `load_territories` writes régions, départements and EPCI, nobody else."""

    form = TerritoryForm
    fields: ClassVar = ("kind", "code", "name", "source", "valid_on", "insee_codes")
    list_display = ("name", "kind", "code", "communes_count", "population", "stood_on")
    list_filter = ("kind",)
    search_fields = ("name", "code")
    ordering = ("kind", "name", "pk")
    population = columns.number("population", _("population"))
    stood_on = columns.day("valid_on", _("as it stood on"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Territory]:
        """Count what the list shows."""
        return Territory.objects.counted()

    def get_readonly_fields(
        self, request: HttpRequest, obj: Territory | None = None
    ) -> tuple[str, ...]:
        """Keep what tells a territory from all others."""
        return ("kind", "code") if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Territory | None = None) -> bool:
        """Leave those of the official code as they are."""
        return not (obj and obj.is_official) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Territory | None = None) -> bool:
        """Leave those of the official code where they are."""
        return not (obj and obj.is_official) and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Delete one by one, lest an official one be among those chosen."""
        return {}

    @admin.display(description=_("communes"), ordering="communes_count")
    def communes_count(self, obj: Territory) -> int:
        """Return how many communes there are."""
        return obj.communes_count

    @admin.display(description=_("INSEE codes of its communes"))
    def insee_codes(self, obj: Territory) -> str:
        """Return the codes of its communes, for who may only look."""
        codes = obj.communes.order_by("insee_code").values_list("insee_code", flat=True)
        return ", ".join(codes)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Give the saved territory its communes."""
        super().save_related(request, form, formsets, change)
        form.instance.communes.set(form.cleaned_data["insee_codes"])
