"""What the environment says is understood, or refused by the name of the variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "9c2f6a51e0b74d8e93aa17f05bd64c28e7f1d3b5a09c4e62f8d1"  # of this test alone


def start(**environ: str) -> subprocess.CompletedProcess[str]:
    """Read the settings with nothing but `environ` in the environment, as every process does."""
    return python("-c", "import config.settings", **environ)


def python(*options: str, **environ: str) -> subprocess.CompletedProcess[str]:
    bare = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ENV_FILE": "",
    }
    return subprocess.run(
        [sys.executable, *options],
        cwd=ROOT,
        env={**bare, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("environ", [{}, {"SECRET_KEY": "for-a-developer's-machine-only"}])
def test_without_a_secret_of_its_own_the_service_does_not_start(environ: dict[str, str]) -> None:
    answer = start(**environ)

    assert answer.returncode != 0
    assert "SECRET_KEY must be set" in answer.stderr


def test_a_developers_machine_needs_no_secret() -> None:
    answer = start(DEBUG="1")

    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_URL", "hunter2"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "$HUNTER2"),
        ("DATABASE_URL", "postgres://me:hunter2@host:port/name"),
        ("DATABASE_URL", "postgres://me:hunter2@host"),
        ("DATABASE_URL", "mysql://me:hunter2@host/name"),
        ("EMAIL_URL", "hunter2"),
        ("EMAIL_URL", "smtp://me:hunter2@host:port"),
        ("TRUSTED_PROXY_COUNT", "hunter2"),
        ("VOTE_QUORUM_PERCENT", "101"),
        ("VOTE_MAJORITY_PERCENT", "100"),
        ("VOTE_MAJORITY_PERCENT", "-1"),
        ("VOTE_LEAST_DAYS", "0"),
        ("VOTE_LEAST_DAYS", "32767"),
        ("DNS_RESOLVER", "hunter2.example"),
        ("DNS_RESOLVER", "127.0.0.1:hunter2"),
        ("DNS_RESOLVER", "127.0.0.1:0"),
    ],
)
def test_a_malformed_value_is_refused_by_its_name_and_not_shown(variable: str, value: str) -> None:
    answer = start(DEBUG="1", **{variable: value})

    last_line = answer.stderr.splitlines()[-1]
    assert answer.returncode != 0
    assert "ImproperlyConfigured" in last_line
    assert variable in last_line
    assert "hunter2" not in answer.stderr


@pytest.mark.parametrize("value", ["maybe", "2", "truer"])
def test_debug_is_on_or_off_and_nothing_between(value: str) -> None:
    answer = start(SECRET_KEY=SECRET, DEBUG=value)

    assert answer.returncode != 0
    assert "DEBUG has a value that is not understood." in answer.stderr


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1", "True"),
        ("On", "True"),
        ("yes", "True"),
        ("0", "False"),
        ("", "False"),
        ("NO", "False"),
    ],
)
def test_a_flag_is_said_in_several_words(value: str, shown: str) -> None:
    code = "from config import settings; print(settings.DEBUG)"

    assert python("-c", code, SECRET_KEY=SECRET, DEBUG=value).stdout.split() == [shown]


def test_a_value_that_begins_with_a_dollar_is_taken_as_it_is() -> None:
    code = "from config import settings as s; print(s.SECRET_KEY, *s.SECRET_KEY_FALLBACKS)"
    secret, former = f"$Zq8{SECRET}", f"$PATH{SECRET}"

    answer = python("-c", code, SECRET_KEY=secret, SECRET_KEY_FALLBACKS=former)

    assert answer.stdout.split() == [secret, former]


def test_a_deployment_over_https_passes_djangos_deployment_checks() -> None:
    answer = python(
        "manage.py",
        "check",
        "--deploy",
        "--fail-level=WARNING",
        SECRET_KEY=SECRET,
        PUBLIC_URL="https://maillage.example",
        TRUSTED_PROXY_COUNT="1",
    )

    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize("count", ["0", "2"])
def test_check_is_content_with_any_told_number_of_proxies(count: str) -> None:
    answer = python("manage.py", "check", SECRET_KEY=SECRET, TRUSTED_PROXY_COUNT=count)

    assert "TRUSTED_PROXY_COUNT" not in answer.stderr


def test_check_says_that_production_does_not_tell_its_proxies() -> None:
    answer = python("manage.py", "check", SECRET_KEY=SECRET)

    assert "network.W001" in answer.stderr
    assert "TRUSTED_PROXY_COUNT is not set" in answer.stderr


@pytest.mark.parametrize(
    "weak",
    ["django-insecure-" + SECRET, SECRET[:49], "ab" * 30, "0123456789"],
)
@pytest.mark.parametrize("variable", ["SECRET_KEY", "SECRET_KEY_FALLBACKS"])
def test_a_secret_that_can_be_guessed_is_refused_by_its_name(variable: str, weak: str) -> None:
    answer = start(**({"SECRET_KEY": SECRET} | {variable: weak}))

    assert answer.returncode != 0
    assert f"{variable} is weak" in answer.stderr
    assert weak not in answer.stderr


@pytest.mark.parametrize(("scheme", "is_secure"), [("https", "True"), ("http", "False")])
def test_every_cookie_is_secure_over_https(scheme: str, is_secure: str) -> None:
    names = [f"{name}_COOKIE_SECURE" for name in ("SESSION", "CSRF", "LANGUAGE")]
    code = f"from config import settings as s; print(*(getattr(s, n) for n in {names}))"

    answer = python("-c", code, SECRET_KEY=SECRET, PUBLIC_URL=f"{scheme}://maillage.example")

    assert answer.stdout.split() == [is_secure] * 3
