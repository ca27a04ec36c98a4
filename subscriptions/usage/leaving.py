"""All that an employer takes along: its people, teams, seats, bookings and costs, as tables."""

import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO, TextIOWrapper
from typing import NamedTuple

from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from billing.exports import amount, write_csv
from billing.models import Charge
from billing.statements.months import Month
from network.models import Organisation, User
from subscriptions.models import Employee, OnAccount, Seat, Team
from subscriptions.usage.files import csv_row
from subscriptions.usage.tables import heads, lines_of

#: What is booked without a price is told of so many days ahead, if nothing else tells of more.
AHEAD = timedelta(days=90)
Row = list[object]


class Table(NamedTuple):
    """A table: the name of its file, its columns, its rows."""

    name: str
    columns: list[str]
    rows: Iterator[Row]


def everything(employer: Organisation, today: date) -> bytes:
    """Return a file of all tables of an employer."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for table in tables_of(employer, today):
            opened = file.open(f"{table.name}.csv", "w", force_zip64=True)
            with TextIOWrapper(opened, encoding="utf-8", newline="") as text:
                write_csv(text, table.columns, table.rows)
    return packed.getvalue()


def tables_of(employer: Organisation, today: date) -> Iterator[Table]:
    """Yield the tables, each read as it is written."""
    yield people(employer)
    yield teams(employer)
    yield seats(employer)
    yield bookings(employer)
    yield usage(employer, today)
    yield subscriptions(employer)


def people(employer: Organisation) -> Table:
    """Return who has ever been there."""
    related = ("person", "team", "cost_centre")
    rows = (
        Employee.objects.filter(organisation=employer)
        .select_related(*related)
        .order_by("since", "pk")
    )
    columns = [
        *(_("Person"), _("E-mail"), _("Team"), _("Cost centre")),
        *(_("First day"), _("Last day")),
    ]
    name = pgettext("name of a file", "people")
    return Table(name, columns, (
        [
            who(one.person),
            one.person.email if one.person else "",
            one.team or "",
            one.cost_centre or "",
            one.since,
            one.until or "",
        ]
        for one in rows.iterator()
    ))  # fmt: skip


def teams(employer: Organisation) -> Table:
    """Return the teams with their rules."""
    columns = [
        *(_("Team"), _("Days a week at most"), _("Monthly budget of a person")),
        *(_("Approved above"), _("Approved by"), _("Sites"), _("Territories")),
    ]
    rows = (
        Team.objects.filter(organisation=employer)
        .select_related("approver")
        .prefetch_related("sites", "territories")
    )
    return Table(pgettext("name of a file", "teams"), columns, map(team_row, rows))


def team_row(one: Team) -> Row:
    """Return a team with its rules; what is not bounded is empty."""
    return [
        one.name,
        one.days_a_week or "",
        euros(one.monthly_budget_cents),
        euros(one.approval_above_cents),
        who(one.approver) if one.approver else "",
        ", ".join(site.name for site in one.sites.all()),
        ", ".join(territory.name for territory in one.territories.all()),
    ]


def seats(employer: Organisation) -> Table:
    """Return who has had which seat."""
    rows = Seat.objects.filter(subscription__organisation=employer).order_by("since", "pk")
    told = rows.select_related("subscription__version__plan", "person")
    columns = [_("Subscription"), _("Seat"), _("Person"), _("First day"), _("Last day")]
    name = pgettext("name of a file", "seats")
    return Table(name, columns, (
        [
            one.subscription.version.told_name,
            one.number,
            who(one.person),
            one.since,
            one.until or one.subscription.ends_on or "",
        ]
        for one in told.iterator()
    ))  # fmt: skip


def bookings(employer: Organisation) -> Table:
    """Return the bookings that were made on the account, cancelled ones too."""
    rows = OnAccount.objects.filter(organisation=employer).order_by("pk")
    told = rows.select_related("person", "team", "cost_centre")
    columns = [_("Reference"), _("Person"), _("Team"), _("Cost centre"), _("Booked on")]
    name = pgettext("name of a file", "bookings")
    return Table(name, columns, (
        [
            one.subject,
            who(one.person),
            one.team or "",
            one.cost_centre or "",
            timezone.localdate(one.made_at),
        ]
        for one in told.iterator()
    ))  # fmt: skip


def usage(employer: Organisation, today: date) -> Table:
    """Return the days and costs of all months, a line each."""
    name = pgettext("name of a file", "usage")
    return Table(name, [_("Month"), *heads()], (
        [month, *csv_row(one)]
        for month in months_of(employer, today)
        for one in lines_of(employer, month)
    ))  # fmt: skip


def months_of(employer: Organisation, today: date) -> Iterator[Month]:
    """Yield the months from the first booking on account to the last day that is booked."""
    first = OnAccount.objects.filter(organisation=employer).aggregate(at=Min("made_at"))["at"]
    lines = Charge.objects.filter(on_account_of=employer)
    last = lines.aggregate(at=Max("starts_at"))["at"]
    ends = max(today + AHEAD, timezone.localdate(last)) if last else today + AHEAD
    month = Month.of(timezone.localdate(first)) if first else Month.of(today).following
    while first and month.first <= ends:
        yield month
        month = month.following


def subscriptions(employer: Organisation) -> Table:
    """Return what seats cost, a line of each charge."""
    lines = Charge.objects.filter(organisation=employer, kind=Charge.Kind.SUBSCRIPTION)
    name = pgettext("name of a file", "subscriptions")
    return Table(name, [_("Month"), _("What for"), _("Cost")], (
        [Month.of(timezone.localdate(one.starts_at)), one.words, amount(one.amount_cents)]
        for one in lines.order_by("pk").iterator()
    ))  # fmt: skip


def who(person: User | None) -> str:
    """Return a person's name, else their address; that nobody is left."""
    return (person.name or person.email) if person else _("Account closed")


def euros(cents: int | None) -> str:
    """Return an amount; nothing where nothing is bounded."""
    return "" if cents is None else amount(cents)
