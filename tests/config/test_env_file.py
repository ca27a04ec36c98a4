"""The `.env` of a developer's checkout: read by commands, never by a server, never by tests."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import check
import envfile
import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured

from network.checks import file_is_its_owners
from tests.config.test_settings import ROOT, SECRET

OTHER_SECRET = "k7Vb2xTq9LmZ4RwY8cNf1HsJ6dGp3AeU5tXo0iKjBrMnQvWzEgCyS"
TOLD = "from config import settings as s; print(s.DEBUG, s.SECRET_KEY, s.PUBLIC_URL)"
HOSTILE = "DEBUG=1\nDATABASE_URL=postgres://me:hunter2@db.example:5432/of_people\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with settings of its own, whose `.env` is nobody else's."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    return tmp_path


def python(folder: Path, code: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    """Run `code` in `folder` with nothing but `environ` in the environment."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_settings_read_the_file_that_make_run_writes(checkout: Path) -> None:
    envfile.made(checkout / ".env", "http://localhost:8105")

    debug, secret, address = python(checkout, TOLD).stdout.split()

    assert (debug, address) == ("True", "http://localhost:8105")
    assert len(secret) >= 50
    assert f"SECRET_KEY={secret}\n" in (checkout / ".env").read_text("utf-8")


def test_the_environment_goes_before_the_file(checkout: Path) -> None:
    envfile.made(checkout / ".env", "http://localhost:8000")

    answer = python(checkout, TOLD, DEBUG="0", PUBLIC_URL="http://localhost:8001")

    debug, _secret, address = answer.stdout.split()
    assert (debug, address) == ("False", "http://localhost:8001")


def test_a_deployment_with_a_secret_is_not_turned_to_debug_by_a_file(checkout: Path) -> None:
    envfile.made(checkout / ".env", "http://localhost:8000")

    answer = python(checkout, TOLD, SECRET_KEY=SECRET, PUBLIC_URL="https://maillage.example")

    assert answer.stdout.split() == ["False", SECRET, "https://maillage.example"]


@pytest.mark.parametrize("door", ["wsgi", "asgi"])
def test_a_server_without_a_secret_does_not_start_whatever_lies_there(
    checkout: Path, door: str
) -> None:
    envfile.made(checkout / ".env", "http://localhost:8000")

    answer = python(checkout, f"import config.{door}")

    assert answer.returncode != 0
    assert "SECRET_KEY must be set" in answer.stderr


def test_a_server_reads_the_file_that_it_is_told_to(checkout: Path) -> None:
    named = checkout / "production.env"
    named.write_text(f"SECRET_KEY={OTHER_SECRET}\n", "utf-8")

    answer = python(checkout, TOLD, ENV_FILE=str(named))

    assert answer.stdout.split() == ["False", OTHER_SECRET, "http://localhost:8000"]


def test_a_file_that_is_named_is_read_though_the_environment_has_a_secret(checkout: Path) -> None:
    named = checkout / "production.env"
    named.write_text(f"SECRET_KEY={OTHER_SECRET}\nPUBLIC_URL=https://a.example\n", "utf-8")

    answer = python(checkout, TOLD, ENV_FILE=str(named), SECRET_KEY=SECRET)

    assert answer.stdout.split() == ["False", SECRET, "https://a.example"]


def test_a_file_that_is_named_and_missing_is_refused(checkout: Path) -> None:
    answer = python(checkout, TOLD, ENV_FILE="nowhere.env")

    assert answer.returncode != 0
    assert "nowhere.env cannot be read: FileNotFoundError." in answer.stderr


def test_a_value_of_a_file_may_begin_with_a_dollar(checkout: Path) -> None:
    (checkout / ".env").write_text(f"SECRET_KEY='$DEBUG{OTHER_SECRET}'\nDEBUG=no\n", "utf-8")

    answer = python(checkout, TOLD)

    assert answer.stdout.split()[:2] == ["False", f"$DEBUG{OTHER_SECRET}"]


def test_a_line_that_sets_nothing_is_refused_and_not_shown(checkout: Path) -> None:
    (checkout / ".env").write_text("# mine\n\nDEBUG=1\nhunter2\n", "utf-8")

    answer = python(checkout, TOLD)

    assert answer.returncode != 0
    assert ".env: line 4 is not NAME=value." in answer.stderr
    assert "hunter2" not in answer.stderr


def test_a_hostile_file_does_not_reach_the_tests(checkout: Path) -> None:
    (checkout / ".env").write_text(HOSTILE, "utf-8")
    code = "import tests.settings as s; print(s.ENV_FILE, s.DATABASES['default']['ENGINE'])"
    shutil.copytree(ROOT / "tests", checkout / "tests", ignore=shutil.ignore_patterns("test_*"))

    answer = python(checkout, code)

    assert answer.stdout.split() == ["None", "django.db.backends.sqlite3"]
    assert django_settings.ENV_FILE is None


def test_the_stages_of_make_test_read_no_file() -> None:
    assert check.bare_environment()["ENV_FILE"] == ""


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    envfile.made(tmp_path / ".env", "http://localhost:8000")

    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600


def test_a_file_that_is_there_stays_as_it_is_and_what_it_lacks_is_told(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("SECRET_KEY=mine\n", "utf-8")

    written = envfile.made(path, "http://localhost:8000")

    assert not written
    assert path.read_text("utf-8") == "SECRET_KEY=mine\n"
    assert envfile.missing(path, "http://localhost:8000") == ["DEBUG=1"]


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("", "http://localhost:8001"),
        ("PUBLIC_URL=http://localhost:8000\n", "http://localhost:8001"),
        ("PUBLIC_URL=http://127.0.0.1:8000\n", "http://localhost:8001"),
        ("PUBLIC_URL=https://me.tunnel.example\n", "https://me.tunnel.example"),
    ],
)
def test_links_lead_to_the_port_of_this_run_not_to_the_files(
    tmp_path: Path, told: str, written: str
) -> None:
    path = tmp_path / ".env"
    path.write_text(told, "utf-8")

    assert envfile.public_url(path, "http://localhost:8001") == written


def test_every_checkout_has_a_secret_of_its_own() -> None:
    one, other = (envfile.values("http://localhost:8000")["SECRET_KEY"] for _ in range(2))

    assert one != other


@pytest.mark.parametrize(("mode", "warnings"), [(0o600, []), (0o640, ["network.W002"])])
def test_check_says_that_others_may_read_the_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, warnings: list[str]
) -> None:
    path = tmp_path / ".env"
    path.touch(mode)
    path.chmod(mode)
    monkeypatch.setattr(django_settings, "ENV_FILE", path)

    assert [one.id for one in file_is_its_owners(None)] == warnings


def test_git_does_not_take_the_file() -> None:
    assert ".env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        envfile.missing(tmp_path, "http://localhost:8000")
