"""Texts are sent small to whoever takes them so; what is small already is left as it is."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from config.middleware.compression import Compression

ZIPPED = {"accept-encoding": "gzip, deflate, br"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/search/?where=Colmar", "/account/login/", "/privacy/"])
def test_a_page_is_sent_small_and_whole(client: Client, path: str) -> None:
    plain = client.get(path, follow=True)
    small = client.get(path, headers=ZIPPED, follow=True)

    assert "Content-Encoding" not in plain
    assert small["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small["Vary"]
    assert int(small["Content-Length"]) == len(small.content) < len(plain.content) / 2
    whole = gzip.decompress(small.content)
    assert whole[:40] == plain.content[:40]
    assert whole[-8:] == plain.content[-8:]


def test_json_of_the_api_is_the_same_either_way(client: Client) -> None:
    path = "/api/v1/openapi.json"

    plain, small = client.get(path), client.get(path, headers=ZIPPED)

    assert gzip.decompress(small.content) == plain.content
    assert small["Content-Type"] == plain["Content-Type"]


def answered(response: HttpResponse | StreamingHttpResponse) -> HttpResponse:
    """Return what somebody gets who takes gzip."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = "gzip"
    answer = Compression(lambda asked: response)(request)
    assert isinstance(answer, HttpResponse | StreamingHttpResponse)
    return answer  # type: ignore[return-value]  # one of both, which these tests tell apart


@pytest.mark.parametrize("kind", ["image/webp", "application/pdf", "application/octet-stream"])
def test_a_photo_is_sent_as_it_is(kind: str) -> None:
    assert "Content-Encoding" not in answered(HttpResponse(b"\0" * 5000, content_type=kind))


def test_an_answer_of_a_few_words_is_sent_as_it_is() -> None:
    assert "Content-Encoding" not in answered(HttpResponse("ok"))


def test_what_is_sent_in_pieces_stays_in_pieces() -> None:
    answer = answered(StreamingHttpResponse([b"one line\n"] * 500, content_type="text/plain"))

    assert isinstance(answer, StreamingHttpResponse)
    assert gzip.decompress(b"".join(answer)) == b"one line\n" * 500


def test_a_validator_of_the_whole_text_becomes_a_weak_one() -> None:
    answer = answered(HttpResponse("word " * 500, headers={"ETag": '"1"'}))

    assert answer["ETag"] == 'W/"1"'


def test_the_length_of_what_is_sent_tells_nothing_of_the_words_in_it() -> None:
    sizes = {len(answered(HttpResponse("word " * 500)).content) for _time in range(40)}

    assert len(sizes) > 1


def test_where_the_proxy_compresses_it_is_left_to_it(client: Client, settings: Settings) -> None:
    settings.COMPRESS = False

    assert "Content-Encoding" not in client.get("/legal/", headers=ZIPPED)
