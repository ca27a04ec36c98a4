"""Statements of a month: one's own, and those of organisations that one manages."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.statements.months import Month
from billing.statements.paper import paper
from billing.statements.parties import SIDES, Party, managed_by, managed_party, of_person
from billing.statements.reading import Statement, month_before, months_of, statement
from billing.statements.sheets import sheet
from billing.statements.tables import table
from network.views.person import person_of
from network.views.typed import sign_in_first

LINES_A_PAGE = 50


@never_cache
@sign_in_first
@require_safe
def own(request: HttpRequest, month: str) -> HttpResponse:
    """Show what the person owes of a month."""
    party = of_person(person_of(request))
    return page(request, party, month, lambda one: reverse("own-statement", args=[one]))


@never_cache
@sign_in_first
@require_safe
def own_file(request: HttpRequest, month: str, form: str) -> HttpResponse:
    """Give the same as a file."""
    return file(of_person(person_of(request)), month, form)


@never_cache
@sign_in_first
@require_safe
def managed(request: HttpRequest) -> HttpResponse:
    """List the statements of the organisations that the person manages. Raises Http404."""
    found = list(managed_by(person_of(request)))
    if not found:
        raise Http404
    lists = [
        (organisation, side, months)
        for organisation in found
        for side, party in SIDES.items()
        if (months := months_of(party(organisation)))
    ]
    context = {"section": "statements", "organisations": found, "lists": lists}
    return render(request, "billing/statements.html", context)


@never_cache
@sign_in_first
@require_safe
def organisation(request: HttpRequest, pk: int, side: str, month: str) -> HttpResponse:
    """Show what an organisation that the person manages owes, or earned, of a month."""
    party = managed_party(person_of(request), pk, side)
    return page(request, party, month, lambda one: reverse("statement", args=[pk, side, one]))


@never_cache
@sign_in_first
@require_safe
def organisation_file(
    request: HttpRequest, pk: int, side: str, month: str, form: str
) -> HttpResponse:
    """Give the same as a file."""
    return file(managed_party(person_of(request), pk, side), month, form)


def statement_of(party: Party, text: str) -> Statement:
    """Return a party's statement of a month of the past or this one. Raises Http404."""
    try:
        month = Month.parse(text)
    except ValueError as error:
        raise Http404 from error
    if month > Month.of(timezone.localdate()):
        raise Http404
    return statement(party, month)


def page(
    request: HttpRequest, party: Party, text: str, address: Callable[[object], str]
) -> HttpResponse:
    """Show a statement as a page; `address` tells that of each month."""
    found, here = statement_of(party, text), address(text)
    before = month_before(party, found.month) if found.before_cents else None
    lines = Paginator(found.lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "account",
        "page": lines,
        "sheet": sheet(found, list(lines)),
        "here": here,
        "month_before": before,
        "before_href": address(before) if before else "",
        "is_managed": here != reverse("own-statement", args=[text]),
    }
    return render(request, "billing/statement.html", context)


def file(party: Party, text: str, form: str) -> HttpResponse:
    """Return a statement as a PDF or a table. Raises Http404 for another form."""
    found = statement_of(party, text)
    if form not in FORMS:
        raise Http404
    name = pgettext("name of a file", "statement")
    return FORMS[form](found, f"{name}-{found.month}")


def paper_answer(found: Statement, name: str) -> HttpResponse:
    """Return a statement on paper."""
    answer = HttpResponse(paper(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


FORMS: dict[str, Callable[[Statement, str], HttpResponse]] = {"pdf": paper_answer, "csv": table}
