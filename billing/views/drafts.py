"""The versions of the grid, and the making of the next one by operators or the network team."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.forms.drafts import BeginForm, ConfirmForm, HeadForm
from billing.forms.names import typed_names
from billing.forms.proposals import OpenVoteForm
from billing.grids.completeness import missing_prices
from billing.grids.drafts import Head, begun, copied, discard
from billing.grids.editing import describe
from billing.grids.oddities import oddities
from billing.grids.reviewing import held_by
from billing.grids.rights import ADOPT, bodies_of, grids_visible_to, grids_written_by
from billing.grids.showing import groups_of
from billing.grids.tables import table_now
from billing.models import Proposal, TariffGrid
from billing.views.adopters import for_drafters, section_of
from billing.views.saving import GET_OR_POST, answer, is_saved, why_not_asked
from billing.votes.adopting import why_undecided
from billing.votes.counting import outcome
from billing.votes.voting import propose, refuse_unvotable
from network.models import User
from network.views.person import person_of
from network.views.typed import entries
from sites.models import Site


@for_drafters
@require_safe
def grids(request: HttpRequest) -> HttpResponse:
    """List the versions of the grid: drafts, put to the vote, to come, in force, past."""
    person, today = person_of(request), timezone.localdate()
    rows = grids_visible_to(person).select_related("proposal", "operator")
    context = {
        "section": section_of(person),
        "grids": list(rows.order_by("-in_force_from", "-pk")),
        "current": TariffGrid.objects.in_force(today),
        "is_team": person.has_perm(ADOPT),
        "today": today,
    }
    return render(request, "billing/grids.html", context)


@for_drafters
@require_http_methods(GET_OR_POST)
def begin_draft(request: HttpRequest) -> HttpResponse:
    """Make a draft from another grid, with its prices raised if wished, or from nothing."""
    person, now = person_of(request), timezone.now()
    form = BeginForm(
        entries(request),
        bodies=bodies_of(person, ADOPT),
        grids=grids_visible_to(person),
        current=TariffGrid.objects.in_force(timezone.localdate(now)),
    )
    made: list[TariffGrid] = []
    if is_saved(request, form, lambda: made.append(begun_as_told(form, person, now))):
        return redirect("grid", made[0].pk)
    context = {"section": section_of(person), "form": form}
    return render(request, "billing/grid_begin.html", context)


def begun_as_told(form: BeginForm, by: User, now: datetime) -> TariffGrid:
    """Return the draft that a valid form asks for. Raises NotInForceYet or PermissionDenied."""
    told = form.cleaned_data
    head = Head(told["name"], told["in_force_from"], form.operator, form.other_words)
    if told["source"] is None:
        return begun(head=head, by=by, now=now)
    per_mille = form.raised_per_mille
    return copied(grid=told["source"], head=head, by=by, now=now, raised_per_mille=per_mille)


@for_drafters
@require_safe
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how one grid stands: what can be edited of it, what lacks, its vote."""
    person, now = person_of(request), timezone.now()
    found = get_object_or_404(grids_visible_to(person).select_related("operator"), pk=pk)
    proposal = Proposal.objects.filter(grid=found).first()
    context = {
        "section": section_of(person),
        "grid": found,
        "proposal": proposal,
        "count": outcome(proposal) if proposal else None,
        "is_open": proposal is not None and proposal.is_open(now),
        "lacking": [] if found.is_adopted else missing_prices(found),
        "held": [] if found.is_adopted else held_by(found),
        "odd": [] if found.is_adopted else oddities(table_now(found.pk).prices),
        "categories": Site.Category,
        "groups": groups_of(found),
        "today": timezone.localdate(),
        "may_write": not proposal and grids_written_by(person).filter(pk=pk).exists(),
        "may_adopt": may_adopt(found, person, now),
        "may_add_document": may_add_document(found, person),
    }
    return render(request, "billing/grid.html", context)


def may_adopt(grid: TariffGrid, person: User, now: datetime) -> bool:
    """Tell whether somebody may put a grid in force now."""
    is_draft = person.has_perm(ADOPT) and not grid.is_adopted
    return is_draft and why_undecided(grid, now) is None


def may_add_document(grid: TariffGrid, person: User) -> bool:
    """Tell whether somebody may add the text of the deliberation that put a grid in force."""
    is_textless = grid.is_adopted and not grid.deliberation_document
    return is_textless and person.has_perm(ADOPT)


def draft_of(request: HttpRequest, pk: int) -> TariffGrid:
    """Return a draft that the person may write. Raises Http404."""
    return get_object_or_404(grids_written_by(person_of(request)), pk=pk)


def step_page(
    request: HttpRequest, template: str, grid: TariffGrid, form: Any, **more: Any
) -> HttpResponse:
    """Show the form of a step of a draft."""
    section = section_of(person_of(request))
    return answer(request, template, {"section": section, "grid": grid, "form": form, **more})


@for_drafters
@require_http_methods(GET_OR_POST)
def describe_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the name of a draft and its first day."""
    found, by = draft_of(request, pk), person_of(request)
    form = HeadForm(entries(request), initial=vars(found) | typed_names(found.other_words))

    def write() -> None:
        told = form.cleaned_data
        head = Head(told["name"], told["in_force_from"], found.operator, form.other_words)
        describe(grid=found, head=head, by=by, now=timezone.now())

    if is_saved(request, form, write):
        messages.success(request, _("The draft is saved."))
        return redirect("grid", pk)
    return step_page(request, "billing/grid_describe.html", found, form)


@for_drafters
@require_http_methods(GET_OR_POST)
def open_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a draft is proposed and until when, and put it to the vote."""
    found, form = draft_of(request, pk), OpenVoteForm(entries(request))

    def write() -> None:
        reasons, until = form.cleaned_data["reasons"], form.closes_at
        by, now = person_of(request), timezone.now()
        propose(grid=found, reasons=reasons, closes_at=until, by=by, now=now)

    if is_saved(request, form, write):
        messages.success(request, _("The vote is open."))
        return redirect("grid", pk)
    why = why_not_asked(request, lambda: refuse_unvotable(found, timezone.now()))
    odd = oddities(table_now(found.pk).prices)
    more = {"today": timezone.localdate(), "held": held_by(found), "odd": odd, "why": why}
    return step_page(request, "billing/grid_vote.html", found, form, **more)


@for_drafters
@require_http_methods(GET_OR_POST)
def discard_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a draft that was never put to the vote is to be deleted, and delete it."""
    found, form = draft_of(request, pk), ConfirmForm(entries(request))
    if is_saved(request, form, lambda: discard(grid=found, by=person_of(request))):
        messages.success(request, _("The draft is deleted."))
        return redirect("grids")
    return step_page(request, "billing/grid_discard.html", found, form)
