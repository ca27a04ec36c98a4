"""`manage.py close_month`: charge subscriptions what a month costs that is over."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from billing.passes.expiring import expire_passes
from billing.statements.closing import close_statements_until
from billing.statements.months import Month
from network.templatetags.money import money
from subscriptions.months.ahead import grant_ahead
from subscriptions.months.closing import Closed, close, dues, last_over


def month(text: str) -> Month:
    """Return the month that "2026-11" names. Raises ArgumentTypeError."""
    try:
        return Month.parse(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is no month: write 2026-11.") from error


class Command(BaseCommand):
    help = (
        "Charge subscriptions each month that is over, until the last one or the one named, grant"
        " what can be booked by now, write off what is over, and close the statements. Run again,"
        " or twice at once, nothing is done twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add until which month, and whether to write."""
        parser.add_argument("month", nargs="?", type=month, help="as 2026-11; by default the last")
        parser.add_argument("--dry-run", action="store_true", help="say what it comes to, no more")

    def handle(self, *args: Any, **options: Any) -> None:
        """Close what is due, telling how far it has come; say what it came to."""
        now, is_dry = timezone.now(), options["dry_run"]
        until = options["month"] or last_over(now)
        if until > last_over(now):
            raise CommandError(f"{until} is not over.")
        due = list(dues(until))
        shown = tqdm(due, file=self.stderr, unit="month", disable=not options["verbosity"])
        done = [close(due=one, now=now, is_dry=is_dry) for one in shown]
        self.stdout.write(summary(done, is_dry=is_dry))
        if not is_dry:
            grant_ahead(now)
            expire_passes(now)
            closed = close_statements_until(until, now)
            self.stdout.write(f"{closed} statements closed.")


def summary(done: list[Closed], *, is_dry: bool) -> str:
    """Return what closing came to: "12 months closed, 1 240,00 €"."""
    new = [one for one in done if one.is_new]
    said = "to be closed" if is_dry else "closed"
    return f"{len(new)} months of subscriptions {said}: {money(sum(one.cents for one in new))}."
