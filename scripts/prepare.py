"""Make ready for `make run`: messages, schema, territories, and a demo network if empty."""

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DATABASE_PATIENT", "1")  # it migrates and loads, as commands do
django.setup()

from django.conf import settings  # noqa: E402 -- needs the settings above
from django.core.management import call_command  # noqa: E402 -- needs the settings above

from config.catalogues.messages import compile_catalogues  # noqa: E402 -- the same
from network.models import CommuneName  # noqa: E402 -- the same


def main() -> None:
    """Compile, migrate, load what is not there yet, leave alone what is; print who can sign in."""
    # Standard output is kept for the end of `make run`'s own; what goes on meanwhile is told here.
    sys.stderr.write("Preparing messages and database\n")
    compile_catalogues()
    call_command("migrate", verbosity=0)
    if not CommuneName.objects.exists():
        call_command("load_territories", stdout=sys.stderr, verbosity=0)
    call_command("load_demo")
    sys.stdout.write(mails())


def mails() -> str:
    """Return where mails go."""
    if folder := getattr(settings, "EMAIL_FILE_PATH", None):
        return f"\nMails are written to {os.path.relpath(folder, settings.BASE_DIR)}/\n"
    return f"\nMails are sent by {settings.EMAIL_HOST}\n" if settings.EMAIL_HOST else ""


if __name__ == "__main__":
    main()
