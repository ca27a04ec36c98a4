"""An employer's own domains in words."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from network.models import Organisation
from network.templatetags.dates import date_words, moment_words
from network.ways import Step, step, way
from sites.templatetags.told import as_own
from subscriptions.models import Domain

register = template.Library()


@register.simple_tag
def way_to_domains(employer: Organisation, page: str = "") -> list[Step]:
    """Return the breadcrumb of the pages of domains."""
    home = step(as_own(employer.name), "employer", employer.pk)
    return way(home, step(_("Your domains"), "employer-domains", employer.pk), here=page)


@register.simple_tag
def way_to_my_employers(page: str) -> list[Step]:
    """Return the breadcrumb of the pages below the list of one's own employers."""
    return way(step(_("My employers’ accounts"), "my-employers"), here=page)


@register.filter
def domain_state(row: Domain) -> dict[str, str]:
    """Return how a domain stands, as a chip."""
    if row.lost_at is not None:
        words = _("Lost on %(day)s") % {"day": date_words(row.lost_at)}
        return {"text": words, "state": "alert", "icon": ""}
    if row.verified_at is not None:
        words = _("Proved on %(day)s") % {"day": date_words(row.verified_at)}
        return {"text": words, "state": "free", "icon": "check"}
    return {"text": _("Waiting for its proof"), "state": "info", "icon": ""}


@register.filter
def is_to_publish(row: Domain) -> bool:
    """Tell whether the text of a domain is missing in the DNS, as far as is known."""
    return row.verified_at is None or row.lost_at is not None or row.missing_since is not None


@register.filter
def checked_words(row: Domain) -> str:
    """Return when a domain was looked up last."""
    if row.checked_at is None:
        return _("Not looked up yet.")
    return _("Last looked up on %(moment)s.") % {"moment": moment_words(row.checked_at)}


@register.filter
def record_rows(row: Domain) -> list[dict[str, str]]:
    """Return what to publish, as terms and their values: to be copied, no words."""
    return [
        {"term": _("Name:"), "text": code(row.name)},
        {"term": _("Type:"), "text": code("TXT")},
        {"term": _("Value:"), "text": code(row.proof)},
    ]


def code(text: str) -> SafeString:
    """Return a text as one that machines read."""
    return format_html("<code>{}</code>", text)
