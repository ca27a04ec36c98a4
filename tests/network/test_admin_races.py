"""Two of the team write at once: who comes second is told at the field, not by a fault."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from network.models import Organisation
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db
SIRET = "73282932000074"


@pytest.fixture
def checked_too_early(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the first checks of organisations not see the others', as before these were written."""

    def blind(times: int) -> None:
        seen, check = [], Organisation.validate_constraints

        def validate(row: Organisation, *args: Any, **kwargs: Any) -> None:
            seen.append(row)
            if len(seen) > times:
                check(row, *args, **kwargs)

        monkeypatch.setattr(Organisation, "validate_constraints", validate)

    return blind


def add(team: Client) -> Any:
    filled = {"name": "La Fabrique", "capacity_kinds": "operator", "siret": SIRET}
    none = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    return team.post(reverse("admin:network_organisation_add"), filled | none)


def test_a_siret_taken_between_check_and_save_is_told_on_the_form_as_it_was_typed(
    team: Client, checked_too_early: Callable[[int], None]
) -> None:
    make_organisation("Other", siret=SIRET)
    checked_too_early(1)

    answer = add(team)

    form = answer.context["adminform"].form
    assert answer.status_code == 200
    assert [len(words) for words in form.errors.values()] == [1]
    assert (form["name"].value(), form["siret"].value()) == ("La Fabrique", SIRET)
    assert list(Organisation.objects.values_list("name", flat=True)) == ["Other"]


def test_what_no_check_tells_stays_a_fault(
    team: Client, checked_too_early: Callable[[int], None]
) -> None:
    make_organisation("Other", siret=SIRET)
    checked_too_early(2)

    with pytest.raises(IntegrityError):
        add(team)


def test_another_refusal_of_the_database_stays_a_fault(
    team: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def save(organisation: Organisation, **kwargs: Any) -> None:
        asked.append(organisation)
        raise IntegrityError("NOT NULL constraint failed")

    monkeypatch.setattr(Organisation, "save", save)

    with pytest.raises(IntegrityError):
        add(team)
    assert len(asked) == 1
