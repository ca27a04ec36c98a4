"""Pages of what waits for approval: an employer's, and what waits for oneself."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from billing.views.saving import GET_OR_POST, answer, is_saved
from network.models import Organisation
from network.views.person import person_of
from network.views.typed import View, entries, sign_in_first
from subscriptions.approvals.answering import answer as answer_approval
from subscriptions.approvals.answering import closed_words
from subscriptions.approvals.rights import approvals_answerable_by, approvals_visible_to
from subscriptions.forms.approvals import AnswerForm
from subscriptions.models import Approval
from subscriptions.models.approvals import ApprovalQuerySet
from subscriptions.views.employing import SECTION, for_employer

#: What is over, on a page.
MOST_ROWS = 30


def for_approvers(view: View) -> View:
    """Let in who is signed in: what somebody may not read does not exist for them."""
    return never_cache(sign_in_first(view))


@for_employer
@require_safe
def of_employer(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """List what waits at an employer, and what was answered."""
    rows = Approval.objects.filter(organisation=employer)
    return list_page(request, rows, employer)


@for_approvers
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List what waits for the person, and what of it was answered."""
    rows = approvals_answerable_by(person_of(request), timezone.localdate())
    return list_page(request, rows)


def list_page(
    request: HttpRequest, rows: ApprovalQuerySet, employer: Organisation | None = None
) -> HttpResponse:
    """Show what waits of some requests, the most urgent first, then the others, the last first."""
    now = timezone.now()
    over = rows.told().over(now).order_by("-asked_at", "-pk")
    context = {
        "section": SECTION,
        "employer": employer,
        "waiting": rows.told().waiting(now).order_by("expires_at", "pk"),
        "page": Paginator(over, MOST_ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "subscriptions/approvals/approvals.html", context)


@for_approvers
@require_http_methods(GET_OR_POST)
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is asked, and take the answer of who may give it."""
    by, now = person_of(request), timezone.now()
    rows = approvals_visible_to(by, timezone.localdate(now))
    found = get_object_or_404(rows.told(), pk=pk)
    form = AnswerForm(entries(request))

    def write() -> None:
        words = form.cleaned_data["words"]
        answer_approval(approval=found, is_granted=form.is_granted, words=words, by=by, now=now)

    if is_saved(request, form, write):
        messages.success(request, _("Answered. The person is told by e-mail."))
        return redirect("approvals")
    context = {
        "section": SECTION,
        "approval": found,
        "form": form,
        "why_not": why_not(found, found.person == by),
    }
    return answer(request, "subscriptions/approvals/approval.html", context)


def why_not(approval: Approval, is_own: bool) -> str:
    """Return why somebody cannot answer; nothing if they can."""
    if approval.answered_at is not None:
        return closed_words(approval)
    if approval.expires_at <= timezone.now():
        return _("It is too late: the place was kept no longer.")
    return _("You asked for it: somebody else answers.") if is_own else ""
