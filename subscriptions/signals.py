"""What the packages above are told of employers and their people."""

from django.dispatch import Signal

#: `approval` was granted or refused by `by`; and `now`. Who keeps the booking for its person
#: confirms it or lets it go within the same transaction, or raises a Refusal: then nothing is
#: answered.
approval_answered = Signal()
