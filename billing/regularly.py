"""What workers do about money, again and again."""

from billing.ledger.checkpoints import write_due_checkpoints
from billing.passes.expiring import expire_passes
from billing.statements.closing import close_over
from network.jobs.regular import register

#: Seconds. Passes end at midnight, with or without it.
EXPIRE_EVERY_S = 3600.0
#: Seconds. What moved in an hour is soon added up.
WRITE_CHECKPOINTS_EVERY_S = 3600.0

#: Seconds. A month is over once; what is written later stands in a later one.
CLOSE_STATEMENTS_EVERY_S = 3600.0

register(EXPIRE_EVERY_S, expire_passes)
register(WRITE_CHECKPOINTS_EVERY_S, write_due_checkpoints)
register(CLOSE_STATEMENTS_EVERY_S, close_over)
