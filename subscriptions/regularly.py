"""What workers do about subscriptions, again and again."""

from network.jobs.regular import register
from subscriptions.domains.checking import look_up_again
from subscriptions.months.ahead import grant_ahead
from subscriptions.months.closing import close_over
from subscriptions.taking.warning import warn_of_ends

#: Seconds. Months are over at midnight; each is charged once, soon after.
CLOSE_EVERY_S = 3600.0
#: Seconds. One can book one day further each day: what is granted reaches as far.
GRANT_EVERY_S = 3600.0
#: Seconds. A month before the end.
WARN_EVERY_S = 3600.0
#: Seconds. Each domain is looked up once a day, a few at a time.
LOOK_UP_EVERY_S = 600.0

register(GRANT_EVERY_S, grant_ahead)
register(CLOSE_EVERY_S, close_over)
register(WARN_EVERY_S, warn_of_ends)
register(LOOK_UP_EVERY_S, look_up_again)
