"""Make the database ready for `make run`: schema, territories, and a demo network if empty."""

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 -- needs the settings above

from network.models import Commune  # noqa: E402 -- the same
from sites.models import Site  # noqa: E402 -- the same


def main() -> None:
    """Migrate; load what is not there yet; leave alone what is."""
    call_command("migrate", verbosity=0)
    if not Commune.objects.exists():
        say("Loading the territories")
        call_command("load_territories")
    if not Site.objects.exists():
        say("Loading the demo network")
        call_command("load_demo")


def say(line: str) -> None:
    """Print a line at once, also into a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
