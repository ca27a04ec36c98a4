"""What workers do for the ledger, again and again."""

from billing.ledger.checkpoints import write_due_checkpoints
from network.jobs.regular import register

#: Seconds. What moved in an hour is soon added up.
WRITE_CHECKPOINTS_EVERY_S = 3600.0

register(WRITE_CHECKPOINTS_EVERY_S, write_due_checkpoints)
