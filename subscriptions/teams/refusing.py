"""What a team's rules refuse, with words for people: they hold for who books and for who reads."""

from collections.abc import Iterable, Iterator

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from billing.statements.months import Month
from billing.statements.telling import month_words
from network.templatetags.dates import date_words
from network.templatetags.money import money
from sites.models import Space
from subscriptions.errors import BrokenRule
from subscriptions.teams.rules import (
    Asked,
    FullWeek,
    Rules,
    SpentMonth,
    Usage,
    full_weeks,
    is_kind_refused,
    is_place_refused,
    spent_months,
)

ORDINALS = {
    2: gettext_lazy("second"),
    3: gettext_lazy("third"),
    4: gettext_lazy("fourth"),
    5: gettext_lazy("fifth"),
    6: gettext_lazy("sixth"),
    7: gettext_lazy("seventh"),
}


def broken_rules(rules: Rules, asked: Asked, own: Usage, others: Usage) -> Iterator[BrokenRule]:
    """Yield each rule that a booking would break once, with the first time that it would."""
    for week in list(full_weeks(rules, asked, own, others))[:1]:
        yield BrokenRule("team_days", week_words(rules, week))
    for month in list(spent_months(rules, asked, own, others))[:1]:
        yield BrokenRule("team_budget", month_spent_words(rules, month))
    if is_kind_refused(rules, asked, own):
        yield BrokenRule("team_kind", kinds_words(rules))
    if is_place_refused(rules, asked, own):
        yield BrokenRule("team_place", places_words(rules))


def week_words(rules: Rules, week: FullWeek) -> str:
    """Return which day too many it would be, and how many there are."""
    allowed = rules.days_a_week or 0
    rule = ngettext(
        "The team %(team)s has %(count)s day a week.",
        "The team %(team)s has %(count)s days a week.",
        allowed,
    )
    return f"{day_words(rules, week)} {rule % {'team': rules.team, 'count': allowed}}"


def day_words(rules: Rules, week: FullWeek) -> str:
    """Return which day of its week it would be; of several, how many these would make."""
    if week.new == 1 and week.days in ORDINALS:
        words = _("This would be the %(ordinal)s day of the week on the account of %(employer)s.")
        return words % {"ordinal": ORDINALS[week.days], "employer": rules.employer}
    words = _(
        "This would make %(count)s days in the week from %(monday)s on the account of %(employer)s."
    )
    told = {"count": week.days, "monday": date_words(week.monday), "employer": rules.employer}
    return words % told


def month_spent_words(rules: Rules, month: SpentMonth) -> str:
    """Return what is asked for beside what is left of the budget."""
    words = _(
        "This costs %(price)s. Of the monthly budget of the team %(team)s,"
        " %(budget)s a person, %(left)s are left for %(month)s."
    )
    return words % {
        "price": money(month.cents),
        "team": rules.team,
        "budget": money(rules.budget_cents or 0),
        "left": money(month.left_cents),
        "month": month_words(Month.of(month.first)),
    }


def kinds_words(rules: Rules) -> str:
    """Return what the team books."""
    told = {"team": rules.team, "kinds": kind_names(rules.kinds)}
    return _("The team %(team)s books only these kinds of space: %(kinds)s.") % told


def places_words(rules: Rules) -> str:
    """Return where the team books."""
    told = {"team": rules.team, "places": listed(rules.places)}
    return _("The team %(team)s books only here: %(places)s.") % told


def kind_names(kinds: Iterable[str]) -> str:
    """Return the names of kinds of space, always in the same order."""
    some = set(kinds)
    return listed(str(kind.label) for kind in Space.Kind if kind in some)


def listed(names: Iterable[str]) -> str:
    """Return names as a list in words."""
    return str(get_text_list(list(names), _("and")))
