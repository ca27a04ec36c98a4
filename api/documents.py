"""The OpenAPI document: what ninja makes of the schemas, and what it cannot know."""

import json
from typing import Any

from api.errors import PROBLEM_JSON
from api.examples import EXAMPLES, REFUSALS
from api.schemas.problems import ProblemOut
from network.models import ApiToken

Json = dict[str, Any]
#: No session or token is needed; a token that is sent must be valid.
PUBLIC: Json = {"security": [{}, {"token": []}]}
LOCATED: Json = {
    "responses": {
        201: {
            "headers": {
                "Location": {
                    "description": "address of the booking",
                    "schema": {"type": "string", "format": "uri-reference"},
                },
                "Idempotent-Replayed": {
                    "description": "sent when this is the answer to an earlier request",
                    "schema": {"type": "string", "enum": ["true"]},
                },
            }
        }
    }
}
CALENDAR: Json = {
    "responses": {200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}}
}
CHALLENGE: Json = {
    "WWW-Authenticate": {"description": "how to sign in", "schema": {"type": "string"}}
}
SCHEMES: Json = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "made on your account page, or by manage.py create_api_token",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "of a person signed in here; writes then need the X-CSRFToken header",
    },
}


def problems(*statuses: int) -> dict[int, type[ProblemOut]]:
    """Return the responses of an operation that may be refused so; any may be unreadable."""
    return dict.fromkeys(sorted({400, *statuses}), ProblemOut)


def scoped(scope: ApiToken.Scope, extra: Json | None = None) -> Json:
    """Return what tells that an operation needs a session, or a token with `scope`."""
    return {"security": [{"token": [scope.value]}, {"session": []}], **(extra or {})}


def complete(document: Json) -> None:
    """Say in ninja's `document` what it could not know, and mend what it gets wrong."""
    document["components"]["securitySchemes"] = SCHEMES
    for operations in document["paths"].values():
        for operation in operations.values():
            for parameter in operation["parameters"]:
                mend_parameter(parameter)
            for status, response in operation["responses"].items():
                mend_response(status, response)
            illustrate(operation)
    drop_unused(document)


def mend_parameter(parameter: Json) -> None:
    """Take out null, which an address cannot say, and examples in JSON Schema's form."""
    schema = parameter["schema"]
    for variant in schema.pop("anyOf", ()):
        schema |= variant if variant.get("type") != "null" else {}
    parameter.pop("examples", None)
    if "description" in schema:
        parameter["description"] = schema.pop("description")


def mend_response(status: int, response: Json) -> None:
    """Give problems their media type and header."""
    if status >= 400:
        response["content"] = {PROBLEM_JSON: response["content"]["application/json"]}
    if status == 401:
        response["headers"] = CHALLENGE


def illustrate(operation: Json) -> None:
    """Add the example of an operation."""
    example = EXAMPLES[operation["operationId"]]
    answered = operation["responses"][example.status]["content"][example.media_type]
    answered["example"] = example.answer
    if refusal := REFUSALS.get(operation["operationId"]):
        refused = operation["responses"][refusal["status"]]["content"][PROBLEM_JSON]
        refused["example"] = refusal
    if example.body:
        operation["requestBody"]["content"]["application/json"]["example"] = example.body


def drop_unused(document: Json) -> None:
    """Take out the schemas of query strings, whose fields are told as parameters."""
    schemas, text = document["components"]["schemas"], json.dumps(document)
    for name in [name for name in schemas if f'"#/components/schemas/{name}"' not in text]:
        del schemas[name]
