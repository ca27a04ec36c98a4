"""Template words for the pages of accounts."""

from django import template
from django.forms import BaseForm
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def without_placeholders(form: BaseForm) -> BaseForm:
    """Return `form` without placeholders: they repeat the label and vanish when one types."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    return form


BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@register.filter
def browser(user_agent: str) -> str:
    """Return a browser's long name for itself as people call it: "Firefox, Windows"."""
    named = [
        next((name for mark, name in marks if mark in user_agent), "")
        for marks in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, named)) or user_agent[:60] or "?"


@register.simple_tag
def remember_next(form: BaseForm, following: str) -> str:
    """Have the link to a new password lead back to where the visitor was going."""
    if following:
        address = f"{reverse('account_reset_password')}?{urlencode({'next': following})}"
        words = _("Forgot your password?")
        form.fields["password"].help_text = format_html('<a href="{}">{}</a>', address, words)
    return ""
