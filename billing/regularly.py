"""What workers do about money, again and again."""

from billing.passes.expiring import expire_passes
from network.jobs.regular import register

#: Seconds. Passes end at midnight, with or without it.
EXPIRE_EVERY_S = 3600.0

register(EXPIRE_EVERY_S, expire_passes)
