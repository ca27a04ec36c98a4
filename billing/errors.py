"""Why something about money is refused: each reason has a code for machines, words for people."""

from network.errors import Refusal


class NotEnough(Refusal):
    """The balance would go below its floor."""

    code = "not_enough_credit"


class ReservationEnded(Refusal):
    """What was reserved is no longer: used, released, or at its end."""

    code = "reservation_ended"


class NoTariff(Refusal):
    """No grid in force has a price for this."""

    code = "no_tariff"


class OutsideBand(Refusal):
    """A local price outside of what the grid allows: from `least` to `most` cents."""

    code = "price_outside_band"

    def __init__(self, message: str, least: int, most: int, *, is_off_peak: bool) -> None:
        super().__init__(message)
        self.least, self.most, self.is_off_peak = least, most, is_off_peak


class PriceNotOwn(Refusal):
    """The site asks the grid's price as it is, or no longer plans what is to be withdrawn."""

    code = "price_not_own"


class GridAdopted(Refusal):
    """A grid that was put in force is never edited."""

    code = "grid_adopted"


class GridProposed(Refusal):
    """A grid that the places vote on stays as they read it."""

    code = "grid_proposed"


class GridIncomplete(Refusal):
    """The grid lacks a price for what is sold, or a deliberation."""

    code = "grid_incomplete"


class NotInForceYet(Refusal):
    """A grid comes into force on a day to come, alone on it."""

    code = "grid_day_refused"


class VoteOver(Refusal):
    """The vote has ended or was withdrawn, or still runs where its end is wanted."""

    code = "vote_over"


class NoVote(Refusal):
    """A place that is none of those that vote."""

    code = "no_vote"


class VoteTooShort(Refusal):
    """A vote that would end before the places had the time to vote."""

    code = "vote_too_short"


class NotCarried(Refusal):
    """No vote has carried the grid: none was held, or it did not reach quorum or majority."""

    code = "vote_not_carried"


class PassOver(Refusal):
    """The pass is over, or is not sold any more."""

    code = "pass_over"


class GroupRefused(Refusal):
    """Nobody belongs to this group, or for so long."""

    code = "group_refused"


class GroupNotInGrid(Refusal):
    """The grid in force has no price of this customer group."""

    code = "group_not_in_grid"


class PolicyTooStrict(Refusal):
    """A site's cancellation policy stricter than the network allows."""

    code = "policy_too_strict"


class RegimeRefused(Refusal):
    """A VAT regime of a day that is over, or without a rate that there is."""

    code = "vat_regime_refused"


class KeyOfAnother(Refusal):
    """A transfer's key that stands on another transfer."""

    code = "transfer_key_reused"
