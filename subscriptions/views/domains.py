"""Pages of an employer's own domains, and of who joins by one."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.forms.drafts import ConfirmForm
from billing.views.saving import GET_OR_POST, answer, is_saved
from network.errors import Refusal
from network.models import Organisation
from network.views.person import person_of
from network.views.typed import UP, entries, sign_in_first
from subscriptions.domains.checking import look_up
from subscriptions.domains.joining import employers_joinable, join_by_domain
from subscriptions.domains.writing import add_domain, delete_domain
from subscriptions.forms.domains import DomainForm
from subscriptions.models import Domain
from subscriptions.views.employing import SECTION, for_employer


@for_employer
@require_http_methods(GET_OR_POST)
def domains(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """List the domains with what to publish and how each stands, and take another one."""
    form = DomainForm(entries(request))

    def write() -> Domain:
        text, by, now = form.cleaned_data["name"], person_of(request), timezone.now()
        return add_domain(employer=employer, text=text, by=by, now=now)

    if is_saved(request, form, write):
        messages.success(request, _("The domain is noted: publish its text now."))
        return redirect("employer-domains", employer.pk)
    rows = Domain.objects.filter(organisation=employer).order_by("name")
    context = {"section": SECTION, "employer": employer, "form": form, "domains": rows}
    return answer(request, "subscriptions/domains/domains.html", context)


def look(request: HttpRequest, employer: Organisation, pk: int) -> HttpResponse:
    """Look a domain up now, and say what was found."""
    found = get_object_or_404(
        Domain.objects.filter(organisation=employer).select_related("organisation"), pk=pk
    )

    def act() -> None:
        row = look_up(domain=found, by=person_of(request), now=timezone.now())
        tell_found(request, row)

    said(request, act)
    return redirect("employer-domains", employer.pk)


check = for_employer(require_POST(look), back=UP)


def tell_found(request: HttpRequest, row: Domain) -> None:
    """Say whether the proof of a domain was found."""
    told = {"name": row.name}
    if row.verified_at and row.lost_at is None and row.missing_since is None:
        words = _("Found: %(name)s is yours. Who has an address there can join you.")
        messages.success(request, words % told)
    else:
        words = _("The text is not there yet. The DNS may take some hours to show it.")
        messages.warning(request, words)


@for_employer
@require_http_methods(GET_OR_POST)
def delete(request: HttpRequest, employer: Organisation, pk: int) -> HttpResponse:
    """Ask whether a domain is to be deleted, and delete it."""
    found = get_object_or_404(
        Domain.objects.filter(organisation=employer).select_related("organisation"), pk=pk
    )
    form = ConfirmForm(entries(request))
    if is_saved(request, form, lambda: delete_domain(domain=found, by=person_of(request))):
        messages.success(request, _("The domain is deleted. Who has joined by it stays."))
        return redirect("employer-domains", employer.pk)
    context = {"section": SECTION, "employer": employer, "domain": found, "form": form}
    return answer(request, "subscriptions/domains/delete.html", context)


@never_cache
@sign_in_first
@require_safe
def joinable(request: HttpRequest) -> HttpResponse:
    """List the employers that one may join by an address of one's own."""
    employers = employers_joinable(person_of(request))
    context = {"section": SECTION, "employers": employers}
    return render(request, "subscriptions/domains/join.html", context)


def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Join one of these employers; any other does not exist here."""
    person = person_of(request)
    found = next((one for one in employers_joinable(person) if one.pk == pk), None)
    if found is None:
        raise Http404

    def act() -> None:
        join_by_domain(employer=found, by=person, now=timezone.now())
        words = _("You are there: you can book on the account of %(employer)s.")
        messages.success(request, words % {"employer": found.name})

    said(request, act)
    return redirect("employers-join")


take = never_cache(sign_in_first(require_POST(join), back="employers-join"))


def said(request: HttpRequest, act: Callable[[], None]) -> None:
    """Do something, or say why it is refused."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
