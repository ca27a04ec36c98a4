"""The database refuses by itself to change a line, whichever way migrations went."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection

from billing.ledger.guard import missing_triggers
from billing.models import Charge
from tests.billing.charged import make_charge
from tests.factories import make_operator, make_organisation, make_user

#: The last one before lines were on account of somebody.
BEFORE = "0016"


@pytest.fixture
def back_and_forth() -> Iterator[None]:
    """Come forward again at the end, whatever the test did."""
    yield
    call_command("migrate", verbosity=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("back_and_forth")
def test_without_a_column_the_others_are_guarded_and_with_it_all_are() -> None:
    line = make_charge(make_user(), make_operator())

    call_command("migrate", "billing", BEFORE, verbosity=0)
    assert missing_triggers(connection) == set()
    with pytest.raises(IntegrityError, match="ledger_written_once"), connection.cursor() as cursor:
        cursor.execute("UPDATE billing_charge SET amount_cents = 0")
    call_command("migrate", "billing", verbosity=0)

    with pytest.raises(IntegrityError, match="ledger_written_once"):
        Charge.objects.filter(pk=line.pk).update(on_account_of=make_organisation())
    assert Charge.objects.get().amount_cents == 800
