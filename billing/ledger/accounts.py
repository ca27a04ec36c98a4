"""The accounts there are. Each is made when it is first needed."""

from billing.models import Account


def account(code: str, kind: Account.Kind, unit: Account.Unit, **fields: object) -> Account:
    """Return the account of that code; made if need be, by whoever comes first."""
    row, _made = Account.objects.get_or_create(
        code=code, defaults={"kind": kind, "unit": unit, **fields}
    )
    return row
