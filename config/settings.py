"""All configuration, read once from environment and `.env` (see docs/configuration.md)."""

import logging
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import environment as env
from config.databases import database
from config.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

#: A developer's, made by `make run`. Servers read none unless told to (config/wsgi.py).
ENV_FILE = env.file("ENV_FILE", default=BASE_DIR / ".env")

DEFAULT_SECRET_KEY = "for-a-developer's-machine-only"
DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.text("SECRET_KEY", default=DEFAULT_SECRET_KEY)
if not DEBUG and SECRET_KEY == DEFAULT_SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY must be set to a secret value unless DEBUG is on.")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", default=[])
if not DEBUG:
    env.secret("SECRET_KEY", SECRET_KEY)
    for former in SECRET_KEY_FALLBACKS:
        env.secret("SECRET_KEY_FALLBACKS", former)
PUBLIC_URL = env.text("PUBLIC_URL", default="http://localhost:8000").rstrip("/")
IS_HTTPS = urlsplit(PUBLIC_URL).scheme == "https"
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", urlsplit(PUBLIC_URL).hostname or ""]
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "bookings.views.outdated.form_outdated"

INSTALLED_APPS = [
    "network",
    "sites",
    "bookings",
    "billing",
    "subscriptions",
    "api",
    "demo",
    "config.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_structlog",
    "django_tasks",
    "config.apps.BackgroundTasksConfig",
    "js_lib_leaflet",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.policy.content_policy",
    "config.middleware.input.OddInput",
    # Compressed at the release: above what compresses.
    "config.middleware.static.StaticFiles",
    "config.middleware.compression.Compression",
    # Above all that asks the database, below what every answer bears.
    "config.middleware.faults.Faults",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.middleware.requests.private_pages",
    "config.middleware.people.People",
    "network.language.account_language",
    "config.middleware.requests.RequestLog",
    "config.logs.request_id_header",
    "django.contrib.messages.middleware.MessageMiddleware",
    "network.acting.as_chosen",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "network.accounts.staying.keep_in_use",
    "network.views.refused.RefusedForms",
    # Below all: addresses without their slash are mended above.
    "config.middleware.missing.Missing",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "config.design.forms.ComponentRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.network",
                "network.context.section",
                "network.context.chosen",
                "network.context.ways",
            ],
            "libraries": {
                name: f"config.design.{name}"
                for name in ("cards", "cells", "days", "markers", "pieces", "search_forms")
            }
            | {"i18n": "config.design.words"},
        },
    }
]


DATABASES = {"default": database(VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL", default="")
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "config.cache.RedisOrMemory", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            # Limits are counted there: few entries would let a flood push them out.
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    ),
    # Parts of pages, by all that they tell: each process draws them itself, nearer than any server.
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "process",
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
}
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        # The row is written in the transaction of the write that wants the effect.
        "ENQUEUE_ON_COMMIT": False,
    }
}

