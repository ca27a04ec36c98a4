"""Who has what when, while bookings are invented: no unit twice, no person twice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bookings.models import REFERENCE_ALPHABET, REFERENCE_LENGTH, Allocation, Booking
from network.models import Organisation, User
from sites.intervals import Interval
from sites.models import Space

Times = Sequence[Interval]

CANCELLED_SHARE = 0.06
#: Days between booking and coming: most book within the week.
MEAN_NOTICE_DAYS = 4.0
SHORTEST_NOTICE, LONGEST_NOTICE = timedelta(minutes=30), timedelta(days=80)
BATCH = 2000


@dataclass(frozen=True)
class Draft:
    """A booking to write."""

    space: Space
    unit: int
    person: User
    organisation: Organisation | None
    times: Times
    people: int
    is_cancelled: bool
    #: When it was booked and cancelled; None is drawn by lot.
    booked_at: datetime | None = None
    cancelled_at: datetime | None = None


#: A booking with what it was made of.
Written = tuple[Booking, Draft]


class Diary:
    """Collects drafts that never clash; a cancelled one leaves its time to others."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.drafts: list[Draft] = []
        self._taken: dict[int, list[Interval]] = defaultdict(list)
        self._busy: dict[int, list[Interval]] = defaultdict(list)

    def free_unit(self, units: Iterable[int], times: Times) -> int | None:
        """Return the first unit that is free over all of `times`."""
        return next((unit for unit in units if not clashes(self._taken[unit], times)), None)

    def is_busy(self, person: User, times: Times) -> bool:
        """Tell whether the person is somewhere else at one of `times`."""
        return clashes(self._busy[person.pk], times)

    def add(self, draft: Draft) -> None:
        """Keep a draft whose unit and person are free."""
        self.drafts.append(draft)
        if not draft.is_cancelled:
            self._taken[draft.unit].extend(draft.times)
            self._busy[draft.person.pk].extend(draft.times)

    def changes_mind(self) -> bool:
        """Tell, by lot, whether a booking is cancelled."""
        return self.random.random() < CANCELLED_SHARE

    def write(self, now: datetime) -> list[Written]:
        """Write all drafts as they would be known at `now`, and return them with their bookings."""
        written: list[Written] = []
        references = unique_references(self.random, len(self.drafts))
        for start in range(0, len(self.drafts), BATCH):
            drafts = self.drafts[start : start + BATCH]
            bookings = [
                as_booking(draft, reference, self.random, now)
                for draft, reference in zip(drafts, references[start:], strict=False)
            ]
            Booking.objects.bulk_create(bookings)
            Allocation.objects.bulk_create(
                allocation
                for booking, draft in zip(bookings, drafts, strict=True)
                for allocation in allocations_of(booking, draft)
            )
            written += zip(bookings, drafts, strict=True)
        return written


def clashes(known: Sequence[Interval], times: Times) -> bool:
    """Tell whether one of `times` overlaps one of `known`; the latest known first."""
    return any(one.overlaps(other) for one in times for other in reversed(known))


def unique_references(random: Random, count: int) -> list[str]:
    """Return `count` different references, drawn by `random` so that the demo repeats itself."""
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(random.choices(REFERENCE_ALPHABET, k=REFERENCE_LENGTH))] = None
    return list(found)


def as_booking(draft: Draft, reference: str, random: Random, now: datetime) -> Booking:
    """Return the booking of `draft`, unsaved, made some days before its time and before `now`."""
    starts_at, ends_at = draft.times[0].starts_at, draft.times[-1].ends_at
    notice = min(timedelta(days=random.expovariate(1 / MEAN_NOTICE_DAYS)), LONGEST_NOTICE)
    created_at = draft.booked_at or min(starts_at, now) - SHORTEST_NOTICE - notice
    changed_at = created_at
    if draft.is_cancelled:
        later = random.random() * (min(starts_at, now) - created_at)
        changed_at = draft.cancelled_at or created_at + later
    return Booking(
        reference=reference,
        site_id=draft.space.site_id,
        space=draft.space,
        person=draft.person,
        booked_by=draft.person,
        organisation=draft.organisation,
        status=Booking.Status.CANCELLED if draft.is_cancelled else Booking.Status.CONFIRMED,
        starts_at=starts_at,
        ends_at=ends_at,
        people=draft.people,
        sequence=int(draft.is_cancelled),
        created_at=created_at,
        changed_at=changed_at,
    )


def allocations_of(booking: Booking, draft: Draft) -> list[Allocation]:
    """Return what the booking takes, unsaved: one unit, once for each of its times."""
    state = Allocation.Status.RELEASED if draft.is_cancelled else Allocation.Status.CONFIRMED
    return [
        Allocation(
            booking=booking,
            site_id=booking.site_id,
            space_id=booking.space_id,
            unit_id=draft.unit,
            starts_at=time.starts_at,
            ends_at=time.ends_at,
            status=state,
        )
        for time in draft.times
    ]
