"""What a person holds and owes: their passes, the history of each, this month's lines."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.models import GroupMembership, Pass, TariffGrid
from billing.passes.history import movements
from billing.passes.holding import Held, held
from billing.passes.leaving import last_gone
from billing.passes.worth import worths_in
from billing.statements.months import Month
from billing.statements.parties import of_person
from billing.statements.reading import months_of, owed_now, statement
from network.models import User
from network.views.person import person_of
from network.views.typed import sign_in_first

#: So many lines of the month are told, and so many passes that are spent or over at once.
NEWEST, PER_PAGE = 5, 10


@never_cache
@sign_in_first
@require_safe
def credits(request: HttpRequest) -> HttpResponse:
    """Show the person's passes, what is left of each until when, and what they owe this month."""
    person, now = person_of(request), timezone.now()
    passes = held(Pass.objects.of_person(person), now)
    party = of_person(person)
    told = statement(party, Month.of(timezone.localdate(now)))
    past = [one for one in reversed(passes) if not one.left]
    context = {
        "section": "account",
        **passes_told(passes, now),
        "page": Paginator(past, PER_PAGE).get_page(request.GET.get("page")),
        "owed_cents": owed_now(party),
        "statement": told,
        "newest": replace(told, lines=told.lines[: -NEWEST - 1 : -1]),
        "months": months_of(party),
        "groups": groups_told_of(person, now),
    }
    return render(request, "billing/credits.html", context)


def passes_told(passes: Sequence[Held], now: datetime) -> dict[str, object]:
    """Return the passes that hold; where none does, what became of the last, and why buy one."""
    left = [one for one in passes if one.left]
    if left:
        return {"passes": left}
    grid = TariffGrid.objects.in_force(timezone.localdate(now))
    return {"gone": last_gone(passes), "worths": list(worths_in(grid)) if grid else []}


def groups_told_of(person: User, now: datetime) -> list[GroupMembership]:
    """Return the customer groups of a person, each with who said it."""
    mine = GroupMembership.objects.filter(person=person).at(now, timezone.localdate(now))
    return list(mine.select_related("operator").order_by("group", "ends_on"))


@never_cache
@sign_in_first
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of the half-days of one of the person's passes."""
    mine = Pass.objects.of_person(person_of(request)).filter(pk=pk)
    get_object_or_404(mine)
    (one,) = held(mine.select_related("operator"), timezone.now())
    context = {"section": "account", "held": one, "movements": movements(one.row)}
    return render(request, "billing/pass.html", context)
