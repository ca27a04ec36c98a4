"""`manage.py check_ledger`: does the ledger add up? It ends with 1 and the rows at fault."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from billing.charging.checking import faults_of_charges
from billing.ledger.checking import faults
from billing.models import Account, Transfer
from billing.statements.closing import faults_of_statements


class Command(BaseCommand):
    help = "Check that the ledger adds up: zero sums, floors, checkpoints, charges, statements."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at every row in one transaction; raise CommandError (status 1) for any fault."""
        with transaction.atomic():
            found = [*faults(), *faults_of_charges(), *faults_of_statements()]
            told = f"{Account.objects.count()} accounts, {Transfer.objects.count()} transfers"
        for fault in found:
            self.stderr.write(f"{fault.rule}: {fault.row}: {fault.words}")
        if found:
            raise CommandError(f"{told}: {len(found)} faults.")
        self.stdout.write(f"{told}: all adds up.")
