"""The teams of an employer as its pages show them. Reads only."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from network.models import Organisation
from subscriptions.models import Employee, Team


def teams_of(employer: Organisation, day: date) -> QuerySet[Team]:
    """Return an employer's teams with the `people` that each has on a day; three queries."""
    there = Q(employees__since__lte=day)
    there &= Q(employees__until=None) | Q(employees__until__gte=day)
    rows = Team.objects.filter(organisation=employer).annotate(
        people=Count("employees", filter=there)
    )
    told = rows.select_related("organisation", "approver")
    return told.prefetch_related("sites", "territories").order_by("name", "pk")


def people_in(team: Team, day: date) -> QuerySet[Employee]:
    """Return who is in a team on a day, by name."""
    rows = Employee.objects.filter(team=team, person__isnull=False).on(day)
    return rows.select_related("person").order_by("person__name", "pk")
