"""An employer invites people: by their addresses, or by a list."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from billing.forms.drafts import ConfirmForm
from billing.views.saving import CONFLICT, GET_OR_POST, answer, is_saved, is_sent
from network.errors import Refusal
from network.models import Organisation
from network.views.person import person_of
from network.views.typed import entries
from subscriptions.forms.people import InviteForm, ListForm
from subscriptions.models import Invitation
from subscriptions.people.importing import invite_list, look_through, missing_of
from subscriptions.people.inviting import invite, send_again, withdraw
from subscriptions.people.judging import Fate, Judged, of_fate
from subscriptions.people.listing import invited_by
from subscriptions.views.employing import SECTION, for_employer


@for_employer
@require_http_methods(GET_OR_POST)
def by_address(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """Ask addresses and invite them; what could not be invited is told, to be corrected."""
    form, rows = InviteForm(entries(request), employer=employer), list[Judged]()

    def write() -> None:
        by, now = person_of(request), timezone.now()
        rows.extend(invite(employer=employer, wanted=form.wanted, by=by, now=now))

    if is_saved(request, form, write):
        tell_invited(request, rows)
        if len(of_fate(rows, Fate.NEW)) == len(rows):
            return redirect("employer-people", employer.pk)
        form = InviteForm(left_to_correct(request, rows), employer=employer)
    context = {"section": SECTION, "employer": employer, "form": form, "rows": untaken(rows)}
    return answer(request, "subscriptions/employer/invite.html", context)


def left_to_correct(request: HttpRequest, rows: Sequence[Judged]) -> Any:
    """Return what was sent, but with the refused addresses alone."""
    left = request.POST.copy()
    refused = [one.wanted.entry.address for one in of_fate(rows, Fate.REFUSED)]
    left["addresses"] = "\n".join(refused)
    return left


def untaken(rows: Sequence[Judged]) -> list[Judged]:
    """Return the lines by which nobody was invited."""
    return [one for one in rows if one.fate is not Fate.NEW]


def tell_invited(request: HttpRequest, rows: Sequence[Judged]) -> None:
    """Say how many were invited."""
    count = len(of_fate(rows, Fate.NEW))
    if not count:
        messages.info(request, _("Nobody new was invited."))
        return
    words = ngettext("%(count)s person is invited.", "%(count)s people are invited.", count)
    messages.success(request, words % {"count": count})


@for_employer
@require_http_methods(GET_OR_POST)
def by_list(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """Ask a list, show what would become of each line, and invite all when that is pressed."""
    form = ListForm(entries(request), request.FILES or None)
    if not is_sent(request) or not form.is_valid():
        return list_page(request, employer, form)
    if request.POST.get("action") not in ("invite", "others"):
        return list_page(request, employer, form, status=200)
    try:
        rows = invited_by_list(request, employer, form)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return list_page(request, employer, form)
    tell_invited(request, rows)
    return redirect("employer-people", employer.pk)


def invited_by_list(request: HttpRequest, employer: Organisation, form: ListForm) -> list[Judged]:
    """Invite the people of a list that was looked through. Raises a Refusal."""
    choices = form.choices(only_good=request.POST.get("action") == "others")
    by, now = person_of(request), timezone.now()
    return invite_list(employer=employer, sheet=form.sheet, choices=choices, by=by, now=now)


def list_page(
    request: HttpRequest, employer: Organisation, form: ListForm, status: int = CONFLICT
) -> HttpResponse:
    """Show the form of a list, with what would become of its lines where it can be read."""
    context: dict[str, Any] = {"section": SECTION, "employer": employer, "form": form}
    if is_sent(request) and form.is_valid():
        by, now = person_of(request), timezone.now()
        choices, sheet = form.choices(only_good=False), form.sheet
        context |= {
            "rows": look_through(employer=employer, sheet=sheet, choices=choices, by=by, now=now),
            "unknown": sheet.unknown,
            "missing": [] if choices.makes_missing else missing_of(employer, sheet),
            "form": form.as_read(),
        }
    template = "subscriptions/employer/list.html"
    return render(request, template, context, status=status if is_sent(request) else 200)


Step = Callable[..., object]


@for_employer
@require_http_methods(GET_OR_POST)
def again(request: HttpRequest, employer: Organisation, pk: int) -> HttpResponse:
    """Ask whether an invitation is to be sent once more, and send it."""
    return taken(request, invitation_of(employer, pk), "again", send_again)


@for_employer
@require_http_methods(GET_OR_POST)
def withdrawn(request: HttpRequest, employer: Organisation, pk: int) -> HttpResponse:
    """Ask whether an invitation is to be withdrawn, and withdraw it."""
    return taken(request, invitation_of(employer, pk), "withdraw", withdraw)


def taken(request: HttpRequest, found: Invitation, template: str, act: Step) -> HttpResponse:
    """Ask whether to take a step with an invitation, and take it."""
    form = ConfirmForm(entries(request))

    def write() -> None:
        act(invitation=found, by=person_of(request), now=timezone.now())

    if is_saved(request, form, write):
        words = {"again": _("The invitation is sent again."), "withdraw": _("It is withdrawn.")}
        messages.success(request, words[template])
        return redirect("employer-people", found.organisation_id)
    context = {"section": SECTION, "employer": found.organisation, "invitation": found}
    page = f"subscriptions/employer/{template}.html"
    return answer(request, page, context | {"form": form})


def invitation_of(employer: Organisation, pk: int) -> Invitation:
    """Return an invitation of an employer that was not answered. Raises Http404."""
    rows = invited_by(employer).filter(is_declined=False).select_related("organisation")
    return get_object_or_404(rows, pk=pk)
