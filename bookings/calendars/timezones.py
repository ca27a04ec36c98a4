"""Time zones as calendars carry them (VTIMEZONE)."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

#: Europe's and North America's present rules have held since then.
FIRST_YEAR = 2007
#: Rules are checked against the time zone database up to here; it ends in 2037.
LAST_YEAR = 2037
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY = timedelta(days=1)
Rule = tuple[int, int, str]


@lru_cache(maxsize=64)
def vtimezone(zone: ZoneInfo) -> Timezone | None:
    """Return `zone` with yearly rules, or None when it has had no simple ones since 2007.

    icalendar's own writer lists every change as RDATE, which Outlook does not read.
    """
    changes = changes_of(zone, FIRST_YEAR)
    rules = [rule_of(change, zone) for change in changes]
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        if not same_rules(changes_of(zone, year), rules, zone):
            return None
    component = Timezone()
    component.add("tzid", zone.key)
    for observance in observances(zone, changes):
        component.add_component(observance)
    return component


def changes_of(zone: ZoneInfo, year: int) -> list[datetime]:
    """Return the instants of `year` at which the clocks of `zone` change."""
    day, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    changes = []
    while day < end:
        if offset(day, zone) != offset(day + DAY, zone):
            changes.append(change_within(day, zone))
        day += DAY
    return changes


def change_within(day: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant at which clocks change in the 24 hours from `day`."""
    before = offset(day, zone)
    minutes = range(1, 24 * 60 + 1)
    instants = (day + timedelta(minutes=minute) for minute in minutes)
    return next(instant for instant in instants if offset(instant, zone) != before)


def offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    """Return what clocks of `zone` are ahead of UTC at `instant`."""
    return instant.astimezone(zone).utcoffset() or timedelta()


def local_before(change: datetime, zone: ZoneInfo) -> datetime:
    """Return what clocks would read at `change` had they not changed."""
    return (change + offset(change - timedelta(minutes=1), zone)).replace(tzinfo=None)


def rule_of(change: datetime, zone: ZoneInfo) -> Rule:
    """Return month, minute of the day and weekday ("-1SU", "2SU") on which clocks change."""
    local = local_before(change, zone)
    is_last = (local + 7 * DAY).month != local.month
    rank = -1 if is_last else (local.day + 6) // 7
    return local.month, local.hour * 60 + local.minute, f"{rank}{WEEKDAYS[local.weekday()]}"


def same_rules(changes: list[datetime], rules: list[Rule], zone: ZoneInfo) -> bool:
    """Tell whether the changes of a year are those that `rules` foresee."""
    return [rule_of(change, zone) for change in changes] == rules


def observances(
    zone: ZoneInfo, changes: list[datetime]
) -> list[TimezoneStandard | TimezoneDaylight]:
    """Return one observance a change, or a single one where clocks never change."""
    if not changes:
        start = datetime.combine(date(FIRST_YEAR, 1, 1), datetime.min.time())
        return [observance(zone, start.replace(tzinfo=UTC), start)]
    found = []
    for change in changes:
        local = local_before(change, zone)
        part = observance(zone, change, local)
        month, _minute, weekday = rule_of(change, zone)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": weekday})
        found.append(part)
    return found


def observance(
    zone: ZoneInfo, change: datetime, local: datetime
) -> TimezoneStandard | TimezoneDaylight:
    """Return the time that clocks keep from `change`, when they read `local`."""
    after = change.astimezone(zone)
    part = TimezoneDaylight() if after.dst() else TimezoneStandard()
    part.add("dtstart", local)
    part.add("tzname", after.tzname() or zone.key)
    part.add("tzoffsetfrom", offset(change - timedelta(minutes=1), zone))
    part.add("tzoffsetto", after.utcoffset() or timedelta())
    return part
