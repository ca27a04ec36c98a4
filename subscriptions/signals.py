"""What the packages above are told of employers' people."""

from django.dispatch import Signal

#: `employee` may book on its employer's account until the end of `last_day`: who has bookings
#: after it on that account settles them. `by` is None when the account was deleted; and `now`.
employee_leaves = Signal()
