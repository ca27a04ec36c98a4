"""How `gunicorn config.wsgi` serves, here and in production: decision 21 tells why."""

import gc

worker_class = "gthread"
workers = 2
threads = 4
# A connection serves one request: whoever is free takes the next one. Kept ones stay with the
# process that took them, busy or not, and end under whoever sends just then.
keepalive = 0
# No process takes more than it has threads for: the rest waits for whoever is free first.
worker_connections = threads
# Loaded once, before the processes part: they share what none of them writes to.
preload_app = True


def when_ready(_server: object) -> None:
    """Have no collection go through what is loaded for good: it would write there, and copy it."""
    gc.collect()
    gc.freeze()
