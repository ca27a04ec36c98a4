"""The product's settings, as in production but for what a storm on one machine cannot have."""

import os

from config.settings import *  # noqa: F403 -- settings are made of settings

# No collectstatic before a storm: names are not hashed, templates are cached as ever.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# All clients come from one internet address.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = False  # type: ignore[no-redef]  # of the star above
HOLDS_PER_ADDRESS = 10_000
#: Short, so that some end in a storm of minutes.
HOLD_MINUTES = 1
if os.environ.get("TORTURE_UNGUARDED"):
    INSTALLED_APPS = [*INSTALLED_APPS, "torture.unguarded.Unguarded"]  # noqa: F405 -- of the star above
