"""What workers do for bookings, again and again."""

from bookings.reminders.due import write_due_reminders
from network.jobs.regular import register

#: Seconds. A reminder is for the next day: minutes do not matter.
REMIND_EVERY_S = 300.0

register(REMIND_EVERY_S, write_due_reminders)
