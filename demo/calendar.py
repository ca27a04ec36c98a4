"""When demo sites are closed, and where the itinerant one stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from network.models import Commune
from sites.models import Closure, Site, Space, Stop
from sites.rules import local_day, local_hours, public_holiday

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ClosurePlan:
    """A closure from the Monday `weeks` weeks after this one's, for `days` days."""

    site: str
    space: str
    weeks: int
    days: int
    reason: str


CLOSURES = (
    ClosurePlan("orbey-telecentre-du-val-d-orbey", "", -9, 7, "Congés annuels"),
    ClosurePlan("haguenau-la-houblonniere", "", -5, 1, "Contrôle électrique"),
    ClosurePlan("mulhouse-la-manufacture", "Salle du Bollwerk", -3, 5, "Peinture de la salle"),
    ClosurePlan("selestat-les-bureaux-du-ried", "Salle Beatus", 1, 12, "Travaux d’isolation"),
    ClosurePlan("ferrette-telecentre-du-jura-alsacien", "", 2, 7, "Congés annuels"),
    ClosurePlan("la-petite-pierre-le-grenier-aux-idees", "", 3, 2, "Inventaire de la médiathèque"),
)

#: Where the itinerant site stops: commune, place, latitude, longitude.
HALTS = (
    ("67061", "Place du Marché-aux-Grains", 48.8254, 7.4822),
    ("67222", "Cour de l’ancienne école", 48.8731, 7.4812),
    ("67347", "Parvis de la gare", 48.8487, 7.5351),
    ("67372", "Place de la Synagogue", 48.8437, 7.6121),
    ("67202", "Place du Général", 48.7581, 7.5688),
    ("67089", "Salle des fêtes", 48.7547, 7.4679),
)
HALT_DAYS = (1, 2, 3)  # Tuesday to Thursday
HALT_HOURS = (time(9), time(17))


def closures(
    sites: Mapping[str, Site], spaces: Mapping[tuple[str, str], Space], today: date
) -> Iterator[Closure]:
    """Return the closures around `today`, unsaved."""
    monday = today - timedelta(days=today.weekday())
    for plan in CLOSURES:
        site = sites[plan.site]
        first = monday + timedelta(weeks=plan.weeks)
        last = first + timedelta(days=plan.days - 1)
        yield Closure(
            site=site,
            space=spaces[plan.site, plan.space] if plan.space else None,
            starts_at=local_day(first, site.zone).starts_at,
            ends_at=local_day(last, site.zone).ends_at,
            reason=plan.reason,
        )


def stops(site: Site, communes: Mapping[str, Commune], first: date, last: date) -> Iterator[Stop]:
    """Return where `site` stands from `first` to `last`, unsaved: each place every other week."""
    for day in days(first, last):
        if day.weekday() not in HALT_DAYS or is_rest(day) or public_holiday(site.holidays, day):
            continue
        week = day.toordinal() // 7
        insee_code, place, latitude, longitude = HALTS[(week * 3 + day.weekday()) % len(HALTS)]
        hours = local_hours(day, *HALT_HOURS, site.zone)
        if hours is not None:
            yield Stop(
                site=site,
                commune=communes[insee_code],
                place=place,
                latitude=latitude,
                longitude=longitude,
                starts_at=hours.starts_at,
                ends_at=hours.ends_at,
            )


def is_rest(day: date) -> bool:
    """Tell whether the vehicle rests: the last week of the year."""
    return day.month == 12 and day.day >= 24


def days(first: date, last: date) -> Iterable[date]:
    """Return each day from `first` to `last`."""
    return (first + ONE_DAY * number for number in range((last - first).days + 1))
