"""Template words for the pages of accounts."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from django import template
from django.forms import BaseForm, BoundField
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from network.accounts.staying import StayForm
from network.hrefs import address_of
from network.models import User
from network.templatetags.dates import moment_words

register = template.Library()


@register.filter
def without_placeholders(form: BaseForm) -> BaseForm:
    """Return `form` without placeholders: they repeat the label and vanish when one types."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    return form


@register.filter
def without_focus(form: BaseForm) -> BaseForm:
    """Return `form` with no control that takes the focus: another of the page has an error."""
    for field in form.fields.values():
        field.widget.attrs.pop("autofocus", None)
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


@register.simple_tag
def stay_box(form_id: str) -> BoundField:
    """Return the box of staying signed in, outside the form of that id to which it belongs."""
    form = StayForm(auto_id=f"{form_id}_%s")
    form.fields["remember"].widget.attrs["form"] = form_id
    return form["remember"]


@register.simple_tag
def next_url(name: str, following: str) -> str:
    """Return the address of a page of accounts that leads on to `following`, a path or nothing."""
    address = address_of(name)
    return f"{address}?next={quote(following, safe='')}" if following else address


@register.filter
def scope_words(scopes: Sequence[str]) -> str:
    """Return what a token may do: "read, book"."""
    known = {"read": _("read"), "book": _("book"), "billing": _("read prices and accounts")}
    return ", ".join(known.get(scope, scope) for scope in scopes)


@register.filter
def moment(instant: datetime) -> SafeString:
    """Return an instant as people read it, and as machines do."""
    local = localtime(instant)
    words = moment_words(local)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words)


@register.filter
def close_words(person: User) -> str:
    """Return what the network team does to an account: close it, or open it again."""
    return _("Close the account") if person.is_active else _("Open the account again")
