"""Every answer tells the browser what its page may load."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from config.middleware.policy import content_policy


def answered(status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """Return an answer as it leaves the middleware."""

    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=status, headers=headers)

    return content_policy(view)(RequestFactory().get("/"))


def test_pages_load_from_their_own_origin_and_are_framed_nowhere(settings: Settings) -> None:
    settings.SECURE_CSP = {"default-src": ["'self'"], "img-src": ["'self'", "data:"]}

    policy = answered().headers["Content-Security-Policy"]

    assert policy == "default-src 'self'; img-src 'self' data:"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/legal/", "/api/v1/nowhere", "/healthz", "/nowhere"])
def test_pages_programs_and_refusals_are_told_alike(client: Client, address: str) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/legal/", "/nowhere", "/sites/nowhere/", "/legal/?x=%00"])
def test_so_are_the_products_own_refusals_on_a_developers_machine(
    client: Client, settings: Settings, address: str
) -> None:
    settings.DEBUG = True

    assert "default-src 'self'" in client.get(address).headers["Content-Security-Policy"]


def test_the_page_that_django_draws_for_developers_keeps_its_styles(settings: Settings) -> None:
    settings.DEBUG = True

    assert "Content-Security-Policy" not in answered(500).headers


def test_what_an_answer_says_itself_stays() -> None:
    answer = answered(headers={"Content-Security-Policy": "default-src 'none'"})

    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
