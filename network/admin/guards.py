"""What keeps the administration from being used to climb."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import CharField, ForeignKey, SlugField, TextField
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from network.formfields import WordsField
from network.models import Membership, User
from network.rights import may_appoint

#: What Django's filters ask of a declared field.
FILTER_WORDS = {"exact", "isnull", "in", "gte", "gt", "lte", "lt"}
#: How columns of words are read from a form; a slug, which is a column of letters too, as ever.
WORDS: Any = {
    CharField: {"form_class": WordsField},
    TextField: {"form_class": WordsField},
    SlugField: {"widget": AdminTextInputWidget},
}
#: How PostgreSQL (SQLSTATE) and SQLite name the refusal of a value that another row has.
NOT_UNIQUE = {"23505", "SQLITE_CONSTRAINT_UNIQUE"}


def is_not_unique(error: IntegrityError) -> bool:
    """Tell whether the database refused a row for a value that another row has."""
    cause = error.__cause__
    said = getattr(cause, "sqlstate", None), getattr(cause, "sqlite_errorname", None)
    return not NOT_UNIQUE.isdisjoint(said)


class Guarded(admin.ModelAdmin):
    """A list that answers the look-ups of its declared filters, and no other.

    Django's own answers any column of the list: `?password__startswith=a` reads a hash.
    A form that loses a race for a unique value is refused as if it had come second. Words are
    kept as others may read them.
    """

    formfield_overrides: ClassVar[Any] = WORDS

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return the inlines, which keep words in the same way."""
        found = list(super().get_inline_instances(request, obj))
        for one in found:
            usual: Any = one.formfield_overrides  # its own: made anew for each
            for column, how in WORDS.items():
                usual.setdefault(column, {}).update(how)
        return found

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer the form; read it once more when somebody took its value since it was checked.

        This time the check sees the other row, and says so at the field. What no form checks
        fails again, and is a fault of ours.
        """
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError as error:
            if not is_not_unique(error):
                raise
            for _name, files in request.FILES.lists():
                for file in files:
                    file.seek(0)
            return super().changeform_view(request, *args, **kwargs)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Tell whether `lookup` belongs to a declared filter."""
        filters = self.get_list_filter(request) if request else self.list_filter
        return any(lookup in self.lookups_of(one) for one in filters)

    def lookups_of(self, declared: Any) -> set[str]:
        """Return what the filter of `declared` (a path, with or without a class) may ask."""
        if not isinstance(declared, (str, tuple)):
            return {declared.parameter_name}
        path = declared if isinstance(declared, str) else declared[0]
        field = get_fields_from_path(self.model, path)[-1]
        words = {path, *(f"{path}__{word}" for word in FILTER_WORDS)}
        if isinstance(field, ForeignKey):
            words.add(f"{path}__{field.target_field.name}__exact")
        return words


class MembershipFormSet(BaseInlineFormSet):
    """Memberships, of which nobody writes one that would give more than is theirs to give."""

    by: User

    def clean(self) -> None:
        """Refuse rows that are not for `by` to write, as they were and as they would be."""
        super().clean()
        changed = [form.instance for form in self.forms if form.has_changed() and not form.errors]
        known = [form.instance.pk for form in self.forms if form.has_changed()]
        deleted = [form.instance.pk for form in self.deleted_forms]
        before = Membership.objects.filter(pk__in=[*known, *deleted]).select_related("person")
        for row in [*before, *changed]:
            if not may_appoint(self.by, row.person, row.role):
                raise ValidationError(
                    _("You may change neither your own memberships nor who manages sites."),
                    code="appointment",
                )


class MembershipInline(admin.TabularInline):
    """Memberships of one person or of one organisation."""

    model = Membership
    extra = 0
    formset = MembershipFormSet

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Tell the form set who writes."""
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.by = request.user
        return formset
