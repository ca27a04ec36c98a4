"""Invents six months of bookings, and those already made for the weeks to come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from demo.diary import Diary, Draft, Times
from demo.network import BuiltNetwork, BuiltSite, BuiltSpace
from demo.people import Regular
from demo.rhythm import level
from sites.intervals import Interval
from sites.models import Space
from sites.openings import Openings
from sites.rules import half_days

Kind = Space.Kind
QUARTER = timedelta(minutes=15)
CALLED_FROM = (Kind.PHONE_BOOTH, Kind.REMOTE_COUNTER)
BY_HALF_DAY = (
    *(Kind.DESK, Kind.OFFICE, Kind.TRAINING_ROOM, Kind.WORKSHOP, Kind.EVENT_HALL),
    *(Kind.LOCKERS, Kind.SHARED_EQUIPMENT),
)
#: Lengths of meetings and calls, in quarters of an hour.
MEETINGS, CALLS = (4, 4, 6, 6, 8), (2, 3, 4)
WHOLE_DAY, MORNING = 0.55, 0.8  # below the first a day, below the second a morning
SHORTENED = 0.35  # share of days that do not last from opening to closing
WEEK_LONG = 0.08  # offices taken from Monday to Friday, each week


@dataclass
class History:
    """Fills a diary, day after day, site after site."""

    network: BuiltNetwork
    openings: Openings
    diary: Diary
    random: Random
    today: date

    def fill(self, regulars: Sequence[Regular], days: Sequence[date]) -> None:
        """Invent the bookings of `days`."""
        of_site: dict[int, list[Regular]] = {}
        for regular in regulars:
            of_site.setdefault(regular.site_id, []).append(regular)
        for day in days:
            for built in self.network.sites:
                if self.openings.open_intervals(built.site, day):
                    self._fill_site(built, day, of_site.get(built.site.pk, []))

    def _fill_site(self, built: BuiltSite, day: date, regulars: Sequence[Regular]) -> None:
        kinds = self.network.content.spaces.kinds
        queue = self._queue(regulars, day)
        busy = built.plan.busy * level(day, self.today) * self.random.uniform(0.8, 1.2)
        for room in built.spaces:
            opening = self.openings.open_intervals(built.site, day, room.space.pk)
            wanted = min(busy * kinds[room.plan.kind].demand, 0.95)
            if not opening:
                continue
            if room.plan.kind == Kind.OFFICE and day.weekday() == 0:
                self._fill_week(built, room, day, queue)
            if room.plan.kind in BY_HALF_DAY:
                self._fill_places(built, room, day, queue, wanted)
            else:
                self._fill_hours(room, opening, queue, wanted)

    def _queue(self, regulars: Sequence[Regular], day: date) -> list[Regular]:
        """Return who may come, those whose day it is first, by lot.

        Those who sign in are left free from today on: whoever tries the demo books for them.
        """
        coming = [one for one in regulars if day < self.today or not one.signs_in]
        lots = {
            id(one): self.random.random() + (0 if day.weekday() in one.weekdays else 0.8)
            for one in coming
        }
        return sorted(coming, key=lambda one: lots[id(one)])

    def _fill_week(
        self, built: BuiltSite, room: BuiltSpace, monday: date, queue: list[Regular]
    ) -> None:
        """Let some offices for the week: one booking, the same unit each open day."""
        days = [monday + timedelta(days=number) for number in range(5)]
        times = [
            interval
            for day in days
            for interval in self.openings.open_intervals(built.site, day, room.space.pk)
        ]
        for unit in room.units:
            if self.random.random() < WEEK_LONG * level(monday, self.today):
                self._book(room, (unit,), times, queue)

    def _fill_places(
        self, built: BuiltSite, room: BuiltSpace, day: date, queue: list[Regular], wanted: float
    ) -> None:
        """Fill places by days and half-days, up to the share `wanted`."""
        kept = room.plan.kept_free if day >= self.today else 0
        units = room.units[: len(room.units) - kept]
        exact = len(room.units) * wanted
        target = int(exact) + (self.random.random() < exact % 1)
        taken = 0.0
        for times, share in self._stays(built, room, day):
            if taken >= min(target, len(units)) or not self._book(room, units, times, queue):
                return
            taken += share

    def _stays(
        self, built: BuiltSite, room: BuiltSpace, day: date
    ) -> Iterator[tuple[Times, float]]:
        """Draw days and half-days without end, each with the share of a day that it is."""
        opening = self.openings.open_intervals(built.site, day, room.space.pk)
        morning, afternoon = half_days(opening, day, built.site.zone)
        while True:
            lot = self.random.random()
            if not (morning and afternoon) or lot < WHOLE_DAY:
                yield self._shortened(opening), 1.0
            else:
                yield (morning if lot < MORNING else afternoon), 0.5

    def _shortened(self, opening: Times) -> Times:
        """Return the whole day or, at times, one that begins later and ends earlier."""
        if len(opening) > 1 or self.random.random() > SHORTENED:
            return opening
        whole = opening[0]
        later, earlier = self.random.randint(1, 4) * QUARTER, self.random.randint(1, 6) * QUARTER
        return (Interval(whole.starts_at + later, whole.ends_at - earlier),)

    def _fill_hours(
        self, room: BuiltSpace, opening: Times, queue: list[Regular], wanted: float
    ) -> None:
        """Fill rooms and booths by the hour, on quarters of an hour."""
        lengths = CALLS if room.plan.kind in CALLED_FROM else MEETINGS
        for unit in room.units:
            for hours in opening:
                cursor = hours.starts_at + self.random.randint(0, 4) * QUARTER
                while True:
                    ends_at = cursor + self.random.choice(lengths) * QUARTER
                    if ends_at > hours.ends_at:
                        break
                    if self.random.random() < wanted:
                        self._book(room, (unit,), (Interval(cursor, ends_at),), queue)
                    cursor = ends_at + self.random.randint(0, 4) * QUARTER

    def _book(
        self, room: BuiltSpace, units: Sequence[int], times: Times, queue: list[Regular]
    ) -> bool:
        """Give the next person who is free a unit; tell whether that was possible."""
        unit = self.diary.free_unit(units, times)
        if unit is None:
            return False
        for regular in queue:
            if not self.diary.is_busy(regular.person, times):
                break
        else:
            return False
        # To the end of the queue: others come before this one does again.
        queue.remove(regular)
        queue.append(regular)
        self.diary.add(
            Draft(
                space=room.space,
                unit=unit,
                person=regular.person,
                organisation=regular.organisation,
                times=times,
                people=self._party(room),
                is_cancelled=self.diary.changes_mind(),
            )
        )
        return True

    def _party(self, room: BuiltSpace) -> int:
        """Return how many come: one to a desk, a group to a room."""
        if room.plan.kind == Kind.DESK or room.space.capacity == 1:
            return 1
        fewest = 1 if room.plan.kind == Kind.OFFICE else 2
        return self.random.randint(fewest, room.space.capacity)
