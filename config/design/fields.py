"""A field of every day, written as `components/field.html` draws it: a search has thirty."""

from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from config.design.controls import written


def plain(field: BoundField) -> SafeString | None:
    """Return label and control; None of a field that has more to it, which the template draws."""
    if is_more(field):
        return None
    label = f"{written(field.label)}{optional(field)}"
    head = f'<label for="{written(field.id_for_label)}">{label}</label>'
    return SafeString(f'<div class="field">{head}\n{field}</div>')


def is_more(field: BoundField) -> bool:
    """Tell whether a field has words of its own, or is not a label over a control."""
    is_over = field.is_hidden or field.use_fieldset or field.widget_type == "checkbox"
    return bool(is_over or field.help_text or field.errors)


def optional(field: BoundField) -> str:
    """Return that the field may be left empty, as `components/field_optional.html` does."""
    if field.field.required or getattr(field.form, "hide_optional", False):
        return ""
    return f' <span class="optional">({_("optional")})</span>'
