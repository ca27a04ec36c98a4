"""What a vote came to."""

from collections import Counter
from dataclasses import dataclass
from enum import Enum

from billing.models import Proposal, Vote
from sites.models import Site

HUNDRED = 100


class Outcome(Enum):
    """How a vote ends, counted as it stands."""

    CARRIED = "carried"
    NO_QUORUM = "no_quorum"
    LOST = "lost"


@dataclass(frozen=True)
class Count:
    """The votes of a proposal, and how many places might vote."""

    yes: int
    no: int
    abstained: int
    places: int
    quorum_percent: int
    majority_percent: int

    @property
    def voted(self) -> int:
        """Return how many places have voted; an abstention counts for the quorum."""
        return self.yes + self.no + self.abstained

    @property
    def verdict(self) -> Outcome:
        """Return the outcome: the quorum of all places first, then more than the majority."""
        if not self.places or self.voted * HUNDRED < self.quorum_percent * self.places:
            return Outcome.NO_QUORUM
        said = self.yes + self.no
        is_carried = self.yes * HUNDRED > self.majority_percent * said
        return Outcome.CARRIED if is_carried else Outcome.LOST


def outcome(proposal: Proposal) -> Count:
    """Return the count of a proposal. Votes of places that take no bookings any more count on."""
    votes = Counter(proposal.votes.values_list("choice", flat=True))
    voters = proposal.votes.values("site")
    places = (
        Site.objects.active().count() + Site.objects.filter(is_active=False, pk__in=voters).count()
    )
    return Count(
        votes[Vote.Choice.YES],
        votes[Vote.Choice.NO],
        votes[Vote.Choice.ABSTAIN],
        places,
        proposal.quorum_percent,
        proposal.majority_percent,
    )
