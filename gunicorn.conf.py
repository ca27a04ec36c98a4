"""How `gunicorn config.wsgi` serves, here and in production: decision 19 tells why."""

worker_class = "gthread"
workers = 2
threads = 4
# A connection serves one request: whoever is free takes the next one. Kept ones stay with the
# process that took them, busy or not, and end under whoever sends just then.
keepalive = 0
# No process takes more than it has threads for: the rest waits for whoever is free first.
worker_connections = threads
