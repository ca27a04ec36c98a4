"""The rules of a team in plain words, a sentence each."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.templatetags.money import money
from subscriptions.models import Team
from subscriptions.teams.refusing import kind_names, listed


def rule_words(team: Team) -> list[str]:
    """Return what a team lets each of its people book; that it bounds nothing, if so."""
    bounds = [*amount_words(team), *where_words(team), *approval_rule_words(team)]
    return [*(bounds or [_("Everything can be booked, everywhere.")]), account_words(team)]


def amount_words(team: Team) -> Iterator[str]:
    """Yield how many days and how much money."""
    if days := team.days_a_week:
        words = ngettext("At most %(count)s day a week.", "At most %(count)s days a week.", days)
        yield words % {"count": days}
    if team.monthly_budget_cents is not None:
        words = _("At most %(price)s a month and person.")
        yield words % {"price": money(team.monthly_budget_cents)}


def where_words(team: Team) -> Iterator[str]:
    """Yield what, and where."""
    if team.kinds:
        words = _("Only these kinds of space: %(kinds)s.")
        yield words % {"kinds": kind_names(team.kinds)}
    names = [*names_of(team.sites.all()), *names_of(team.territories.all())]
    if names:
        yield _("Only here: %(places)s.") % {"places": listed(names)}


def names_of(rows: object) -> list[str]:
    """Return the names of rows in their order."""
    return sorted(str(one) for one in rows)  # type: ignore[attr-defined]  # a queryset


def approval_rule_words(team: Team) -> Iterator[str]:
    """Yield above which price somebody approves, and who."""
    if team.approval_above_cents is None:
        return
    told = {"price": money(team.approval_above_cents), "approver": str(team.approver or "")}
    if team.approver:
        yield _("Above %(price)s, %(approver)s approves.") % told
    else:
        yield _("Above %(price)s, whoever runs the employer approves.") % told


def account_words(team: Team) -> str:
    """Return whether its people may choose to pay for themselves."""
    if team.may_choose_account:
        return _("Its people may choose to pay for themselves.")
    return _("Its people book on the employer's account alone.")
