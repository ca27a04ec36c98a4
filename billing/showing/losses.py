"""What giving up a booking, or a part of it, would give back and keep."""

from dataclasses import dataclass

from billing.charging.cases import Case
from billing.charging.draft import Draft
from billing.charging.quotes import CUSTOMER
from billing.charging.settling import drafted, settlement_lines
from billing.charging.standing import LATE
from billing.showing.stakes import SharedClock, keeps_clock, shared_clock
from billing.showing.telling import half_days_of, of_person, payer_of


@dataclass(frozen=True)
class Loss:
    """What giving up a booking now gives back, below zero takes, and what is kept of it."""

    back_cents: int
    kept_cents: int
    back_half_days: int
    kept_half_days: int
    #: What other bookings of its weeks cost more without it, and those of its days take more.
    others_cents: int = 0
    others_half_days: int = 0
    #: Something is kept, of a day that is cancelled by the clock of one it moved from.
    keeps_clock: bool = False
    #: Something is kept by the one clock that several of its days have.
    shared_clock: SharedClock | None = None
    #: The name of the organisation that pays, if the person gives it up and does not.
    on_account_of: str = ""


def loss(case: Case) -> Loss:
    """Return what becomes of what was paid, by the rule that gives it back."""
    draft = drafted(case)
    kept = [one for one in settlement_lines(case, draft) if one.kind == LATE]
    kept_cents = sum(one.amount_cents for one in kept if one.organisation_id is None)
    kept_half_days = half_days_of(kept)
    is_kept = any((kept_cents, kept_half_days))
    return Loss(
        draft.saved_cents[CUSTOMER] - kept_cents,
        kept_cents,
        half_days_saved(draft) - kept_half_days,
        kept_half_days,
        draft.own_saved - draft.saved_cents[CUSTOMER],
        draft.half_days_given_back - half_days_saved(draft),
        is_kept and keeps_clock(case.own, case.written),
        shared_clock(of_person(case.own)) if is_kept else None,
        "" if case.turn.is_free else payer_of(case.written),
    )


def half_days_saved(draft: Draft) -> int:
    """Return the half-days that a draft lets go of, in all."""
    return sum(draft.saved_half_days.values())
