"""Pages of an employer's teams: the groups of its people, and what each may book."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.forms.drafts import ConfirmForm
from billing.views.saving import GET_OR_POST, answer, is_saved
from network.models import Organisation
from network.views.person import person_of
from network.views.typed import entries
from subscriptions.forms.places import offered_sites, offered_territories
from subscriptions.forms.teams import TeamForm
from subscriptions.models import Team
from subscriptions.teams.showing import people_in, teams_of
from subscriptions.teams.writing import change_team, delete_team, make_team
from subscriptions.views.employing import SECTION, for_employer

#: People of a team on a page.
MOST_ROWS = 50


@for_employer
@require_safe
def teams(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """List the teams with their rules."""
    rows = teams_of(employer, timezone.localdate())
    context = {"section": SECTION, "employer": employer, "teams": rows}
    return render(request, "subscriptions/teams/teams.html", context)


@for_employer
@require_safe
def team(request: HttpRequest, employer: Organisation, team: int) -> HttpResponse:
    """Show a team: its rules in words, its people."""
    today = timezone.localdate()
    found = get_object_or_404(teams_of(employer, today), pk=team)
    page = Paginator(people_in(found, today), MOST_ROWS).get_page(request.GET.get("page"))
    context = {"section": SECTION, "employer": employer, "team": found, "page": page}
    return render(request, "subscriptions/teams/team.html", context)


@for_employer
@require_http_methods(GET_OR_POST)
def begin(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """Ask for the name and rules of a team, and make it."""
    form, made = (
        TeamForm(entries(request), employer=employer, today=timezone.localdate()),
        list[Team](),
    )

    def write() -> None:
        by, now = person_of(request), timezone.now()
        made.append(make_team(employer=employer, terms=form.terms, by=by, now=now))

    if is_saved(request, form, write):
        messages.success(request, _("The team is made."))
        return redirect("employer-team", employer.pk, made[0].pk)
    return form_page(request, employer, form)


@for_employer
@require_http_methods(GET_OR_POST)
def change(request: HttpRequest, employer: Organisation, team: int) -> HttpResponse:
    """Ask for other rules of a team, and write them."""
    found = get_object_or_404(
        Team.objects.filter(organisation=employer).select_related("organisation"), pk=team
    )
    form = TeamForm(entries(request), employer=employer, today=timezone.localdate(), team=found)

    def write() -> Team:
        return change_team(team=found, terms=form.terms, by=person_of(request), now=timezone.now())

    if is_saved(request, form, write):
        messages.success(request, _("The rules are saved. They hold for bookings from now on."))
        return redirect("employer-team", employer.pk, team)
    return form_page(request, employer, form, found)


@for_employer
@require_http_methods(GET_OR_POST)
def delete(request: HttpRequest, employer: Organisation, team: int) -> HttpResponse:
    """Ask whether a team is to be deleted, and delete it."""
    found = get_object_or_404(
        Team.objects.filter(organisation=employer).select_related("organisation"), pk=team
    )
    form = ConfirmForm(entries(request))
    if is_saved(request, form, lambda: delete_team(team=found, by=person_of(request))):
        messages.success(request, _("The team is deleted. Its people stay, without a team."))
        return redirect("employer-teams", employer.pk)
    context = {"section": SECTION, "employer": employer, "team": found, "form": form}
    return answer(request, "subscriptions/teams/delete.html", context)


def form_page(
    request: HttpRequest, employer: Organisation, form: TeamForm, team: Team | None = None
) -> HttpResponse:
    """Show the form of a team, with the names that its rows offer."""
    context = {
        "section": SECTION,
        "title": _("Rules of a team") if team else _("New team"),
        "employer": employer,
        "team": team,
        "form": form,
        "sites": offered_sites(),
        "territories": offered_territories(),
    }
    return answer(request, "subscriptions/teams/form.html", context)
