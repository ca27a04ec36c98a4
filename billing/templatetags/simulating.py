"""What a simulated use costs, as a table."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import template
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.charging.quotes import Line
from billing.prices.durations import Duration
from billing.simulating.estimating import Estimate, Together, Way
from billing.simulating.habits import Sort, Visit
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
        money(estimate.least.cents),
    )
    return [
        {"text": f"{estimate.habit.site.name} – {often_words(estimate)}"},
        *({"text": text, "is_numeric": True} for text in cells),
    ]


@register.simple_tag
def rules_told(estimates: Sequence[Estimate]) -> list[str]:
    """Return by which rules each site comes to its price, a sentence for each."""
    return [rule_words(one) for one in estimates]


def rule_words(estimate: Estimate) -> str:
    """Return "Villé – chaque semaine : prix de la semaine pour 5 jours."."""
    told = {"site": estimate.habit.site.name, "prices": ", ".join(week_words(estimate))}
    return _("%(site)s – each week: %(prices)s.") % told


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
    count = sum(visit.times[0].starts_at >= first for visit in estimate.weeks[0])
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
    return _("%(often)s a week") % {"often": visits_words(estimate.weeks[0])}


def visits_words(visits: Iterable[Visit]) -> str:
    """Return "2 jours et 1 demi-journée"."""
    counts = Counter(visit.sort for visit in visits)
    told = [count_words(sort, counts[sort]) for sort in Sort if counts[sort]]
    return str(get_text_list(told, _("and")))


def count_words(sort: Sort, count: int) -> str:
    """Return the words for so many visits of a sort."""
    words = {
        Sort.DAY: ngettext("%(count)s day", "%(count)s days", count),
        Sort.HALF_DAY: ngettext("%(count)s half-day", "%(count)s half-days", count),
        Sort.OFF_PEAK: ngettext("%(count)s off-peak visit", "%(count)s off-peak visits", count),
    }
    return words[sort] % {"count": count}


@register.simple_tag
def ways_told(least: Together) -> list[str]:
    """Return how the least is paid: what for each site, or for those that share passes."""
    return [way_words(one) for one in least.ways]


def way_words(way: Way) -> str:
    """Return "Villé et Barr : 130,00 € – 2 × Carnet de dix."."""
    sites = get_text_list([one.habit.site.name for one in way.estimates], _("and"))
    if way.mix is None:
        price = _("%(price)s by use") % {"price": money(way.cents)}
    else:
        price = f"{money(way.cents)} – {', '.join(parts_of(way.mix))}"
    return _("%(sites)s: %(price)s.") % {"sites": sites, "price": price}


def mix_words(mix: Mix) -> str:
    """Return "113,00 € (1 × Carnet de dix, 53,00 € à l’utilisation pour 5 jours)"."""
    return f"{money(mix.total_cents)} ({', '.join(parts_of(mix))})"


def parts_of(mix: Mix) -> Iterator[str]:
    """Yield the passes, what is paid by use and for which visits, and what is left over."""
    for offer, count in mix.counts:
        yield _("%(count)s × %(name)s") % {"count": count, "name": offer.told_name}
    if mix.rest.cents:
        told = {"price": money(mix.rest.cents), "visits": paid_words(mix)}
        yield _("%(price)s by use for %(visits)s") % told
    if mix.left:
        rest = ngettext("%(left)s half-day left", "%(left)s half-days left", mix.left)
        yield rest % {"left": mix.left}


def paid_words(mix: Mix) -> str:
    """Return "5 jours", and at which of several sites that is."""
    _cents, covered, paid = mix.rest
    by_site: dict[str, list[Visit]] = {}
    for visit in paid:
        by_site.setdefault(visit.site.name, []).append(visit)
    if len({visit.site.pk for visit in (*covered, *paid)}) == 1:
        return visits_words(paid)
    told = [f"{visits_words(some)} ({name})" for name, some in by_site.items()]
    return str(get_text_list(told, _("and")))


def use_words(estimate: Estimate) -> str:
    """Return what is paid by use, and the full price where somebody subsidises it."""
    price, full = estimate.by_use_cents, estimate.full_cents
    if full == price:
        return money(price)
    told = {"price": money(price), "full": money(full)}
    return _("%(price)s, subsidised (full price %(full)s)") % told
