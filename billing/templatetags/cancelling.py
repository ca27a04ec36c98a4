"""What cancelling costs, in words and tables."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from billing.cancelling.policies import Terms
from billing.cancelling.showing import OfKind
from billing.models import CancellationPolicy
from billing.templatetags.local_prices import steps_to
from network.ways import Step, step, way
from sites.models import Site

register = template.Library()


@register.filter
def free_words(terms: Terms | CancellationPolicy) -> str:
    """Return "Libre jusqu’à 24 h avant ; ensuite, 50 % du prix est retenu"."""
    if not (terms.late_percent and terms.free_hours):
        return _("free until it starts")
    words = _("free until %(hours)s h before; after that, %(percent)s%% is kept")
    return words % {"hours": terms.free_hours, "percent": terms.late_percent}


@register.filter
def bounds_words(policy: CancellationPolicy) -> str:
    """Return how strict a site may be."""
    words = _("at most %(hours)s h before, and %(percent)s%% kept")
    return words % {"hours": policy.strictest_hours, "percent": policy.strictest_percent}


@register.simple_tag
def way_to_cancelling(site: Site | None = None, page: str = "") -> list[Step]:
    """Return the breadcrumb of the pages about cancelling, at a site or in the network."""
    if site is None:
        steps = [step(_("Tariff grids"), "grids"), step(_("Cancelling"), "cancelling")]
    else:
        steps = [*steps_to(site), step(_("Cancelling"), "site-cancelling", site.slug)]
    return way(*steps, here=page)


@register.simple_tag
def cancelling_table(rules: Iterable[OfKind], site: Site | None = None) -> dict[str, Any]:
    """Return columns and rows: a kind, the network's rule, its bounds, at a site what it says."""
    columns: Sequence[Any] = (_("Kind of space"), _("Network’s rule"), _("A site may ask"))
    columns = [*columns, *([_("The site’s rule")] if site else []), _("Change")]
    return {
        "columns": [{"text": one} for one in columns],
        "rows": [cancelling_row(one, site) for one in rules],
    }


def cancelling_row(rule: OfKind, site: Site | None) -> list[dict[str, Any]]:
    """Return the cells of one kind."""
    page, key = ("site-cancelling-set", [site.slug]) if site else ("cancelling-set", [])
    link = {"text": _("Change"), "href": reverse(page, args=[*key, rule.kind])}
    own = [{"text": free_words(rule.terms) if rule.own else _("the network’s")}] if site else []
    return [
        {"text": rule.kind.label},
        {"text": free_words(rule.network)},
        {"text": bounds_words(rule.network)},
        *own,
        {**link, "about": rule.kind.label},
    ]
