"""How `gunicorn config.wsgi` serves, here and in production: decision 25 tells why."""

import gc

# A process serves one request at a time and closes its connection: no threads to hand it on to,
# none that wait for each other, and whoever is free takes the next one.
worker_class = "sync"
# Two for each of two cores: while some wait for the database, others go on.
workers = 4
# Loaded once, before the processes part: they share what none of them writes to.
preload_app = True


def when_ready(_server: object) -> None:
    """Have no collection go through what is loaded for good: it would write there, and copy it."""
    gc.collect()
    gc.freeze()
