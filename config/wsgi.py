"""The WSGI entry point, for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# A server takes nothing from what a developer left in the checkout, unless a file is named.
os.environ.setdefault("ENV_FILE", "")
application = get_wsgi_application()
# Loads what every address leads to: here once, instead of in each process under its first visitor.
reverse("home")
