"""PostgreSQL keeps the plans of what is kept, through refusals, and of nothing else."""

from datetime import time

import pytest
from django.db import connection, models, transaction
from django.db.models import BigIntegerField, QuerySet

from network.sql import Given, kept
from sites.models import OpeningHours

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the other engine keeps no plans"),
]


@kept
def clocks() -> QuerySet[OpeningHours, tuple[time, int]]:
    at_site = models.Q(site=Given("site", BigIntegerField()))
    return (
        OpeningHours.objects.filter(at_site).order_by("weekday").values_list("opens_at", "weekday")
    )


def prepared() -> dict[str, tuple[bool, int]]:
    """Return what this connection keeps of hours: whether by one plan, and how often run."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement, generic_plans > 0, generic_plans + custom_plans"
            " FROM pg_prepared_statements WHERE statement LIKE '%sites_openinghours%'"
        )
        return {statement: (is_one, often) for statement, is_one, often in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_what_is_prepared_outlives_a_refusal() -> None:
    kept_one = clocks().sql.replace("%s", "$1")
    clocks().read(site=1)
    _is_one, before = prepared()[kept_one]

    with transaction.atomic():
        clocks().read(site=2)
        transaction.set_rollback(True)
    clocks().read(site=3)

    assert prepared()[kept_one] == (True, before + 2)


def test_postgresql_keeps_the_plans_of_what_is_kept_and_of_nothing_else() -> None:
    clocks().read(site=0)
    before = prepared()

    for number in range(12):
        clocks().read(site=number)
        list(OpeningHours.objects.filter(site=number))

    kept_one = clocks().sql.replace("%s", "$1")
    assert prepared() == before | {kept_one: (True, before[kept_one][1] + 12)}
