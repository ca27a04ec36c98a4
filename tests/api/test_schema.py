"""Every operation, sent what its schema allows and what it forbids, keeps to its document."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from bookings.errors import EndsBeforeStart, InThePast, TooFarAhead, TooLong
from config.wsgi import application
from tests.api.calls import make_token
from tests.factories import make_site, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]
Operation = APIOperation[Any, Any, Any, Any]
#: schemathesis asks for compressed answers, and reads none.
PLAIN = {"Accept-Encoding": "identity"}
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
RULES = {
    EndsBeforeStart.code,
    InThePast.code,
    TooFarAhead.code,
    TooLong.code,
    "out_of_calendar",
}
BOUNDED = settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Keep the test's transaction open: the real handler closes connections after each request."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def attempts(operation: Operation, mode: GenerationMode, headers: dict[str, str]) -> None:
    """Send what schemathesis makes up, and have it judge every answer.

    Schema-valid requests that a rule refuses are judged here: no schema can say that an end comes
    after a start, or which cursors were made.
    """

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def attempt(case: Case[Any]) -> None:
        case.query.pop("cursor", None)
        response = case.call_and_validate(
            headers=headers, excluded_checks=[positive_data_acceptance]
        )
        if mode is GenerationMode.POSITIVE and response.status_code in (400, 415, 422):
            assert is_refused_by_a_rule(response.json()), response.text

    attempt()


def is_refused_by_a_rule(problem: dict[str, Any]) -> bool:
    reasons = {error["code"] for error in problem.get("errors", [])} or {problem["code"]}
    return reasons <= RULES


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_a_program_with_a_token_meets_only_documented_answers(
    operation: Operation, mode: GenerationMode
) -> None:
    make_space(make_site(slug="telecentre-de-ville"), units=8, id=12)
    token = make_token(make_user(), "read", "book")

    attempts(operation, mode, PLAIN | {"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_a_stranger_meets_only_documented_answers(operation: Operation) -> None:
    attempts(operation, GenerationMode.POSITIVE, PLAIN)
