"""Static files as production collects them: compressed, and named by what is in them."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.http.response import ResponseHeaders
from django.test import Client
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.engines  # a request looks after the connections of its process
IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["']\./(.+?)["']""")


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "config.static.Files"}}
    # Ours alone: to compress those of all packages takes half a minute.
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    call_command("collectstatic", "--noinput", verbosity=0)
    return tmp_path


def ask(address: str, **headers: str) -> tuple[ResponseHeaders, bytes]:
    """Return the headers and the content of a file that is there."""
    answer = Client().get(address, headers=headers)
    assert answer.status_code == 200
    return answer.headers, b"".join(answer)  # read to its end, the test client closes it


def test_what_a_page_loads_is_kept_for_ever_and_so_is_what_its_modules_import(
    collected: Path,
) -> None:
    main = staticfiles_storage.url("js/main.js")

    headers, script = ask(main)
    imported = IMPORT.findall(script.decode())
    parts = [ask(f"/static/js/{name}")[0] for name in imported]

    assert re.fullmatch(r"/static/js/main\.[0-9a-f]{12}\.js", main)
    assert len(imported) > 4
    for part in (headers, *parts):
        assert part["Cache-Control"] == "max-age=315360000, public, immutable"


def test_a_style_sheet_is_sent_as_it_was_compressed_at_the_release(collected: Path) -> None:
    address = staticfiles_storage.url("css/base.css")

    _, plain = ask(address)
    zipped, small = ask(address, accept_encoding="gzip")
    brotli, smaller = ask(address, accept_encoding="br")

    assert (zipped["Content-Encoding"], brotli["Content-Encoding"]) == ("gzip", "br")
    assert gzip.decompress(small) == plain
    assert len(smaller) < len(small) < len(plain) / 2


def test_an_address_once_found_is_not_looked_up_again(collected: Path) -> None:
    first = staticfiles_storage.url("css/base.css")

    staticfiles_storage.hashed_files.clear()  # type: ignore[attr-defined]  # our storage has them

    assert staticfiles_storage.url("css/base.css") == first
