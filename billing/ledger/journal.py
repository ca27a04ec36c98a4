"""The ledger as a journal that accountants' programs read: Beancount's text format.

Format: https://beancount.github.io/docs/beancount_language_syntax.html. Each posted transfer is a
transaction of two postings; reservations move nothing and are left out.
"""

from collections.abc import Iterator

from django.db.models import QuerySet

from billing.models import Account, Transfer

#: Beancount's five roots, and its commodities.
ROOTS = {
    Account.Kind.OWED: "Assets",
    Account.Kind.EARNED: "Income",
    Account.Kind.PASS: "Liabilities",
    Account.Kind.SOLD: "Equity",
    Account.Kind.USED: "Expenses",
    Account.Kind.EXPIRED: "Expenses",
}
COMMODITIES = {Account.Unit.CENT: "CENT", Account.Unit.HALF_DAY: "HALFDAY"}
EPOCH = "1970-01-01"


def journal() -> Iterator[str]:
    """Yield the lines of the whole ledger, accounts first, then transfers by number."""
    for account in Account.objects.order_by("pk").iterator():
        yield f"{EPOCH} open {name_of(account)} {COMMODITIES[Account.Unit(account.unit)]}"
    for transfer in posted().iterator():
        yield from entry(transfer)


def posted() -> QuerySet[Transfer]:
    """Return what moved, with both accounts."""
    return Transfer.objects.moving().select_related("source", "target").order_by("pk")


def entry(transfer: Transfer) -> Iterator[str]:
    """Yield the lines of one transfer: what leaves is negative."""
    commodity = COMMODITIES[Account.Unit(transfer.source.unit)]
    day = transfer.made_at.date().isoformat()
    yield ""
    yield f'{day} * "{transfer.kind}" "{quoted(transfer.words)}"'
    yield f'  number: "{transfer.pk}"'
    yield f"  {name_of(transfer.source)}  -{transfer.amount} {commodity}"
    yield f"  {name_of(transfer.target)}  {transfer.amount} {commodity}"


def name_of(account: Account) -> str:
    """Return an account's name: a root, its kind, its number: `Assets:Owed:N12`."""
    kind = Account.Kind(account.kind)
    return f"{ROOTS[kind]}:{kind.value.capitalize()}:N{account.pk}"


def quoted(words: str) -> str:
    """Return words as they may stand within quotes."""
    return words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
