"""The demo network."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking
from demo.content import demo_content
from demo.loading import ZONE, load_demo
from demo.people import DEMO_PASSWORD, NUMBERED_TELEWORKERS, SIGN_IN_DOMAIN
from network.models import User
from sites.models import Site


class Command(BaseCommand):
    help = (
        "Fill an empty network with invented sites of Alsace, people and six months of bookings."
        " The people's password is published: never use it where others may sign in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the day as of which bookings are invented."""
        parser.add_argument(
            "--today", type=date.fromisoformat, help="YYYY-MM-DD; by default, today"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, unless there are sites, and tell who can sign in."""
        if Site.objects.exists():
            self.stdout.write("There are sites already: nothing was loaded.")
        else:
            today = options["today"] or timezone.localdate(timezone=ZONE)
            loaded = load_demo(today)
            self.stdout.write(
                f"{loaded.sites} sites, {loaded.units} units, {loaded.people} people"
                f" and {loaded.bookings} bookings loaded."
            )
        if User.objects.filter(email=f"team@{SIGN_IN_DOMAIN}").exists():
            self._tell_logins()

    def _tell_logins(self) -> None:
        self.stdout.write(f"\nPassword of everybody below: {DEMO_PASSWORD}")
        for persona in demo_content().people.personas:
            login = f"{persona.login}@{SIGN_IN_DOMAIN}"
            can = persona.can.replace("{booking}", booking_seen_by(login))
            self.stdout.write(f"  {login:<32}{persona.name}, who {can}")
        last = f"teleworker{NUMBERED_TELEWORKERS}@{SIGN_IN_DOMAIN}"
        self.stdout.write(f"  teleworker01@{SIGN_IN_DOMAIN} to {last}, who book")


def booking_seen_by(email: str) -> str:
    """Return the page of the last booking that this person may see, or of their bookings."""
    seen = Booking.objects.visible_to(User.objects.get(email=email)).active()
    last = seen.order_by("-starts_at", "-pk").first()
    return reverse("booking", args=[last.reference]) if last else reverse("bookings")
