"""What those one signs in as have done: days of work, mornings given up."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from demo.calendar import ONE_DAY, days
from demo.diary import Diary, Draft, Times
from demo.network import BuiltNetwork, BuiltSite
from network.models import User
from sites.openings import Openings
from sites.rules import half_days

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
VILLE, SELESTAT = "la-fabrique-de-ville", "selestat-les-bureaux-du-ried"
#: The demo's teleworker leaves a week free, for whoever tries to book.
LEFT_FREE = timedelta(days=8)
#: How long before it began a morning was booked, cancelled in time, cancelled late.
BOOKED, IN_TIME, LATE = timedelta(days=4), timedelta(days=2), timedelta(hours=1)


@dataclass(frozen=True)
class Story:
    """One person at the first desk of one site, as of `today`, on their own account."""

    diary: Diary
    openings: Openings
    built: BuiltSite
    person: User
    today: date

    def opening(self, day: date) -> Times:
        """Return when the desk can be had on a day."""
        space = self.built.spaces[0].space
        return self.openings.open_intervals(self.built.site, day, space.pk)

    def halves(self, day: date) -> tuple[Times, Times]:
        """Return the morning and the afternoon of a day."""
        return half_days(self.opening(day), day, self.built.site.zone)

    def come(
        self, times: Times, booked_at: datetime | None = None, cancelled_at: datetime | None = None
    ) -> None:
        """Note a stay, which was cancelled if it says when; nothing while the site is closed."""
        room = self.built.spaces[0]
        if times:
            self.diary.add(
                Draft(
                    space=room.space,
                    unit=room.units[0],
                    person=self.person,
                    organisation=None,
                    times=times,
                    people=1,
                    is_cancelled=cancelled_at is not None,
                    booked_at=booked_at,
                    cancelled_at=cancelled_at,
                )
            )

    def give_up(self, weekday: int, before: timedelta) -> None:
        """Note the last morning of a weekday, cancelled so long before it began."""
        morning, _ = self.halves(self.last(weekday))
        if morning:
            begins = morning[0].starts_at
            self.come(morning, begins - BOOKED, begins - before)

    def last(self, weekday: int) -> date:
        """Return the last such day before today."""
        return self.today - ONE_DAY * ((self.today.weekday() - weekday - 1) % 7 + 1)


def write_teleworker(
    diary: Diary, network: BuiltNetwork, openings: Openings, person: User, span: tuple[date, date]
) -> None:
    """Give the teleworker Tuesdays and some Thursdays in Villé, and two days to come.

    Of two mornings of last week, one was cancelled in time and one late. `span` is from the first
    day until today.
    """
    story = Story(diary, openings, network.site(VILLE), person, span[1])
    for day in teleworker_days(*span):
        _, afternoon = story.halves(day)
        story.come(story.opening(day) if day.weekday() == TUESDAY else afternoon)
    story.give_up(WEDNESDAY, IN_TIME)
    story.give_up(FRIDAY, LATE)


def teleworker_days(first_day: date, today: date) -> list[date]:
    """Return the Tuesdays and every third Thursday before `today`, and the next ones but a week."""
    past = [
        day
        for day in days(first_day, today - ONE_DAY)
        if day.weekday() == TUESDAY or (day.weekday() == THURSDAY and day.toordinal() // 7 % 3 == 0)
    ]
    coming = [
        day
        for day in days(today + LEFT_FREE, today + LEFT_FREE + timedelta(days=6))
        if day.weekday() in (TUESDAY, THURSDAY)
    ]
    return past + coming


def write_job_seeker(
    diary: Diary, network: BuiltNetwork, openings: Openings, person: User, span: tuple[date, date]
) -> None:
    """Give the job seeker Monday and Thursday mornings in Sélestat; a Friday was cancelled late."""
    story = Story(diary, openings, network.site(SELESTAT), person, span[1])
    for day in days(span[0], span[1] - ONE_DAY):
        if day.weekday() in (MONDAY, THURSDAY):
            morning, _ = story.halves(day)
            story.come(morning)
    story.give_up(FRIDAY, LATE)
