"""One turn of a booking is settled: what it owes from now on, what covers it, what it gives back.

The only place that decides it, whatever was done: booked, changed, given back, cancelled. Whoever
asks has the person's lock, and one transaction with what becomes of the booking.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from billing.charging.adjusting import (
    Party,
    brought_to,
    by_days,
    is_owed,
    more_or_less,
    owed_at,
    savings,
    spread,
)
from billing.charging.covering import (
    Cover,
    Neighbour,
    cover_beside,
    is_cover,
    left_alone,
    neighbours,
)
from billing.charging.days import Piece, length_of, only, place_of
from billing.charging.draft import Draft
from billing.charging.late import kept_lines
from billing.charging.lines import Clock, Sale, covered_lines, moved_cover, owed_lines
from billing.charging.moving import entries
from billing.charging.quotes import CUSTOMER, Quote, Use
from billing.charging.reading import Facts, Offer, read
from billing.charging.sharing import Saving
from billing.charging.standing import Standing, starts
from billing.charging.subjects import Spot, Subject, Turn, spots, touched
from billing.errors import NoTariff
from billing.ledger.posting import post
from billing.models import Charge
from network.insertions import insert
