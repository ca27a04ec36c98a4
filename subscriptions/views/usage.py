"""What an employer reads of a month: days and cost on its account, never hours."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing.statements.months import Month
from network.models import Organisation
from subscriptions.usage.asking import FIRST, month_named
from subscriptions.usage.indicators import sizes_of_teams, telework_of
from subscriptions.usage.naming import rows_by
from subscriptions.usage.seats import seats_in
from subscriptions.usage.totals import By, usage_of
from subscriptions.views.employing import SECTION, for_employer

PEOPLE_A_PAGE = 50


@for_employer
@require_safe
def usage(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """Show what was used in a month, by team, site, cost centre and person."""
    today = timezone.localdate()
    month = asked_month(request.GET.get("month", ""), today)
    found = usage_of(employer, month)
    people = Paginator(rows_by(found, By.PERSON), PEOPLE_A_PAGE)
    context = {
        "section": SECTION,
        "employer": employer,
        "usage": found,
        "telework": telework_of(employer, found),
        "seats": seats_in(employer, month, today),
        "sizes": sizes_of_teams(employer, min(today, month.last)),
        "teams": rows_by(found, By.TEAM),
        "sites": rows_by(found, By.SITE),
        "cost_centres": rows_by(found, By.COST_CENTRE),
        "page": people.get_page(request.GET.get("page")),
        **months_beside(month, today),
    }
    return render(request, "subscriptions/usage/usage.html", context)


def asked_month(text: str, today: date) -> Month:
    """Return the month that is asked for. Raises Http404."""
    try:
        return month_named(text, today)
    except ValueError as error:
        raise Http404 from error


def months_beside(month: Month, today: date) -> dict[str, Month | None]:
    """Return the month before and the one after, where there is one to read."""
    after = month.following if month.following <= Month.of(today) else None
    return {"month_before": month.before if month > FIRST else None, "month_after": after}
