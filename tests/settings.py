"""The settings of tests: engines come from the environment, all else is fixed."""

import os

# A developer's machine, whatever the shell says: no secret to set, static files as they lie.
os.environ["DEBUG"] = "1"
# Nor what lies in the checkout, which may name a database that people use.
os.environ["ENV_FILE"] = ""

from config.catalogues.messages import compile_catalogues

# Before Django reads them: a stale one would fail the tests of words once.
compile_catalogues()

from config.settings import *  # noqa: E402, F403 -- the line above must come first

# Argon2 is slow on purpose; no test is about that.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"] == "config.postgresql":  # noqa: F405
    DATABASES["default"]["ENGINE"] = "tests.postgresql"  # noqa: F405
    # No test pulls the plug of the database that it shares; those that kill have one of their own.
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"  # noqa: F405
# Looked up when asked for: otherwise each test's first request lists every file of every package.
WHITENOISE_AUTOREFRESH = True
# Tests sign in, then look days ahead: how soon an unused session ends, test_staying.py asks alone.
SESSION_COOKIE_AGE = ACCOUNT_SESSION_COOKIE_AGE  # noqa: F405
# Outermost, so that it also sees what other middleware asks of the database.
MIDDLEWARE = ["tests.reading.only_reads", *MIDDLEWARE]  # noqa: F405 -- of the settings above
