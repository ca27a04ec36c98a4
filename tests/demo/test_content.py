import shutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import time
from pathlib import Path

import pytest

from demo.content import FOLDER, demo_content, read_content
from demo.reading import FileFault
from demo.words import Words
from sites.models import Site, Space
from sites.models.hours import Weekday

ERSTEIN = "sites/erstein-l-ecluse.toml"
SELESTAT = "sites/selestat-les-bureaux-du-ried.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data files, to plant mistakes in."""
    return Path(shutil.copytree(FOLDER, tmp_path / "data"))


def plant(folder: Path, name: str, right: str, wrong: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")


def every_words(said: object) -> Iterator[Words]:
    """Find all words in a tree of dataclasses, tables and lists."""
    if isinstance(said, Words):
        yield said
    elif is_dataclass(said):
        for field in fields(said):
            yield from every_words(getattr(said, field.name))
    elif isinstance(said, dict):
        yield from every_words(tuple(said.values()))
    elif isinstance(said, tuple):
        for one in said:
            yield from every_words(one)


def test_a_site_is_what_its_file_says() -> None:
    site = demo_content().sites["erstein-l-ecluse"]

    assert site.name == Words("L’Écluse")
    assert site.category == Site.Category.URBAN
    assert (site.latitude, site.longitude) == (48.4251, 7.6604)
    assert site.technology == Site.Technology.CABLE
    assert site.directions.de.startswith("Bahnhof Erstein, 12 Minuten zu Fuß")
    assert site.access.parking
    assert not site.access.hearing_loop
    assert [space.kind for space in site.spaces] == [
        Space.Kind.DESK,
        Space.Kind.MEETING_ROOM,
        Space.Kind.PHONE_BOOTH,
    ]


def test_what_a_space_leaves_out_is_its_kinds() -> None:
    desks, _, booth = demo_content().sites["erstein-l-ecluse"].spaces
    booths = demo_content().sites["haguenau-la-houblonniere"].spaces[-2]

    assert (desks.units, desks.seats) == (7, 7)
    assert desks.equipment == ("second-screen", "ergonomic-chair")
    assert (booth.seats, booth.name.en) == (1, "Phone booth")
    assert (booths.units, booths.seats, booths.name.en) == (2, 1, "Phone booths")
    assert booth.description.de == "Für einen Anruf oder ein kurzes Gespräch aus der Ferne."


def test_what_a_space_says_itself_is_kept() -> None:
    workshop = demo_content().sites["masevaux-la-tuilerie"].spaces[1]

    assert workshop.name == Words("Atelier bois", "Holzwerkstatt", "Wood workshop")
    assert workshop.equipment == ("workbench",)


def test_a_week_of_hours_is_told_by_days_and_times() -> None:
    morning, afternoon = demo_content().weeks["town-hall"]

    assert Weekday.FRIDAY in morning.days
    assert Weekday.FRIDAY not in afternoon.days
    assert (afternoon.opens_at, afternoon.closes_at) == (time(13, 30), time(18))


def test_words_are_in_three_languages_or_a_proper_name() -> None:
    content = demo_content()

    said = [one for one in every_words(content) if one]

    assert len(said) > 300
    assert [one.fr for one in said if bool(one.de) != bool(one.en)] == []
    texts = [
        text
        for site in content.sites.values()
        for text in (site.description, site.directions, site.access_notes, site.access.note)
    ]
    assert [one.fr for one in texts if one.fr and not (one.de and one.en)] == []


def test_words_of_one_language_fall_back_on_french(folder: Path) -> None:
    plant(folder, "spaces.toml", 'de = "Schulungsraum", en = "Training room"', 'en = "Training"')

    content = read_content(folder)

    usual = content.spaces.kinds[Space.Kind.TRAINING_ROOM]
    assert usual.name == Words(fr="Salle de formation", de="", en="Training")


@pytest.mark.parametrize(
    ("name", "right", "wrong", "said"),
    [
        (ERSTEIN, "surface_m2", "surface", "surface: is not a key here"),
        (ERSTEIN, "busy = 0.44\n", "", "busy: is missing"),
        (
            ERSTEIN,
            "units = 7",
            "units = '7'",
            "spaces 1, units: is '7' and should be a whole",
        ),
        (ERSTEIN, "units = 7", "units = true", "spaces 1, units: is True and should be"),
        (ERSTEIN, "parking = true", "parking = 1", "access, parking: is 1 and should be true or"),
        (ERSTEIN, "toilet = true\n", "", "access, toilet: is missing"),
        (ERSTEIN, '"urban"', '"suburban"', "category: 'suburban' is not one of business_centre, "),
        (ERSTEIN, '"meeting_room"', '"hall"', "spaces 2, kind: 'hall' is not one of desk, "),
        (ERSTEIN, '"ried"', '"riet"', "operator: 'riet' is not one of cretes, "),
        (ERSTEIN, '"city-days"', '"town-days"', "hours: 'town-days' is not one of city-days, "),
        (ERSTEIN, 'hours = "city-days"', "", "hours: '' is not one of city-days, "),
        (ERSTEIN, '"coffee"', '"cofee"', "services: 'cofee' is not one of bicycles, "),
        (ERSTEIN, "seats = 6\n", "", "spaces 2, seats: is missing, and its kind has none"),
        (ERSTEIN, "[description]\nfr", "[description]\nit", "description, it: is not a key here"),
        (SELESTAT, '"Salle Beatus"\nweeks', '"Beatus"\nweeks', "closures 1, space: 'Beatus' is no"),
        ("spaces.toml", '"large-screen"', '"screen"', "kinds, meeting_room, equipment: 'screen'"),
        ("spaces.toml", "[kinds.office]", "[kinds.loft]", "kinds: 'loft' is not one of desk, "),
        ("spaces.toml", "[endpoints.h323]", "[endpoints.h324]", "endpoints: 'h324' is not one of"),
        ("people.toml", '"assur"', '"assure"', "personas 1, organisation: 'assure' is not one of"),
        ("weeks.toml", '"monday"', '"mondy"', "long-days 1, days 1: 'mondy' is not one of friday"),
        ("weeks.toml", "07:30:00", '"7:30"', "long-days 1, opens_at: is '7:30' and should be a ti"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_key(
    folder: Path, name: str, right: str, wrong: str, said: str
) -> None:
    plant(folder, name, right, wrong)

    with pytest.raises(FileFault) as caught:
        read_content(folder)

    assert str(caught.value).startswith(f"{name}, {said}")


def test_a_file_that_is_no_toml_is_told(folder: Path) -> None:
    plant(folder, ERSTEIN, "busy = 0.44", "busy 0.44")

    with pytest.raises(FileFault, match=rf"^{ERSTEIN}: Expected '='"):
        read_content(folder)


def test_a_file_of_a_site_that_nobody_reads_is_told(folder: Path) -> None:
    plant(folder, "order.toml", '  "erstein-l-ecluse",\n', "")

    with pytest.raises(FileFault, match=rf"^{ERSTEIN}: is not in order.toml$"):
        read_content(folder)


def test_a_kind_that_no_file_describes_is_told_where_it_is_used(folder: Path) -> None:
    office = '[kinds.office]\nequipment = ["second-screen", "ergonomic-chair", "lockable-storage"]'
    plant(folder, "spaces.toml", f"{office}\ndemand = 0.9\n", "")

    with pytest.raises(FileFault, match=r"strasbourg.*, spaces 3, kind: spaces.toml does not have"):
        read_content(folder)


def test_a_site_without_its_file_is_told(folder: Path) -> None:
    (folder / ERSTEIN).unlink()

    with pytest.raises(FileFault, match=rf"^{ERSTEIN}: there is no such file$"):
        read_content(folder)
