"""Calls to the API as a program makes them, without cookies."""

from typing import Any

from django.test import Client

from network.models import ApiToken, User
from network.models.tokens import token_hash
from tests.factories import NOW


def make_token(person: User, *scopes: str, **fields: Any) -> str:
    secret = ApiToken.new_secret()
    ApiToken.objects.create(
        person=person,
        name="Test",
        prefix=secret[:8],
        hash=token_hash(secret),
        scopes=list(scopes),
        created_at=NOW,
        **fields,
    )
    return secret


class Program:
    """Calls `/api/v1` with a token, or with none."""

    def __init__(self, token: str = "") -> None:
        self.client = Client(raise_request_exception=False, headers={"Accept-Language": "en"})
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1{path}", query, headers=self.headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._send("POST", path, body, headers)

    def patch(self, path: str, body: Any = None) -> Any:
        return self._send("PATCH", path, body, {})

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
        call = getattr(self.client, method.lower())
        return call(
            f"/api/v1{path}",
            data="" if body is None else body,
            content_type="application/json",
            headers=self.headers | headers,
        )


def program_of(person: User, *scopes: str) -> Program:
    """Make a program that acts for `person`, with every scope unless told otherwise."""
    return Program(make_token(person, *(scopes or ("read", "book", "billing"))))


def wish(space_id: int, starts: str = "09:00", ends: str = "12:00", **fields: Any) -> Any:
    """Return a body that asks for `space_id` on Tuesday."""
    return {
        "space": space_id,
        "starts_at": f"2026-11-24T{starts}:00+01:00",
        "ends_at": f"2026-11-24T{ends}:00+01:00",
    } | fields


def slugs(response: Any) -> list[str]:
    """Return which sites a list has, in its order."""
    assert response.status_code == 200, response.content
    return [item["slug"] for item in response.json()["items"]]


def assert_problem(response: Any, status: int, code: str) -> Any:
    """Check that `response` is a problem document of `code`, and return it."""
    assert response["Content-Type"] == "application/problem+json", response.content
    body = response.json()
    assert (response.status_code, body["code"]) == (status, code), body
    assert body["status"] == status
    assert body["type"] == f"/api/v1/docs#{code}"
    assert body["title"]
    assert body["detail"]
    return body
