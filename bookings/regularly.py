"""What workers do for bookings, again and again."""

from bookings.following.closures import give_back_closed_days
from bookings.reminders.due import write_due_reminders
from network.jobs.regular import register

#: Seconds. A reminder is for the next day: minutes do not matter.
REMIND_EVERY_S = 300.0
#: Seconds. A day is over at midnight.
GIVE_BACK_EVERY_S = 3600.0

register(REMIND_EVERY_S, write_due_reminders)
register(GIVE_BACK_EVERY_S, give_back_closed_days)
