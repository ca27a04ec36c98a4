"""The OpenAPI document: what ninja makes of the schemas, and what it cannot know."""

from typing import Any

from api.errors import PROBLEM_JSON
from api.schemas import ProblemOut
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
    """Return the responses of an operation that may be refused so."""
    return dict.fromkeys(statuses, ProblemOut)


def scoped(scope: ApiToken.Scope, extra: Json | None = None) -> Json:
    """Return what tells that an operation needs a session, or a token with `scope`."""
    return {"security": [{"token": [scope.value]}, {"session": []}], **(extra or {})}


def complete(document: Json) -> Json:
    """Say in `document` what media type problems have and how people are known."""
    document["components"]["securitySchemes"] = SCHEMES
    for operations in document["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    response["content"] = {PROBLEM_JSON: response["content"]["application/json"]}
                if int(status) == 401:
                    response["headers"] = CHALLENGE
    return document
