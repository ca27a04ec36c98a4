"""What is documented is what there is."""

import re
from pathlib import Path

from pytest_django.fixtures import Settings

from config.databases import STATEMENT_TIMEOUT_S

ROOT = Path(__file__).resolve().parent.parent.parent
CONFIGURATION = ROOT / "docs" / "configuration.md"


def test_every_variable_of_the_environment_is_documented_and_no_other() -> None:
    settings = "".join(path.read_text("utf-8") for path in (ROOT / "config").glob("*.py"))
    read = set(re.findall(r'\benv\.\w+\(\s*"(\w+)"', settings))

    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    table = page.partition("## Variables")[2].partition("Commands of the Makefile")[0]
    documented = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))

    assert documented == read


def test_every_target_of_the_makefile_is_listed_by_help() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")

    phony = set(re.findall(r"[\w-]+", makefile.partition(".PHONY:")[2].partition("\n\n")[0]))
    rules = set(re.findall(r"^([a-z][a-z -]*):.*## ", makefile, re.MULTILINE))

    assert phony == {name for rule in rules for name in rule.split()}


def test_the_proxy_of_the_example_is_the_one_that_the_settings_expect(settings: Settings) -> None:
    (example,) = re.findall(r"```nginx\n(.*?)```", CONFIGURATION.read_text("utf-8"), re.DOTALL)
    (read_timeout,) = re.findall(r"proxy_read_timeout (\d+)s", example)

    assert f"location {settings.MEDIA_URL} " in example
    assert "alias /srv/maillage/var/media/;" in example
    assert settings.MEDIA_ROOT == settings.BASE_DIR / "var" / "media"
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in example
    assert "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;" in example
    assert int(read_timeout) > STATEMENT_TIMEOUT_S
