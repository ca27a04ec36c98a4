"""Whatever a page says is a message of the catalogue, or a name, a date, a number.

The catalogue is marked, so a sentence left in English, or in nobody's language, stands out.
"""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from network.models import User
from tests.journeys.pages import PAGES, World, make_world
from tests.shown import marked_catalogue, said_by, strangers

#: Its tables hold names of fields and types, as machines have them.
FOR_MACHINES = "documentation of the API"


@pytest.fixture
def world(language: str, settings: Settings, tmp_path: Path) -> World:
    world = make_world()
    User.objects.update(language=language)
    settings.LOCALE_PATHS = [marked_catalogue(language, tmp_path)]
    return world


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "de"])
def test_no_page_says_anything_that_is_not_in_its_language(world: World, language: str) -> None:
    left: dict[str, list[str]] = {}

    for name, path, who in PAGES:
        client = Client(headers={"accept-language": language})
        if who in world.people and (person := world.people[who]):
            person.refresh_from_db()
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        page = client.get(world.address(path)).content.decode()
        assert f'<html lang="{language}"' in page
        found = strangers(said_by(page, language), language)
        left |= {name: found} if found and name != FOR_MACHINES else {}

    assert left == {}
