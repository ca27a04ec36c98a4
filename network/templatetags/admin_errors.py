"""Template words for what a form of the administration refuses."""

from collections.abc import Iterable, Iterator

from django import template
from django.contrib.admin.helpers import AdminForm, InlineAdminFormSet
from django.forms import BaseForm, BoundField

register = template.Library()


@register.simple_tag
def first_refused(page: AdminForm, inlines: Iterable[InlineAdminFormSet]) -> BoundField | None:
    """Return the first field of the page that was refused, in the order of reading."""
    return next(refused(page, inlines), None)


def refused(page: AdminForm, inlines: Iterable[InlineAdminFormSet]) -> Iterator[BoundField]:
    """Yield the refused fields of the page's own form, then those of its rows."""
    named = (name for fieldset in page for line in fieldset for name in line.fields)
    form = page.form
    yield from (form[name] for name in named if name in form.errors and name in form.fields)
    for inline in inlines:
        for row in inline.formset.forms:
            yield from refused_in(row)


def refused_in(form: BaseForm) -> Iterator[BoundField]:
    """Yield the refused fields of a row."""
    yield from (field for field in form.visible_fields() if field.errors)
