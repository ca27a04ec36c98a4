"""Whatever a page says is a message of the catalogue, or a name, a date, a number.

The catalogue is marked, so a sentence left in English, or in nobody's language, stands out.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import dates, translation
from pytest_django.fixtures import Settings

from bookings.models import Booking
from network.language import own_names
from network.models import Commune, Organisation, User
from sites.models import Site, Space, Stop
from tests.journeys.test_pages import PAGES, World, make_world
from tests.shown import marked_catalogue, strangers

#: Its tables hold names of fields and types, as machines have them.
FOR_MACHINES = "documentation of the API"
UNITS = r"\b(?:Uhr|h|m|km|Mbit/s|1ᵉʳ|1er)\b"


def names() -> Iterator[str]:
    """Yield what people or the settings have named, and what computers have."""
    for model, field in ((Commune, "name"), (Organisation, "name"), (Space, "name")):
        yield from model.objects.values_list(field, flat=True)
    for row in Site.objects.values_list("name", "address", "access_notes"):
        yield from row
    for row in User.objects.values_list("name", "email"):
        yield from row
    yield from Stop.objects.values_list("place", flat=True)
    yield from Booking.objects.values_list("reference", flat=True)
    yield from (name for _code, name in own_names())
    yield from (django_settings.PUBLISHER, django_settings.CONTACT_EMAIL, "Maillage")


def days_and_months(language: str) -> Iterator[str]:
    with translation.override(language):
        for table in (dates.WEEKDAYS, dates.MONTHS, dates.MONTHS_AP, dates.WEEKDAYS_ABBR):
            yield from (str(word) for word in table.values())


def without_names(line: str, language: str) -> str:
    """Return the words of `line` that are neither a name nor of a date or a measure."""
    known = sorted({*names(), *days_and_months(language)} - {""}, key=len, reverse=True)
    plain = re.sub(rf"\b(?:{'|'.join(map(re.escape, known))})(?!\w)", " ", line)
    return " ".join(re.sub(rf"{UNITS}|[\d\W_]", " ", plain).split())


@pytest.fixture
def world(language: str, settings: Settings, tmp_path: Path) -> World:
    world = make_world()
    User.objects.update(language=language)
    settings.LOCALE_PATHS = [marked_catalogue(language, tmp_path)]
    return world


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
        found = {without_names(line, language) for line in strangers(page, language)} - {""}
        left |= {name: sorted(found)} if found and name != FOR_MACHINES else {}

    assert left == {}
