"""Plans in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.templatetags.dates import date_words
from network.templatetags.money import money
from network.ways import Step, step, way
from sites.models import Site, Space
from sites.templatetags.told import marked
from subscriptions.models import Plan, PlanVersion
from subscriptions.plans.showing import Offered
from subscriptions.plans.terms import costs_of

register = template.Library()
DASH = "–"


@register.filter
def seat_price(version: PlanVersion) -> str:
    """Return "90,00 € par siège et mois"."""
    return _("%(price)s per seat and month") % {"price": money(version.price_cents)}


@register.simple_tag
def next_words(version: PlanVersion) -> str:
    """Return from when on who subscribes has other terms, and at which price."""
    words = _("New terms for who subscribes from %(day)s on: %(price)s.")
    day = date_words(version.in_force_from) if version.in_force_from else ""
    return words % {"day": day, "price": seat_price(version)}


@register.filter
def terms_words(version: PlanVersion) -> list[str]:
    """Return the terms of a version, a sentence each."""
    plan = version.plan
    return [
        granted_words(version),
        *left_words(version),
        *([_("The seats of an organisation share their half-days.")] if plan.is_shared else ()),
        *beyond_words(version),
        *ending_words(version),
    ]


def granted_words(version: PlanVersion) -> str:
    """Return how much a seat may use."""
    if version.half_days is None:
        return _("As many half-days as you like.")
    words = ngettext(
        "%(count)s half-day a month for each seat.",
        "%(count)s half-days a month for each seat.",
        version.half_days,
    )
    return words % {"count": version.half_days}


def left_words(version: PlanVersion) -> Iterator[str]:
    """Yield what becomes of what a month leaves."""
    months = version.carry_over_months
    if version.half_days is None:
        return
    if not months:
        yield _("What a month leaves of them is over at its end.")
        return
    words = ngettext(
        "What a month leaves of them holds for one month more.",
        "What a month leaves of them holds for %(count)s months more.",
        months,
    )
    yield words % {"count": months}


def beyond_words(version: PlanVersion) -> Iterator[str]:
    """Yield what is possible beyond what is granted."""
    if version.half_days is None:
        return
    if version.has_overage:
        yield _("Beyond them, bookings go on account at the tariff of the network.")
    else:
        yield _("Beyond them nothing can be booked with the subscription.")


def ending_words(version: PlanVersion) -> Iterator[str]:
    """Yield how long one is bound."""
    if days := version.trial_days:
        words = ngettext("Trial of %(count)s day.", "Trial of %(count)s days.", days)
        yield words % {"count": days}
    yield commitment_words(version.commitment_months)
    if days := version.notice_days:
        words = ngettext("Notice of %(count)s day.", "Notice of %(count)s days.", days)
        yield words % {"count": days}


def commitment_words(months: int) -> str:
    """Return for how long one subscribes at least."""
    if not months:
        return _("No commitment.")
    words = ngettext("Commitment of %(count)s month.", "Commitment of %(count)s months.", months)
    return words % {"count": months}


@register.simple_tag
def cost_columns(version: PlanVersion) -> list[dict[str, Any]]:
    """Return the columns of what half-days cost: the categories of site that are in the plan."""
    named = [{"text": str(one.label), "is_numeric": True} for one in categories_of(version)]
    return [{"text": _("Kind of space")}, *named]


@register.simple_tag
def cost_rows(version: PlanVersion) -> list[list[dict[str, Any]]]:
    """Return the rows: of each kind of space in the plan, what a half-day takes by category."""
    told = {key: cost_words(version, credits) for key, credits in costs_of(version).items()}
    kinds = [kind for kind in Space.Kind if any(kind == other for _category, other in told)]
    categories = categories_of(version)
    return [[{"text": str(kind.label)}, *cells(told, kind, categories)] for kind in kinds]


def cost_words(version: PlanVersion, credits: int) -> str:
    """Return how many half-days a half-day takes; of a plan without bounds, that it is in it."""
    return _("included") if version.half_days is None else str(credits)


@register.simple_tag
def costs_caption(version: PlanVersion) -> str:
    """Return what the table of a version tells."""
    if version.half_days is None:
        return _("What it opens")
    return _("Half-days that a half-day takes")


def cells(
    told: Mapping[tuple[Site.Category, Space.Kind], str],
    kind: Space.Kind,
    categories: Sequence[Site.Category],
) -> Iterator[dict[str, Any]]:
    """Yield what a half-day in a kind of space takes, by category."""
    for one in categories:
        words = told.get((one, kind))
        yield {"text": words or DASH, "is_numeric": True, "is_nothing": words is None}


def categories_of(version: PlanVersion) -> list[Site.Category]:
    """Return the categories of site that a version opens."""
    costs = costs_of(version)
    return [one for one in Site.Category if any(one == other for other, _kind in costs)]


@register.simple_tag
def plan_state(one: Offered, today: date) -> dict[str, str]:
    """Return how a plan stands, as a chip."""
    if not one.plan.is_on_offer(today):
        return {"text": _("Withdrawn"), "state": "full", "icon": ""}
    if one.current:
        return {"text": _("On offer"), "state": "free", "icon": "check"}
    if one.following:
        return {"text": _("To come"), "state": "info", "icon": ""}
    return {"text": _("Draft"), "state": "full", "icon": ""}


@register.simple_tag
def version_state(version: PlanVersion, told: Offered) -> dict[str, str]:
    """Return how a version stands, as a chip."""
    if version == told.current:
        return {"text": _("In force"), "state": "free", "icon": "check"}
    if told.current is None or version.in_force_from > told.current.in_force_from:
        return {"text": _("To come"), "state": "info", "icon": ""}
    return {"text": _("No longer in force"), "state": "full", "icon": ""}


@register.simple_tag
def way_to_take(plan: Plan, version: PlanVersion | None) -> list[Step]:
    """Return the breadcrumb of the page on which a plan is taken."""
    here = name_taken(plan, version)
    return way(step(_("Tariffs"), "tariffs"), step(_("Subscriptions"), "plans"), here=here)


@register.simple_tag
def name_taken(plan: Plan, version: PlanVersion | None) -> str:
    """Return the name of a plan; its code as long as no terms of it are in force."""
    return marked(version.told_name) if version else plan.code


@register.simple_tag
def way_to_plan(version: PlanVersion | None = None, page: str = "") -> list[Step]:
    """Return the breadcrumb of the pages on which plans are written."""
    steps = [step(_("Plans"), "manage-plans")]
    if version is not None:
        steps.append(step(marked(version.told_name), "manage-plan", version.plan.code))
    return way(*steps, here=page)
