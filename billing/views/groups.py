"""Customer groups of people, for who runs sites and the network team."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.forms.groups import GrantForm
from billing.grids.rights import bodies_of
from billing.groups.granting import GRANT_ANY, end_group, grant_group, groups_visible_to
from billing.views.adopters import checked_by, section_of
from billing.views.saving import GET_OR_POST, answer, is_saved
from network.models import User
from network.views.person import person_of
from network.views.typed import View, entries

#: People on a page.
MOST_ROWS = 50


def for_granters(view: View) -> View:
    """Let in who may say of somebody a group; others sign in first. Raises PermissionDenied."""
    return checked_by(refuse_unless_granter, view)


def refuse_unless_granter(by: User) -> None:
    """Raise PermissionDenied unless `by` may say of somebody a group."""
    if not bodies_of(by, GRANT_ANY):
        raise PermissionDenied


@for_granters
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """List who belongs to which group until when, of whom one's operators said it."""
    by, now = person_of(request), timezone.now()
    rows = groups_visible_to(by).at(now, timezone.localdate(now))
    ordered = rows.select_related("person", "operator").order_by(
        "person__name", "person", "group", "pk"
    )
    page = Paginator(ordered, MOST_ROWS).get_page(request.GET.get("page"))
    return render(request, "billing/groups.html", {"section": section_of(by), "page": page})


@for_granters
@require_http_methods(GET_OR_POST)
def grant(request: HttpRequest) -> HttpResponse:
    """Ask of whom which group is said, until when, and say it."""
    by = person_of(request)
    form = GrantForm(entries(request), bodies=bodies_of(by, GRANT_ANY), by=by)
    if is_saved(request, form, lambda: grant_group(grant=form.grant, by=by, now=timezone.now())):
        messages.success(request, _("The group is given. It counts for bookings from now on."))
        return redirect("groups")
    return answer(request, "billing/group_grant.html", {"section": section_of(by), "form": form})


@for_granters
@require_http_methods(GET_OR_POST)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether somebody is to belong to a group no longer, and end it."""
    by, now = person_of(request), timezone.now()
    rows = groups_visible_to(by).at(now, timezone.localdate(now))
    found = get_object_or_404(rows.select_related("person"), pk=pk)
    if request.method == "POST":
        end_group(membership=found, by=by, now=now)
        messages.success(request, _("The group is ended."))
        return redirect("groups")
    context = {"section": section_of(by), "membership": found}
    return render(request, "billing/group_end.html", context)
