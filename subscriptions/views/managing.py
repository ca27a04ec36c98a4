"""Plans as the network team writes them: begun, changed by a next version, withdrawn."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.forms.drafts import ConfirmForm
from billing.views.adopters import checked_by
from billing.views.saving import GET_OR_POST, answer, is_saved
from network.models import User
from network.views.person import person_of
from network.views.typed import View, entries
from subscriptions.forms.plans import BeginForm, PublishForm, TermsForm, WithdrawForm
from subscriptions.models import Plan, PlanVersion
from subscriptions.plans.drafting import begin_plan, discard_draft, write_draft
from subscriptions.plans.publishing import offer_again, publish, withdraw
from subscriptions.plans.showing import last_version, offered
from subscriptions.plans.terms import Terms
from subscriptions.rights import refuse_unless_planner

SECTION = "manage-plans"


def for_planners(view: View) -> View:
    """Let in who may write plans; others sign in first. Raises PermissionDenied."""
    return checked_by(refuse_unless_planner, view)


def plan_page(
    request: HttpRequest, template: str, plan: Plan, form: BaseForm, **more: Any
) -> HttpResponse:
    """Show the form of a step of a plan."""
    context = {
        "section": SECTION,
        "plan": plan,
        "version": last_version(plan),
        "form": form,
        **more,
    }
    return answer(request, f"subscriptions/{template}.html", context)


@for_planners
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """List every plan with how it stands."""
    today, rows = timezone.localdate(), list(Plan.objects.order_by("code"))
    context = {
        "section": SECTION,
        "plans": [(one, one.shown or last_version(one.plan)) for one in offered(rows, today)],
        "today": today,
    }
    return render(request, "subscriptions/manage_plans.html", context)


@for_planners
@require_http_methods(GET_OR_POST)
def begin(request: HttpRequest) -> HttpResponse:
    """Make a plan, its first terms a draft."""
    form, made = BeginForm(entries(request)), list[Plan]()

    def write() -> None:
        made.append(begin_plan(identity=form.identity, terms=form.terms, by=person_of(request)))

    if is_saved(request, form, write):
        messages.success(request, _("The draft of the plan is saved."))
        return redirect("manage-plan", made[0].code)
    context = {"section": SECTION, "form": form}
    return answer(request, "subscriptions/plan_begin.html", context)


@for_planners
@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Show a plan: its versions, its draft, what can be done next."""
    found = get_object_or_404(Plan.objects.select_related("seller"), code=code)
    rows = found.versions.select_related("plan").prefetch_related("costs")
    (told,) = offered([found], timezone.localdate())
    versions = list(rows.published().order_by("-in_force_from"))
    draft = rows.filter(published_at=None).first()
    context = {
        "section": SECTION,
        "plan": found,
        "version": draft or versions[0],
        "told": told,
        "versions": versions,
        "draft": draft,
        "today": timezone.localdate(),
    }
    return render(request, "subscriptions/manage_plan.html", context)


@for_planners
@require_http_methods(GET_OR_POST)
def terms(request: HttpRequest, code: str) -> HttpResponse:
    """Write the next version of a plan: from its draft, else from its last version."""
    found = get_object_or_404(Plan, code=code)
    form = TermsForm(entries(request), before=Terms.of(last_version(found)))

    def write() -> PlanVersion:
        return write_draft(plan=found, terms=form.terms, by=person_of(request))

    if is_saved(request, form, write):
        messages.success(request, _("The draft of the plan is saved."))
        return redirect("manage-plan", code)
    return plan_page(request, "plan_terms", found, form)


class Step(NamedTuple):
    """What a page asks of a plan, what is done then, and what is said of it."""

    template: str
    form: type[Form]
    act: Callable[[Plan, User, dict[str, Any]], object]
    done: str


def taken(request: HttpRequest, code: str, step: Step, *, back: str = "") -> HttpResponse:
    """Ask what a step asks, and take it; then go back to the plan, or to a page by its name."""
    found, form = get_object_or_404(Plan, code=code), step.form(entries(request))
    if is_saved(request, form, lambda: step.act(found, person_of(request), form.cleaned_data)):
        messages.success(request, step.done)
        return redirect(back) if back else redirect("manage-plan", code)
    return plan_page(request, step.template, found, form)


@for_planners
@require_http_methods(GET_OR_POST)
def put_in_force(request: HttpRequest, code: str) -> HttpResponse:
    """Ask from when on the draft is to hold, and put it in force."""

    def act(plan: Plan, by: User, told: dict[str, Any]) -> PlanVersion:
        return publish(plan=plan, by=by, now=timezone.now(), **told)

    done = _("The version is put in force from its first day on.")
    return taken(request, code, Step("plan_publish", PublishForm, act, done))


@for_planners
@require_http_methods(GET_OR_POST)
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Ask from when on nobody can subscribe to a plan, and withdraw it."""

    def act(plan: Plan, by: User, told: dict[str, Any]) -> Plan:
        return withdraw(plan=plan, by=by, now=timezone.now(), **told)

    done = _("The plan is withdrawn. Its subscriptions go on.")
    return taken(request, code, Step("plan_withdraw", WithdrawForm, act, done))


@for_planners
@require_http_methods(GET_OR_POST)
def again(request: HttpRequest, code: str) -> HttpResponse:
    """Ask whether a plan is to be offered again, and offer it."""

    def act(plan: Plan, by: User, _told: dict[str, Any]) -> Plan:
        return offer_again(plan=plan, by=by)

    done = _("The plan is on offer again.")
    return taken(request, code, Step("plan_again", ConfirmForm, act, done))


@for_planners
@require_http_methods(GET_OR_POST)
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Ask whether the draft of a plan is to be deleted, and delete it."""

    def act(plan: Plan, by: User, _told: dict[str, Any]) -> None:
        discard_draft(plan=plan, by=by)

    step = Step("plan_discard", ConfirmForm, act, _("The draft is deleted."))
    return taken(request, code, step, back="manage-plans")
