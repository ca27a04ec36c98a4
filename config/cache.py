"""Redis as a cache that may go away: a miss then, never an error, and limits still count."""

from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry

from config.gate import Gate

logger = structlog.get_logger(__name__)

#: Seconds that a hung Redis may cost, once each `PAUSE_S`.
TIMEOUT_S, PAUSE_S = 0.5, 5.0
#: One for all threads of this process, by the server's address: each thread has its own cache.
GATES: dict[str, Gate] = {}


def either(name: str) -> Callable[..., Any]:
    """Return the operation `name` on Redis, or in this process's memory while Redis is away."""
    on_redis, in_memory = getattr(RedisCache, name), getattr(LocMemCache, name)

    def operation(cache: "RedisOrMemory", *args: Any, **options: Any) -> Any:
        if cache.gate.lets_in():
            try:
                result = on_redis(cache, *args, **options)
            except RedisError as error:
                # The error's own words may hold the address, with its password.
                logger.warning("cache away", error=type(error).__name__)
                cache.gate.shut()
            else:
                cache.gate.open()
                return result
        return in_memory(cache.memory, *args, **options)

    return operation


class RedisOrMemory(RedisCache):
    """Django's Redis cache; each process counts for itself while Redis is away.

    Sign-in limits live here: they must neither vanish nor lock everybody out. See
    docs/decisions/0008-faults.md.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        # A connection that Redis closed, by a restart, is made anew once; nothing waits twice.
        retry = Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,))
        waits = {"socket_timeout": TIMEOUT_S, "socket_connect_timeout": TIMEOUT_S, "retry": retry}
        super().__init__(server, {**params, "OPTIONS": waits | params.get("OPTIONS", {})})
        self.gate = GATES.setdefault(server, Gate(PAUSE_S))
        self.memory = LocMemCache(server, {**params, "OPTIONS": {"MAX_ENTRIES": 10_000}})

    add, get, set, touch = either("add"), either("get"), either("set"), either("touch")
    get_many, set_many, has_key = either("get_many"), either("set_many"), either("has_key")
    incr, delete_many, clear = either("incr"), either("delete_many"), either("clear")
    _delete = either("delete")

    @property
    def is_away(self) -> bool:
        """Tell whether the memory of this process stands in for Redis."""
        return self.gate.is_shut

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Delete in both: a lock taken while Redis was away must not outlive its return."""
        was_in_memory = self.memory.delete(key, version)
        return bool(self._delete(key, version=version)) or was_in_memory
