"""Whether the ledger moved for each booking what its lines say. Reads only."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Case, F, IntegerField, Sum, When
from django.db.models.functions import Coalesce

from billing.charging.quotes import HUNDRED
from billing.ledger.checking import Fault
from billing.models import Account, Charge, Transfer

OWED, EARNED, PASS = Account.Kind.OWED, Account.Kind.EARNED, Account.Kind.PASS
USED = Account.Kind.USED
#: For what, and between which two; a forgotten person's account is theirs no more.
Way = tuple[object, ...]


def faults_of_charges() -> Iterator[Fault]:
    """Yield for what lines and ledger say different things, in cents or in half-days."""
    yield from differences("cents", owed_by_lines(), owed_by_ledger())
    yield from differences("half-days", taken_by_lines(), taken_by_ledger())


def differences(unit: str, lines: Counter[Way], ledger: Counter[Way]) -> Iterator[Fault]:
    """Yield where two sums are not alike."""
    for way in sorted({*lines, *ledger}, key=str):
        if lines[way] != ledger[way]:
            words = f"its lines are {lines[way]} {unit}, the ledger moved {ledger[way]}"
            yield Fault("charges", f"subject {way[0]}", words)


def owed_by_lines() -> Counter[Way]:
    """Return what lines say is owed, by subject, paying organisation and operator."""
    paying = Coalesce("organisation", "on_account_of")
    rows = Charge.objects.order_by().values_list("subject", paying, "operator")
    return Counter({row[:3]: row[3] for row in rows.annotate(total=Sum("amount_cents"))})


def owed_by_ledger() -> Counter[Way]:
    """Return what the ledger moved for the same."""
    whose = ("source__organisation", "target__organisation")
    back = ("target__organisation", "source__organisation")
    return moved(OWED, EARNED, whose, back)


def taken_by_lines() -> Counter[Way]:
    """Return what lines say was taken of passes, by subject and pass."""
    count = Case(
        When(kind=Charge.Kind.GIVEN_BACK, then=-F("quantity")),
        default=F("quantity"),
        output_field=IntegerField(),
    )
    covered = Charge.objects.filter(spent_pass__isnull=False).order_by()
    rows = covered.values_list("subject", "spent_pass__account").annotate(total=Sum(count))
    return Counter({row[:2]: row[2] // HUNDRED for row in rows})


def taken_by_ledger() -> Counter[Way]:
    """Return what the ledger moved for the same."""
    return moved(PASS, USED, ("source",), ("target",))


def moved(
    source: Account.Kind, target: Account.Kind, whose: tuple[str, ...], back: tuple[str, ...]
) -> Counter[Way]:
    """Return what went from accounts of one kind to those of another, less what came back."""
    rows = Transfer.objects.moving().order_by()
    there = rows.filter(source__kind=source, target__kind=target)
    again = rows.filter(source__kind=target, target__kind=source)
    total: Counter[Way] = Counter()
    for row in there.values_list("subject", *whose).annotate(total=Sum("amount")):
        total[row[:-1]] += row[-1]
    for row in again.values_list("subject", *back).annotate(total=Sum("amount")):
        total[row[:-1]] -= row[-1]
    return total
