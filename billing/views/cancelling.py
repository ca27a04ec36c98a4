"""What cancelling costs: at the sites that somebody runs, and in the network."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.cancelling.setting import (
    SET_ANY,
    set_network_policy,
    set_site_policy,
    withdraw_site_policy,
)
from billing.cancelling.showing import OfKind, of_network, of_site
from billing.forms.cancelling import NetworkTermsForm, TermsForm
from billing.views.local_prices import run_site
from billing.views.saving import GET_OR_POST, answer, is_saved
from network.models import User
from network.views.person import person_of
from network.views.typed import UP, entries, sign_in_first


def among(rows: list[OfKind], kind: str) -> OfKind:
    """Return the rule of the kind that an address names. Raises Http404."""
    found = next((one for one in rows if one.kind == kind), None)
    if found is None:
        raise Http404
    return found


@never_cache
@sign_in_first
@require_safe
def site(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what cancelling costs at a site, beside the network's rule and its bounds."""
    found = run_site(request, slug)
    context = {"section": "local-prices", "site": found, "rules": of_site(found)}
    return render(request, "billing/site_cancelling.html", context)


@never_cache
@sign_in_first
@require_http_methods(GET_OR_POST)
def set_of_site(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Ask on which terms a site cancels a kind of space, and set them within the bounds."""
    found = run_site(request, slug)
    rule = among(of_site(found), kind)
    form = TermsForm(entries(request), initial=rule.terms._asdict())

    def write() -> None:
        by, now = person_of(request), timezone.now()
        set_site_policy(site=found, kind=rule.kind, terms=form.terms, by=by, now=now)

    if is_saved(request, form, write):
        messages.success(request, _("The rule is set. What is booked keeps the one it had."))
        return redirect("site-cancelling", slug)
    context = {"section": "local-prices", "site": found, "rule": rule, "form": form}
    return answer(request, "billing/site_cancelling_set.html", context)


@never_cache
@partial(sign_in_first, back=UP)
@require_POST
def withdraw(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Have a site cancel a kind of space on the network's terms again."""
    found = run_site(request, slug)
    rule = among(of_site(found), kind)
    withdraw_site_policy(site=found, kind=rule.kind, by=person_of(request))
    messages.success(request, _("The site goes back to the network’s rule."))
    return redirect("site-cancelling", slug)


def rules_of_network(by: User) -> list[OfKind]:
    """Return the network's rules for who sets them. Raises PermissionDenied."""
    if not by.has_perm(SET_ANY):
        raise PermissionDenied
    return of_network()


@never_cache
@sign_in_first
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Show what cancelling costs where a site says nothing, and how strict sites may be."""
    context = {"section": "grids", "rules": rules_of_network(person_of(request))}
    return render(request, "billing/cancelling.html", context)


@never_cache
@sign_in_first
@require_http_methods(GET_OR_POST)
def set_of_network(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for the network's rule of a kind of space and for the bounds of sites, and set them."""
    by = person_of(request)
    rule = among(rules_of_network(by), kind)
    form = NetworkTermsForm(entries(request), initial=vars(rule.network))

    def write() -> None:
        told: dict[str, Any] = {"terms": form.terms, "bounds": form.bounds}
        set_network_policy(kind=rule.kind, **told, by=by, now=timezone.now())

    if is_saved(request, form, write):
        messages.success(request, _("The rule is set. What is booked keeps the one it had."))
        return redirect("cancelling")
    context = {"section": "grids", "rule": rule, "form": form}
    return answer(request, "billing/cancelling_set.html", context)
