"""When demo sites are closed, and where the itinerant one stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time, timedelta

from demo.content import Content
from demo.plans import HaltPlan
from network.models import Commune
from sites.models import Closure, Site, Space, Stop
from sites.rules import local_day, local_hours, public_holiday

ONE_DAY = timedelta(days=1)


HALT_DAYS = (1, 2, 3)  # Tuesday to Thursday
HALT_HOURS = (time(9), time(17))


def closures(
    content: Content,
    sites: Mapping[str, Site],
    spaces: Mapping[tuple[str, str], Space],
    today: date,
) -> Iterator[Closure]:
    """Return the closures around `today`, unsaved, the earliest first."""
    monday = today - timedelta(days=today.weekday())
    plans = [(slug, plan) for slug, one in content.sites.items() for plan in one.closures]
    for slug, plan in sorted(plans, key=lambda pair: pair[1].weeks):
        site = sites[slug]
        first = monday + timedelta(weeks=plan.weeks)
        last = first + timedelta(days=plan.days - 1)
        yield Closure(
            site=site,
            space=spaces[slug, plan.space] if plan.space else None,
            starts_at=local_day(first, site.zone).starts_at,
            ends_at=local_day(last, site.zone).ends_at,
            reason=plan.reason.fr,
        )


def stops(
    site: Site,
    halts: Sequence[HaltPlan],
    communes: Mapping[str, Commune],
    between: tuple[date, date],
) -> Iterator[Stop]:
    """Return where `site` stands `between` two days, unsaved: each place every other week."""
    for day in on_the_road(site, between) if halts else ():
        week = day.toordinal() // 7
        halt = halts[(week * 3 + day.weekday()) % len(halts)]
        hours = local_hours(day, *HALT_HOURS, site.zone)
        if hours is not None:
            yield Stop(
                site=site,
                commune=communes[halt.insee_code],
                place=halt.place.fr,
                latitude=halt.latitude,
                longitude=halt.longitude,
                starts_at=hours.starts_at,
                ends_at=hours.ends_at,
            )


def on_the_road(site: Site, between: tuple[date, date]) -> Iterator[date]:
    """Return the days `between` two on which an itinerant site stands somewhere."""
    for day in days(*between):
        is_free = is_rest(day) or public_holiday(site.holidays, day)
        if day.weekday() in HALT_DAYS and not is_free:
            yield day


def is_rest(day: date) -> bool:
    """Tell whether the vehicle rests: the last week of the year."""
    return day.month == 12 and day.day >= 24


def days(first: date, last: date) -> Iterable[date]:
    """Return each day from `first` to `last`."""
    return (first + ONE_DAY * number for number in range((last - first).days + 1))
