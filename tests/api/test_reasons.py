"""What is wrong in a request is said in the reader's language, whatever finds it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from api.reasons import OTHERWISE, REASONS, reason
from api.v1 import api
from tests.api.calls import program_of, wish
from tests.factories import make_space, make_user

#: What each piece of our schemas raises, and each limit that is set on it.
RAISED = {
    "int": {"int_type", "int_parsing", "int_from_float", "int_parsing_size"},
    "float": {"float_type", "float_parsing"},
    "str": {"string_type", "string_unicode"},
    "date": {
        *("date_type", "date_parsing"),
        *("date_from_datetime_parsing", "date_from_datetime_inexact"),
    },
    "list": {"list_type"},
    "enum": {"enum"},
    "literal": {"literal_error"},
    "model": {"model_type", "model_attributes_type"},
    "model-fields": {"model_attributes_type", "extra_forbidden"},
    "model-field": {"missing"},
}
LIMITS = {
    ("str", "min_length"): "string_too_short",
    ("str", "max_length"): "string_too_long",
    ("str", "pattern"): "string_pattern_mismatch",
    ("list", "min_length"): "too_short",
    ("list", "max_length"): "too_long",
    **{(kind, "gt"): "greater_than" for kind in ("int", "float")},
    **{(kind, "ge"): "greater_than_equal" for kind in ("int", "float")},
    **{(kind, "le"): "less_than_equal" for kind in ("int", "float")},
}
#: They pass on what is inside, or read what our own functions made.
SILENT = {
    *("function-before", "function-after", "function-wrap", "function-plain", "default"),
    *("nullable", "any", "definitions", "definition-ref", "no-info", "with-info"),
    *("datetime", "named-tuple", "named-tuple-field"),
    *("dataclass", "dataclass-args", "dataclass-field"),
}


def pieces(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every piece of a core schema of pydantic."""
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            yield schema
        schema = list(schema.values())
    if isinstance(schema, list | tuple):
        for part in schema:
            yield from pieces(part)


def schemas() -> Iterator[Any]:
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                yield from (model.__pydantic_core_schema__ for model in operation.models)


def test_every_kind_of_error_that_our_schemas_raise_has_its_words() -> None:
    found = [piece for schema in schemas() for piece in pieces(schema)]

    kinds = {piece["type"] for piece in found}
    raised = set().union(*(RAISED[kind] for kind in kinds - SILENT))
    limits = {
        LIMITS[(piece["type"], name)]
        for piece in found
        for name in {"gt", "ge", "lt", "le", "min_length", "max_length", "pattern", "multiple_of"}
        & piece.keys()
    }
    assert {"missing", "int_type", "enum"} <= raised
    assert {"greater_than", "string_too_long", "too_long"} <= limits
    assert raised | limits <= set(REASONS)


@pytest.mark.parametrize(
    ("language", "details"),
    [
        (
            "de",
            {
                "#/starts_at": "Diese Angabe fehlt.",
                "#/space": "Senden Sie eine ganze Zahl.",
                "#/colour": "Diesen Namen gibt es hier nicht.",
                "#/people": "Senden Sie eine Zahl von mindestens 1.",
                "#/note": "Senden Sie höchstens 500 Zeichen.",
            },
        ),
        (
            "fr",
            {
                "#/starts_at": "Il manque cette valeur.",
                "#/space": "Envoyez un nombre entier.",
                "#/colour": "Ce nom n’existe pas ici.",
                "#/people": "Envoyez un nombre d’au moins 1.",
                "#/note": "Envoyez au plus 500 caractères.",
            },
        ),
        (
            "en",
            {
                "#/starts_at": "This is missing.",
                "#/space": "Send a whole number.",
                "#/colour": "There is no such name here.",
                "#/people": "Send a number of at least 1.",
                "#/note": "Send at most 500 characters.",
            },
        ),
    ],
)
@pytest.mark.django_db
def test_a_wrong_body_is_told_in_the_readers_language(
    language: str, details: dict[str, str]
) -> None:
    program = program_of(make_user())
    body = wish(make_space().pk, people=0, note="x" * 501, colour="red") | {"space": "one"}
    del body["starts_at"]

    answer = program.post("/bookings", body, **{"Accept-Language": language})

    assert {one["pointer"]: one["detail"] for one in answer.json()["errors"]} == details


def test_choices_are_listed_without_an_english_or() -> None:
    error = {"type": "literal_error", "msg": "", "ctx": {"expected": "'upcoming' or 'past'"}}

    with translation.override("de"):
        words = reason(error)

    assert words == "Senden Sie eines davon: 'upcoming', 'past'."


def test_a_kind_without_words_is_not_told_in_english() -> None:
    with translation.override("de"):
        words = reason({"type": "url_parsing", "msg": "Input should be a valid URL", "ctx": {}})
        general = str(OTHERWISE)

    assert words == general == "Das entspricht nicht der Dokumentation."
