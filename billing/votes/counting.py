"""What a vote came to."""

from collections import Counter
from dataclasses import dataclass
from enum import Enum

from billing.models import Proposal, Vote

HUNDRED = 100


class Outcome(Enum):
    """How a vote ends, counted as it stands."""

    CARRIED = "carried"
    NO_QUORUM = "no_quorum"
    LOST = "lost"


@dataclass(frozen=True)
class Count:
    """The votes of a proposal, and how many places had one."""

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
    """Return the count of a proposal, among the places that had a vote when it was opened."""
    votes = Counter(proposal.votes.values_list("choice", flat=True))
    return Count(
        votes[Vote.Choice.YES],
        votes[Vote.Choice.NO],
        votes[Vote.Choice.ABSTAIN],
        proposal.electorate.count(),
        proposal.quorum_percent,
        proposal.majority_percent,
    )
