"""The application is loaded once, before the server's processes part."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.engineless

TOLD = """
import json, sys, threading
from config.wsgi import application
from django.db import connections
print(json.dumps({
    "connections": [name for name in connections if connections[name].connection],
    "threads": threading.active_count(),
    "pages": "bookings.views.site" in sys.modules,
    "shapes": "numpy" in sys.modules or "shapely" in sys.modules,
}))
"""


def test_loading_opens_no_connection_starts_no_thread_and_leaves_no_page_to_load() -> None:
    environ = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}

    loaded = subprocess.run(
        [sys.executable, "-c", TOLD], env=environ, capture_output=True, text=True, check=True
    )

    assert json.loads(loaded.stdout.splitlines()[-1]) == {
        "connections": [],
        "threads": 1,
        "pages": True,
        "shapes": False,
    }
