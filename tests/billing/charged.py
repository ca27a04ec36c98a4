"""Lines of charges for tests, where how they came about does not matter."""

from typing import Any

from billing.models import Charge
from network.models import Organisation, User
from tests.factories import NOW


def make_charge(person: User, operator: Organisation, **fields: Any) -> Charge:
    """Charge somebody for half a day at an operator's."""
    usual = {
        "kind": Charge.Kind.USE,
        "subject": "ABCD-EFGH",
        "words": "Desk, half-day",
        "unit_price_cents": 800,
        "amount_cents": 800,
        "full_price_cents": 800,
        "vat_regime": "taxable",
        "vat_rate": 2000,
        "made_at": NOW,
    }
    return Charge.objects.create(person=person, operator=operator, **usual | fields)
