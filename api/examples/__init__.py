"""One worked example of each operation. Tests send them and compare the answers word by word."""

from api.examples import billing, network, plans, subscriptions
from api.examples.example import Example
from api.examples.network import (
    AFTERNOON,
    CHANGE_PROBLEM,
    PROBLEM,
    REFERENCE,
    REFUSALS,
)

EXAMPLES = network.EXAMPLES | billing.EXAMPLES | plans.EXAMPLES | subscriptions.EXAMPLES

__all__ = [
    "AFTERNOON",
    "CHANGE_PROBLEM",
    "EXAMPLES",
    "PROBLEM",
    "REFERENCE",
    "REFUSALS",
    "Example",
]
