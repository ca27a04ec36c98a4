"""The product's settings, as in production but for what a benchmark on one machine cannot have."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-benchmarks-on-this-machine-and-nowhere-else")

from config.settings import *  # noqa: E402, F403 -- the line above must come first

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
# No collectstatic before a benchmark: names are not hashed, templates are cached as ever.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING = {
    "version": 1,
    "handlers": {"nowhere": {"class": "logging.NullHandler"}},
    "root": {"handlers": ["nowhere"], "level": "INFO"},
}
