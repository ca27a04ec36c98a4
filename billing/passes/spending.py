"""Half-days of passes are spent on a use, and given back to the pass that they came from."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from billing.errors import KeyOfAnother, NotEnough
from billing.ledger.accounts import used_at
from billing.ledger.posting import Entry, lock, post
from billing.models import Account, Transfer
from billing.passes.holding import Held, Need, usable

#: A pass, and where its half-days went.
Way = tuple[int, int]


@transaction.atomic
def spend(*, need: Need, half_days: int, subject: str, key: UUID, now: datetime) -> list[Transfer]:
    """Take half-days of a person's passes for a use, nearest expiry first: all of them or none.

    `subject` is what for, the reference of a booking. Asked again with the same key, what was taken
    is returned. Raises NotEnough, KeyOfAnother for a key of another spending.
    """
    if half_days < 1:
        raise ValueError(f"{half_days} half-days cannot be spent.")
    lock(*purses([need.person.pk]))
    if before := written(key, half_days):
        refuse_other(before, half_days, subject)
        return before
    taken = shares(usable(need, now), half_days)
    used = used_at(need.site)
    entries = [
        Entry(
            key=uuid5(key, str(number)),
            kind=Transfer.Kind.CONSUME,
            source=one.row.account,
            target=used,
            amount=amount,
            subject=subject,
        )
        for number, (one, amount) in enumerate(taken)
    ]
    return post(entries=entries, now=now)


def shares(passes: Sequence[Held], half_days: int) -> list[tuple[Held, int]]:
    """Return how much of each pass makes so many half-days, the first ones first.

    Raises NotEnough when all together hold less.
    """
    taken: list[tuple[Held, int]] = []
    for one in passes:
        if amount := min(one.left, half_days):
            taken.append((one, amount))
            half_days -= amount
    if half_days:
        raise NotEnough(_("There are not enough half-days left on your passes."))
    return taken


@transaction.atomic
def give_back(
    *, transfers: Sequence[Transfer], half_days: int, key: UUID, now: datetime
) -> list[Transfer]:
    """Give back so many of the half-days that `transfers` took, each to the pass it came from.

    Passes that end last get theirs first: the other way round than they were spent. `transfers` are
    of one subject. Asked again with the same key, what was given back is returned. Raises
    ValueError for more than was taken and not yet given back.
    """
    if half_days < 1 or not transfers:
        raise ValueError(f"{half_days} half-days of {len(transfers)} spendings.")
    subject = transfers[0].subject
    sources = {one.source_id: one.source for one in transfers}
    people = [one.person_id for one in sources.values() if one.person_id]
    lock(*purses(people), *sources.values())
    if before := written(key, half_days):
        refuse_other(before, half_days, subject)
        return before
    ways = refunds(returnable(transfers), half_days)
    accounts = Account.objects.in_bulk({number for way, _amount in ways for number in way})
    entries = [
        Entry(
            key=uuid5(key, str(number)),
            kind=Transfer.Kind.REFUND,
            source=accounts[used],
            target=accounts[purse],
            amount=amount,
            subject=subject,
        )
        for number, ((purse, used), amount) in enumerate(ways)
    ]
    return post(entries=entries, now=now)


def refunds(ways: Iterable[tuple[Way, int]], half_days: int) -> list[tuple[Way, int]]:
    """Return how many half-days go back each way, the first ways first."""
    chosen: list[tuple[Way, int]] = []
    for way, most in ways:
        if amount := min(most, half_days):
            chosen.append((way, amount))
            half_days -= amount
    if half_days:
        raise ValueError(f"{half_days} half-days more than were taken.")
    return chosen


def returnable(transfers: Sequence[Transfer]) -> Iterator[tuple[Way, int]]:
    """Yield what may go back to each pass, those that end last first."""
    asked: Counter[Way] = Counter()
    for one in transfers:
        asked[one.source_id, one.target_id] += one.amount
    held = Account.objects.filter(pk__in={purse for purse, _used in asked})
    order = held.order_by("-of_pass__valid_until", "-pk").values_list("pk", flat=True)
    place = {purse: number for number, purse in enumerate(order)}
    for purse, used in sorted(asked, key=lambda way: place[way[0]]):
        net = net_of(transfers[0].subject, purse, used)
        yield (purse, used), min(asked[purse, used], net)


def net_of(subject: str, purse: int, used: int) -> int:
    """Return what a subject took from a pass, less what went back for it."""
    rows = Transfer.objects.moving().of_subject(subject)
    taken, back = (
        rows.filter(source=source, target=target).aggregate(total=Sum("amount"))["total"] or 0
        for source, target in ((purse, used), (used, purse))
    )
    return int(taken - back)


def purses(people: Iterable[int]) -> list[Account]:
    """Return the accounts of all passes of some people: locked together, none waits crosswise."""
    return list(Account.objects.filter(kind=Account.Kind.PASS, person__in=people))


def written(key: UUID, half_days: int) -> list[Transfer]:
    """Return what was written under a key: at most a transfer for each half-day."""
    keys = [uuid5(key, str(number)) for number in range(half_days)]
    rows = Transfer.objects.filter(key__in=keys).select_related("source", "target")
    return list(rows.order_by("pk"))


def refuse_other(before: Sequence[Transfer], half_days: int, subject: str) -> None:
    """Refuse a key that stands on so many others, or on those of something else."""
    total = sum(one.amount for one in before)
    if total != half_days or {one.subject for one in before} != {subject}:
        raise KeyOfAnother(_("This was already written, and otherwise."))