AUTH_USER_MODEL = "network.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "network.forms.NameForm"
ACCOUNT_FORMS = {
    "signup": "network.accounts.signup.SignUpForm",
    "login": "network.accounts.forms.SignInForm",
    "add_email": "network.accounts.forms.NewAddressForm",
    "change_email": "network.accounts.forms.OtherAddressForm",
    "reset_password": "network.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "network.accounts.forms.NewPasswordForm",
    "change_password": "network.accounts.forms.ChangePasswordForm",
    "set_password": "network.accounts.forms.SetPasswordForm",
}
ACCOUNT_ADAPTER = "network.accounts.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
# network/accounts/bounds.py and codes.py tell what is counted, and how many codes can be guessed.
ACCOUNT_RATE_LIMITS = {
    "mail_asked": "20/m/ip,60/h/ip,300/d/ip",
    "mail_of_caller": "4/h/key,10/d/key",
    "mail_to_address": "6/h/key,20/d/key",
    "code_short": "20/d/key",
    # Not by address: a stranger's requests would close these doors to whom it belongs.
    "confirm_email": "",
    "reset_password": "20/m/ip",
    "code_tried": "5/15m/key",
    "code_failed": "10/m/ip,50/h/ip",
}
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
# Reverse proxies that add to X-Forwarded-For, so that limits and logs tell the right address.
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", default=0)
TRUSTED_PROXY_COUNT_IS_TOLD = env.is_told("TRUSTED_PROXY_COUNT")
MFA_ADAPTER = "network.accounts.adapters.MfaAdapter"
MFA_FORMS = {
    "add_webauthn": "network.accounts.passkeys.AddPasskeyForm",
    "login_webauthn": "network.accounts.passkeys.SignInForm",
    "authenticate_webauthn": "network.accounts.passkeys.SecondStepForm",
    "reauthenticate_webauthn": "network.accounts.passkeys.ConfirmForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Maillage"
# Browsers refuse passkeys outside https, but for localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
# The last activity of a session would be a write at every page: the sign-in time tells enough.
USERSESSIONS_TRACK_ACTIVITY = False

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns of a folder that is not there
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "config.static.Files"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG
COMPRESS = env.flag("COMPRESS", default=True)

# Without EMAIL_URL, mail is written to var/mail and the worker says in which file.
vars().update(env.mail("EMAIL_URL", default=f"filemail:///{VAR_DIR}/mail"))
EMAIL_TIMEOUT = 30  # seconds; a mail server that hangs must not hold the worker
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", default="Maillage <bonjour@maillage.example>")

# How much one person may hold, so that nobody empties a site; managers may give their guests more.
BOOKING_QUOTA_AHEAD = env.number("BOOKING_QUOTA_AHEAD", default=60)  # place-days to come
BOOKING_QUOTA_PER_DAY = env.number("BOOKING_QUOTA_PER_DAY", default=8)  # places at once
BOOKING_QUOTA_SPACE_SHARE = env.number("BOOKING_QUOTA_SPACE_SHARE", default=50)  # percent
# Where neither a site nor the network has a rule of its own: hours before, and per cent kept later.
CANCELLATION_FREE_HOURS = env.number("CANCELLATION_FREE_HOURS", default=24)
CANCELLATION_LATE_PERCENT = env.number("CANCELLATION_LATE_PERCENT", default=50)
# How long a place waits for who chose it to say who they are, and how many may wait at once.
HOLD_MINUTES = env.number("HOLD_MINUTES", default=15)
APPROVAL_HOURS = env.number("APPROVAL_HOURS", default=72)  # for an employer to approve
HOLDS_PER_PERSON = env.number("HOLDS_PER_PERSON", default=3)  # holds, of one browser
HOLDS_PER_ADDRESS = env.number("HOLDS_PER_ADDRESS", default=40)  # place-days, of one address
REMINDER_HOUR = env.number("REMINDER_HOUR", default=16, among=range(24))  # the day before
# How long somebody whom an employer invites may accept, and how many it may write to in a day.
INVITATION_DAYS = env.number("INVITATION_DAYS", default=30, among=range(1, 366))
INVITATIONS_PER_DAY = env.number("INVITATIONS_PER_DAY", default=200)
# Who is asked for the proof of an employer's domain, "127.0.0.1:53"; without it, the system's own.
DNS_RESOLVER = env.server("DNS_RESOLVER")
# What carries a proposed grid: the share of places that vote, and of votes for or against, for it.
VOTE_QUORUM_PERCENT = env.number("VOTE_QUORUM_PERCENT", default=50, among=range(101))
VOTE_MAJORITY_PERCENT = env.number("VOTE_MAJORITY_PERCENT", default=50, among=range(100))
VOTE_LEAST_DAYS = env.number("VOTE_LEAST_DAYS", default=7, among=range(1, 91))  # that it lasts
# How far from a place its results reach unless the visitor says otherwise; the rest is "farther".
SEARCH_RADIUS_KM = env.number("SEARCH_RADIUS_KM", default=25)
# Who answers for this deployment: shown on the pages that the law asks for.
PUBLISHER = env.text("PUBLISHER", default="Réseau Maillage (démonstration)")
PUBLICATION_DIRECTOR = env.text("PUBLICATION_DIRECTOR", default=PUBLISHER)
HOSTING = env.text("HOSTING", default=PUBLISHER)
CONTACT_EMAIL = env.text("CONTACT_EMAIL", default="contact@maillage.example")

# IGN's open tile service (plan IGN v2). Without tiles the map shows our own schematic base.
MAP_TILE_URL = env.text(
    "MAP_TILE_URL",
    default=(
        "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
        "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&TILEMATRIXSET=PM"
        "&FORMAT=image/png&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
    ),
)
MAP_TILE_CREDIT = env.text("MAP_TILE_CREDIT", default="IGN-F/Géoportail")
TILE_HOST = urlsplit(MAP_TILE_URL)
TILE_ORIGIN = [f"{TILE_HOST.scheme}://{TILE_HOST.netloc}"] if TILE_HOST.netloc else []

# Django 6 reads a setting of this name and form; until then config/middleware/policy.py does.
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:", *TILE_ORIGIN],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
SESSION_ENGINE = "config.sessions"
# Shared computers: who wants to stay signed in says so (network/accounts/staying.py).
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Many browsers are never closed, and cookies are copied: what is so long unused ends all the same.
SESSION_IDLE_HOURS = env.number("SESSION_IDLE_HOURS", default=12, among=range(2, 169))
SESSION_COOKIE_AGE = SESSION_IDLE_HOURS * 3600  # of a row; the cookie goes with the browser
STAY_DAYS = 14  # of who chose to stay signed in
ACCOUNT_SESSION_COOKIE_AGE = STAY_DAYS * 24 * 3600  # allauth's form of passwords sets it by itself
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = IS_HTTPS and env.flag("SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
# Whether browsers ship the domain as https-only is for the domain's owner, not for one service.
# Two libraries of templates are called i18n: ours says plain words sooner, and all else as Django.
SILENCED_SYSTEM_CHECKS = ["security.W021", "templates.W003"]
# Probes come from inside, in plain http.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
#: Bytes of a form of the administration, with its photos; others keep to the line above.
MOST_UPLOADED = 16_000_000
#: A space's units are edited on one page, five fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
X_FRAME_OPTIONS = "DENY"

LOGGING = logging_config(as_json=not DEBUG)
# One line a request, at its end: what it says at its start, the end says again.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
NINJA_PAGINATION_PER_PAGE = 50
