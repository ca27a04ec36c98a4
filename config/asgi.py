"""The ASGI entry point, for uvicorn."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# A server takes nothing from what a developer left in the checkout, unless a file is named.
os.environ.setdefault("ENV_FILE", "")
application = get_asgi_application()
