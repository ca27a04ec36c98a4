"""Proposed grids and their votes: a public record, in which operators vote and comment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.forms.proposals import CommentForm, VotesForm, WithdrawalForm
from billing.grids.comparing import compared
from billing.grids.reviewing import held_by
from billing.grids.rights import ADOPT
from billing.models import Proposal, Vote
from billing.views.saving import CONFLICT, GET_OR_POST, answer, is_saved, is_sent, why_not_asked
from billing.views.tariffs import asked_group
from billing.votes.counting import outcome
from billing.votes.voting import (
    comment,
    may_withdraw,
    refuse_over,
    vote_for_places,
    withdraw,
    withdrawer,
)
from network.errors import Refusal
from network.models import User
from network.views.person import person_of
from network.views.typed import entries, keeps_typed, sign_in_first
from sites.models import Site


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """List what was put to the vote, the latest first."""
    rows = Proposal.objects.select_related("grid__operator", "withdrawn_for").order_by(
        "-opened_at", "-pk"
    )
    context = {"section": "tariffs", "proposals": rows, "now": timezone.now()}
    return render(request, "billing/proposals.html", context)


@keeps_typed
@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a proposed grid: reasons, what changes, comments, votes; to who may, the forms."""
    found = proposal_of(pk)
    return page(request, found, Say.of(request, found))


def proposal_of(pk: int) -> Proposal:
    """Return a proposal with its grid. Raises Http404."""
    return get_object_or_404(
        Proposal.objects.select_related("grid__operator", "withdrawn_for"), pk=pk
    )


@dataclass(frozen=True)
class Say:
    """What the person of a request may say of a proposal, for their places or the team.

    `sites` vote; `newer` were opened after the vote was, and only comment.
    """

    sites: Sequence[Site]
    newer: Sequence[Site]
    is_team: bool
    may_withdraw: bool
    votes: VotesForm
    comment: CommentForm

    @classmethod
    def of(cls, request: HttpRequest, proposal: Proposal, form: str = "") -> "Say":
        """Return the forms; `form` names the one that was sent."""
        person = request.user if isinstance(request.user, User) else None
        sites, newer = places_of(proposal, person)
        cast = proposal.votes.filter(site__in=sites)
        votes = {row.site_id: Vote.Choice(row.choice) for row in cast} if sites else {}
        is_team = person is not None and person.has_perm(ADOPT)
        typed = entries(request)
        return cls(
            sites,
            newer,
            is_team,
            person is not None and may_withdraw(proposal, person),
            VotesForm(typed if form == "votes" else None, sites=sites, votes=votes),
            CommentForm(
                typed if form == "comment" else None, sites=[*sites, *newer], for_team=is_team
            ),
        )

    @property
    def typed(self) -> str:
        """Return what was typed in the form that was sent, as text to copy."""
        return self.comment.typed if self.comment.is_bound else self.votes.typed


def places_of(proposal: Proposal, person: User | None) -> tuple[list[Site], list[Site]]:
    """Return the places somebody votes for, and those that take bookings since the opening."""
    if person is None:
        return [], []
    run = Site.objects.run_by(person).order_by("name", "pk")
    voting = list(run.filter(votes_to_cast=proposal))
    return voting, [one for one in run.active() if one not in voting]


@sign_in_first
@require_http_methods(GET_OR_POST)
def cast_votes(request: HttpRequest, pk: int) -> HttpResponse:
    """Cast or change the votes of the places that the person runs."""
    found = proposal_of(pk)
    say = Say.of(request, found, "votes")
    if not is_sent(request) or not say.votes.is_valid():
        return page(request, found, say)
    by, now = person_of(request), timezone.now()
    try:
        vote_for_places(proposal=found, choices=say.votes.choices, by=by, now=now)
    except Refusal as refusal:
        return page(request, found, say, refusal)
    if say.votes.choices:
        messages.success(request, _("Your votes are counted. You can change them until the end."))
    else:
        messages.error(request, _("No vote was chosen: nothing has changed."))
    return redirect("proposal", pk)


@sign_in_first
@require_http_methods(GET_OR_POST)
def add_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something of a proposed grid, for a place or for the network team."""
    found = proposal_of(pk)
    say = Say.of(request, found, "comment")
    if not is_sent(request) or not say.comment.is_valid():
        return page(request, found, say)
    text, site = say.comment.cleaned_data["text"], say.comment.place
    by, now = person_of(request), timezone.now()
    try:
        comment(proposal=found, text=text, site=site, by=by, now=now)
    except Refusal as refusal:
        return page(request, found, say, refusal)
    messages.success(request, _("Your comment is published."))
    return redirect("proposal", pk)


@sign_in_first
@require_http_methods(GET_OR_POST)
def withdraw_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a vote is called off, and call it off."""
    found, by, form = proposal_of(pk), person_of(request), WithdrawalForm(entries(request))
    withdrawer(found, by)

    def write() -> None:
        reason = form.cleaned_data["reason"]
        withdraw(proposal=found, reason=reason, by=by, now=timezone.now())

    if is_saved(request, form, write):
        messages.success(request, _("The vote is withdrawn."))
        return redirect("proposal", pk)
    why = why_not_asked(request, lambda: refuse_over(found, timezone.now()))
    context = {"section": "tariffs", "proposal": found, "form": form, "why": why}
    return answer(request, "billing/proposal_withdraw.html", context)


def page(
    request: HttpRequest, proposal: Proposal, say: Say, refusal: Refusal | None = None
) -> HttpResponse:
    """Show the record of a proposal; while the vote runs, the forms of who may say something."""
    now = timezone.now()
    is_open = proposal.is_open(now)
    context = record(request, proposal) | {
        "section": "tariffs",
        "say": say if say.sites or say.newer or say.is_team else None,
        "refusal": refusal,
        "is_open": is_open,
        "now": now,
        "late": "" if is_open else say.typed,
        "may_withdraw": is_open and say.may_withdraw,
    }
    status = CONFLICT if is_sent(request) else 200
    return render(request, "billing/proposal.html", context, status=status)


def record(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """Return what everybody reads of a proposal."""
    votes = proposal.votes.select_related("site").order_by("site__name", "site")
    comments = proposal.comments.select_related("site").order_by("written_at", "pk")
    grid, is_decided = proposal.grid, proposal.is_withdrawn or proposal.grid.is_adopted
    return {
        "proposal": proposal,
        "grid": grid,
        "held": [] if is_decided else held_by(grid),
        "compared": compared(proposal, asked_group(request), request.GET.get("category", "")),
        "count": outcome(proposal),
        "votes": votes,
        "comments": comments,
    }
