"""The network team's grids: every version, and the making of the next one."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.forms.drafts import AdoptionForm, BeginForm, HeadForm
from billing.forms.proposals import OpenVoteForm
from billing.grids.drafts import begun, copied, discard
from billing.grids.editing import describe
from billing.grids.showing import groups_of
from billing.models import Proposal, TariffGrid
from billing.views.adopters import for_adopters
from billing.votes.adopting import Deliberation, adopt, missing_prices
from billing.votes.counting import outcome
from billing.votes.voting import propose
from network.errors import Refusal
from network.models import User
from network.views.person import person_of
from network.views.typed import entries
from sites.models import Site

CONFLICT = 409
GET_OR_POST = ["GET", "HEAD", "POST"]


@for_adopters
@require_safe
def grids(request: HttpRequest) -> HttpResponse:
    """List every version of the grid: drafts, put to the vote, to come, in force, past."""
    rows = list(TariffGrid.objects.select_related("proposal").order_by("-in_force_from", "-pk"))
    today = timezone.localdate()
    context = {
        "section": "grids",
        "grids": rows,
        "current": TariffGrid.objects.in_force(today),
        "today": today,
    }
    return render(request, "billing/grids.html", context)


@for_adopters
@require_http_methods(GET_OR_POST)
def begin_draft(request: HttpRequest) -> HttpResponse:
    """Make a draft from another grid, with its prices raised if wished, or from nothing."""
    form = BeginForm(entries(request), current=TariffGrid.objects.in_force(timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        return redirect("grid", begun_as_told(form, person_of(request)).pk)
    return render(request, "billing/grid_begin.html", {"section": "grids", "form": form})


def begun_as_told(form: BeginForm, by: User) -> TariffGrid:
    """Return the draft that a valid form asks for."""
    told = form.cleaned_data
    name, day, source = told["name"], told["in_force_from"], told["source"]
    if source is None:
        return begun(name=name, in_force_from=day, by=by)
    raised = form.raised_per_mille
    return copied(grid=source, name=name, by=by, in_force_from=day, raised_per_mille=raised)


@for_adopters
@require_safe
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how one grid stands: what can be edited of it, what lacks, its vote."""
    found = get_object_or_404(TariffGrid.objects.select_related("adopted_by"), pk=pk)
    proposal = Proposal.objects.filter(grid=found).first()
    context = {
        "section": "grids",
        "grid": found,
        "proposal": proposal,
        "count": outcome(proposal) if proposal else None,
        "is_over": proposal is not None and proposal.closes_at <= timezone.now(),
        "lacking": [] if found.is_adopted else missing_prices(found),
        "categories": Site.Category,
        "groups": groups_of(found),
        "today": timezone.localdate(),
    }
    return render(request, "billing/grid.html", context)


def draft_of(pk: int) -> TariffGrid:
    """Return a grid that was never put in force. Raises Http404."""
    return get_object_or_404(TariffGrid.objects.drafts(), pk=pk)


def step(
    request: HttpRequest, grid: TariffGrid, form: Any, act: Callable[[], str], template: str
) -> HttpResponse:
    """Show a form about a draft; sent, do what it asks, say so, and go back to the draft.

    `act` returns what was done, in words; a refusal is said on top of the form.
    """
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act())
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return redirect("grid", grid.pk)
    status = CONFLICT if request.method == "POST" else 200
    return render(
        request, template, {"section": "grids", "grid": grid, "form": form}, status=status
    )


@for_adopters
@require_http_methods(GET_OR_POST)
def describe_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the name of a draft and its first day."""
    found = draft_of(pk)
    form = HeadForm(entries(request), initial=vars(found))

    def act() -> str:
        describe(grid=found, **form.cleaned_data, by=person_of(request))
        return _("The draft is saved.")

    return step(request, found, form, act, "billing/grid_describe.html")


@for_adopters
@require_http_methods(GET_OR_POST)
def open_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a draft is proposed and until when, and put it to the vote."""
    found = draft_of(pk)
    form = OpenVoteForm(entries(request))

    def act() -> str:
        reasons, until = form.cleaned_data["reasons"], form.closes_at
        by, now = person_of(request), timezone.now()
        propose(grid=found, reasons=reasons, closes_at=until, by=by, now=now)
        return _("The vote is open.")

    return step(request, found, form, act, "billing/grid_vote.html")


@for_adopters
@require_http_methods(GET_OR_POST)
def adopt_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the deliberation, and put a grid in force."""
    found = draft_of(pk)
    files = request.FILES if request.method == "POST" else None
    form = AdoptionForm(entries(request), files, initial={"day": timezone.localdate()})

    def act() -> str:
        deliberation = Deliberation(**form.cleaned_data)
        adopt(grid=found, deliberation=deliberation, by=person_of(request), now=timezone.now())
        return words_of_adoption(found.in_force_from, timezone.localdate())

    return step(request, found, form, act, "billing/grid_adopt.html")


def words_of_adoption(day: date, today: date) -> str:
    """Return what was done with a grid that begins on `day`."""
    return _("The grid is in force.") if day <= today else _("The grid will come into force.")


@for_adopters
@require_POST
def discard_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft that was never put to the vote."""
    found = draft_of(pk)
    try:
        discard(grid=found, by=person_of(request))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect("grid", pk)
    messages.success(request, _("The draft is deleted."))
    return redirect("grids")
