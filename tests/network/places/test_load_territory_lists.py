"""Pays, basins and zones from lists of communes: checked line by line, all or nothing."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from network.models import Territory
from tests.factories import make_commune

pytestmark = pytest.mark.django_db
HEADING = "kind;code;name;insee_code"
SOURCE = ("--source", "Préfecture", "--valid-on", "2025-01-01")


@pytest.fixture(autouse=True)
def _communes() -> None:
    make_commune("Villé", "67507")
    make_commune("Albé", "67003")
    make_commune("Val-de-Moder", "67372")


def written(tmp_path: Path, *lines: str, name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join([HEADING, *lines, ""]), encoding="utf-8")
    return path


def load(*paths: Path, more: tuple[str, ...] = ()) -> str:
    out = StringIO()
    call_command("load_territory_lists", *map(str, paths), *SOURCE, *more, stdout=out)
    return out.getvalue()


def refused(*paths: Path) -> list[str]:
    """Return what is said of the lines of files of which nothing is written."""
    err = StringIO()
    before = set(Territory.objects.values_list("pk", flat=True))
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("load_territory_lists", *map(str, paths), *SOURCE, stderr=err)
    assert set(Territory.objects.values_list("pk", flat=True)) == before
    return err.getvalue().splitlines()


def codes(territory: Territory) -> list[str]:
    return sorted(territory.communes.values_list("insee_code", flat=True))


def test_a_list_makes_territories_that_overlap(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "pays;P1;Pays d'essai;67507",
        "pays;P1;Pays d'essai;67003",
        "job_area;4412;Bassin d'essai;67507",
    )

    assert load(path) == "2 territories created, 0 updated, 0 unchanged.\n"
    pays = Territory.objects.get(kind="pays", code="P1")
    assert (pays.name, pays.source, str(pays.valid_on)) == (
        "Pays d'essai",
        "Préfecture",
        "2025-01-01",
    )
    assert codes(pays) == ["67003", "67507"]
    assert codes(Territory.objects.get(kind="job_area")) == ["67507"]


def test_a_commune_that_was_merged_stands_for_todays(tmp_path: Path) -> None:
    # 67512 and 67496 have become parts of Val-de-Moder; two lines, one commune.
    load(written(tmp_path, "zone;Z;Zone;67512", "zone;Z;Zone;67496", "zone;Z;Zone;67507"))

    assert codes(Territory.objects.get()) == ["67372", "67507"]


def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "zone;Z;Zone;67507", "zone;Y;Other zone;67003")
    load(path)
    keys = set(Territory.objects.values_list("pk", flat=True))

    assert load(path) == "0 territories created, 0 updated, 2 unchanged.\n"
    assert set(Territory.objects.values_list("pk", flat=True)) == keys


def test_a_new_list_replaces_name_and_communes_and_leaves_the_others(tmp_path: Path) -> None:
    load(written(tmp_path, "zone;Z;Zone;67507", "zone;Y;Other zone;67003"))

    assert load(written(tmp_path, "zone;Z;Zone of today;67372")) == (
        "0 territories created, 1 updated, 0 unchanged.\n"
    )
    assert codes(Territory.objects.get(code="Z", name="Zone of today")) == ["67372"]
    assert codes(Territory.objects.get(code="Y")) == ["67003"]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "zone;Z;Zone;67507")

    assert load(path, more=("--dry-run",)) == "1 territories are good. Nothing was written.\n"
    assert not Territory.objects.exists()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("zone;Z;Zone;99999", "there is no commune 99999"),
        ("zone;Z;Zone;7507", "bad INSEE code '7507'"),
        ("zone;Z;Zone;", "no INSEE code"),
        ("zone;;Zone;67507", "no code"),
        ("zone;a b;Zone;67507", "bad code 'a b'"),
        ("zone;Z;;67507", "no name"),
        ("zone;Z;Zo\x00ne;67507", r"bad name 'Zo\x00ne'"),
        ("zone;Z;Zo\x07ne;67507", r"bad name 'Zo\x07ne'"),
        ("zone;Z;Zo\ufffdne;67507", "bad name 'Zo\ufffdne'"),
        ("zone;Z;Zo\u202ene;67507", r"bad name 'Zo\u202ene'"),
        ("epci;246700744;CC;67507", "load_territories writes a epci from the communes"),
        ("canton;Z;Zone;67507", "unknown kind 'canton': write one of pays, living_area"),
        ("zone;Z;Zone", "it has not as many fields as the heading"),
        ("zone;Z;Zone;67507;x", "it has not as many fields as the heading"),
        ("zone;G;Another name;67003", "G is called 'Good' on line 2 of list.csv"),
        ("zone;G;Good;67507", "67507 is already on line 2 of list.csv"),
    ],
)
def test_one_bad_line_is_told_and_nothing_is_written(
    tmp_path: Path, line: str, reason: str
) -> None:
    said = refused(written(tmp_path, "zone;G;Good;67507", line))

    assert len(said) == 1
    assert said[0].startswith(f"list.csv, line 3 refused: {reason}")


def test_every_bad_line_of_every_file_is_told(tmp_path: Path) -> None:
    one = written(tmp_path, "zone;Z;Zone;1", "zone;Z;Zone;2", name="one.csv")
    two = written(tmp_path, "zone;Z;Zone;67507", "zone;Z;Zone;3", name="two.csv")

    assert [line.partition(" refused")[0] for line in refused(one, two)] == [
        "one.csv, line 2",
        "one.csv, line 3",
        "two.csv, line 3",
    ]


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("kind,code,name,insee_code\n")

    with pytest.raises(CommandError, match="lacks the column kind, code, name, insee_code"):
        load(path)
    with pytest.raises(CommandError, match="has no line under its heading"):
        load(written(tmp_path, name="empty.csv"))
    with pytest.raises(CommandError, match="cannot be read"):
        load(tmp_path / "nowhere.csv")


@pytest.mark.parametrize("day", ["1999-12-31", "2200-01-01", "yesterday"])
def test_lists_stand_on_a_day_of_the_networks_years(tmp_path: Path, day: str) -> None:
    path = written(tmp_path, "zone;Z;Zone;67507")

    with pytest.raises(CommandError, match="invalid day value"):
        call_command("load_territory_lists", str(path), "--source=X", f"--valid-on={day}")
