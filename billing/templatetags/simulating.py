"""What a simulated use costs, as a table."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.charging.quotes import Line
from billing.prices.durations import Duration
from billing.simulating.estimating import Estimate
from billing.simulating.mixing import Mix
from billing.statements.telling import quantity
from network.templatetags.money import money
from network.ways import Step, step, way

register = template.Library()

#: A duration, whether it is off peak, and what one costs.
Part = tuple[Duration, bool, int]


@register.simple_tag
def way_to_simulator() -> list[Step]:
    """Return the breadcrumb of the simulator."""
    return way(step(_("Tariffs"), "tariffs"), here=_("Simulator"))


@register.simple_tag
def estimate_table(estimates: Sequence[Estimate]) -> dict[str, Any]:
    """Return columns and rows: a site, what it costs by use and with passes, and the least."""
    columns = [
        {"text": _("Site")},
        {"text": _("By use"), "is_numeric": True},
        {"text": _("With passes"), "is_numeric": True},
        {"text": _("You would pay"), "is_numeric": True},
    ]
    return {"columns": columns, "rows": [row(one) for one in estimates]}


def row(estimate: Estimate) -> list[dict[str, Any]]:
    """Return the cells of one site."""
    mix = estimate.with_passes
    cells = (
        use_words(estimate),
        mix_words(mix) if mix else "–",
        money(estimate.least_cents),
    )
    return [
        {"text": f"{estimate.habit.site.name} – {often_words(estimate)}"},
        *({"text": text, "is_numeric": True} for text in cells),
    ]


@register.simple_tag
def rules_told(estimates: Sequence[Estimate]) -> list[str]:
    """Return by which rules each site comes to its price, a sentence or two for each."""
    return [rule_words(one) for one in estimates]


def rule_words(estimate: Estimate) -> str:
    """Return "Villé – chaque semaine : prix de la semaine pour 5 jours.", and of one booking."""
    told = {"site": estimate.habit.site.name, "prices": ", ".join(week_words(estimate))}
    words = [_("%(site)s – each week: %(prices)s.") % told]
    if estimate.at_once_cents < estimate.by_use_cents:
        sentence = _("One booking of all four weeks costs %(price)s, at the month’s price.")
        words.append(sentence % {"price": money(estimate.at_once_cents)})
    return " ".join(words)


def week_words(estimate: Estimate) -> list[str]:
    """Return the prices that make up the first week: those of a duration together."""
    lines = estimate.by_week[0].lines
    counts: Counter[Part] = Counter()
    for one in lines:
        counts[one.duration, one.is_off_peak, one.unit_price_cents] += one.quantity
    return [
        whole_words(estimate, lines) if part[0] == Duration.WEEK else part_words(part, count)
        for part, count in counts.items()
    ]


def whole_words(estimate: Estimate, lines: Sequence[Line]) -> str:
    """Return "prix de la semaine pour 5 jours": for how many visits it stands."""
    first = min(one.starts_at for one in lines if one.duration == Duration.WEEK)
    count = sum(visit.starts_at >= first for visit in estimate.weeks[0])
    words = ngettext(
        "price of the week for %(count)s day", "price of the week for %(count)s days", count
    )
    return words % {"count": count}


def part_words(part: Part, hundredths: int) -> str:
    """Return "2 × Journée à 14,00 €", so many hundredths of a duration."""
    duration, is_off_peak, cents = part
    told = {"count": quantity(hundredths), "name": duration.label, "price": money(cents)}
    if is_off_peak:
        return _("%(count)s × %(name)s off peak at %(price)s") % told
    return _("%(count)s × %(name)s at %(price)s") % told


def often_words(estimate: Estimate) -> str:
    """Return "2 jours et 1 demi-journée par semaine"."""
    habit = estimate.habit
    counts = (
        (ngettext("%(count)s day", "%(count)s days", habit.days), habit.days),
        (ngettext("%(count)s half-day", "%(count)s half-days", habit.half_days), habit.half_days),
        (visits_words(len(habit.calm)), len(habit.calm)),
    )
    told = [words % {"count": count} for words, count in counts if count]
    return _("%(often)s a week") % {"often": get_text_list(told, _("and"))}


def visits_words(count: int) -> str:
    """Return the words for so many visits off peak."""
    return ngettext("%(count)s off-peak visit", "%(count)s off-peak visits", count)


def mix_words(mix: Mix) -> str:
    """Return "113,00 € (1 × Carnet de dix, 53,00 € par usage)", and what is left over."""
    parts = [
        _("%(count)s × %(name)s") % {"count": count, "name": offer.told_name}
        for offer, count in mix.counts
    ]
    if mix.rest.cents:
        parts.append(_("%(price)s by use") % {"price": money(mix.rest.cents)})
    if mix.left:
        rest = ngettext("%(left)s half-day left", "%(left)s half-days left", mix.left)
        parts.append(rest % {"left": mix.left})
    return f"{money(mix.total_cents)} ({', '.join(parts)})"


def use_words(estimate: Estimate) -> str:
    """Return what is paid by use, and the full price where somebody subsidises it."""
    price, full = estimate.by_use_cents, estimate.full_cents
    if full == price:
        return money(price)
    told = {"price": money(price), "full": money(full)}
    return _("%(price)s, subsidised (full price %(full)s)") % told
