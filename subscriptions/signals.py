"""What the packages above are told of employers' people, and of what these ask."""

from django.dispatch import Signal

#: `employee` may book on its employer's account until the end of `last_day`: who has bookings
#: after it on that account settles them. `by` is None when the account was deleted; and `now`.
employee_leaves = Signal()
#: `approval` was granted or refused by `by`; and `now`. Who keeps the booking for its person
#: confirms it or lets it go within the same transaction, or raises a Refusal: then nothing is
#: answered.
approval_answered = Signal()
