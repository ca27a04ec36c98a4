from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from network.models import Commune, Departement, Epci, PostalCode, Region
from network.places.files import COMMUNES
from network.places.territories import load
from sites.management.commands.load_territories import load_territories

pytestmark = pytest.mark.django_db

HEADING = (
    "code_insee,nom,departement,codes_postaux,population,code_epci,nom_epci,siren,"
    "latitude,longitude,source_coord"
)
VILLE = "67507,Villé,67,67220,1799,246700777,CC de la Vallée de Villé,216705079,48.3427,7.3026,x"
ALBE = "67003,Albé,67,67220,473,246700777,CC de la Vallée de Villé,216700039,48.3567,7.3184,x"
SAVERNE = "67437,Saverne,67,67700|67790,11460,200068112,CC de Saverne,216704379,48.7416,7.3622,x"


def written(tmp_path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "communes.csv"
    path.write_text("\n".join([HEADING, *lines, ""]), encoding=encoding)
    return path


def run(path: Path) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("load_territories", path, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_commune_comes_with_its_departement_region_grouping_and_postcodes(tmp_path: Path) -> None:
    out, err = run(written(tmp_path, VILLE, ALBE, SAVERNE))

    saverne = Commune.objects.get(insee_code="67437")
    assert (saverne.name, saverne.population) == ("Saverne", 11460)
    assert (saverne.latitude, saverne.longitude) == (48.7416, 7.3622)
    assert saverne.departement.name == "Bas-Rhin"
    assert saverne.departement.region.name == "Grand Est"
    assert saverne.epci == Epci.objects.get(siren="200068112", name="CC de Saverne")
    assert {code.code for code in saverne.postal_codes.all()} == {"67700", "67790"}
    assert out == "3 communes created, 0 updated, 0 unchanged, 0 refused.\n"
    assert err == ""


def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, VILLE, SAVERNE)
    run(path)
    keys = set(Commune.objects.values_list("pk", flat=True))

    out, _ = run(path)

    assert out == "0 communes created, 0 updated, 2 unchanged, 0 refused.\n"
    assert set(Commune.objects.values_list("pk", flat=True)) == keys
    assert PostalCode.objects.count() == 3


def test_what_changed_in_the_file_is_updated_in_place(tmp_path: Path) -> None:
    run(written(tmp_path, VILLE, SAVERNE))
    key = Commune.objects.get(insee_code="67507").pk
    merged = VILLE.replace("Villé,67,67220,1799", "Villé-le-Neuf,67,67220,1850")

    out, _ = run(written(tmp_path, merged, SAVERNE))

    ville = Commune.objects.get(pk=key)
    assert (ville.name, ville.population) == ("Villé-le-Neuf", 1850)
    assert ville.search_key == "ville le neuf"
    assert out == "0 communes created, 1 updated, 1 unchanged, 0 refused.\n"


def test_a_commune_that_only_changed_postcodes_is_updated(tmp_path: Path) -> None:
    run(written(tmp_path, SAVERNE))

    out, _ = run(written(tmp_path, SAVERNE.replace("67700|67790", "67700")))

    codes = PostalCode.objects.filter(commune__insee_code="67437")
    assert [code.code for code in codes] == ["67700"]
    assert "1 updated" in out


def test_a_grouping_with_a_new_name_keeps_its_communes(tmp_path: Path) -> None:
    run(written(tmp_path, VILLE))

    run(written(tmp_path, VILLE.replace("CC de la Vallée de Villé", "CC du Val de Villé")))

    assert Commune.objects.get(insee_code="67507").epci == Epci.objects.get(
        name="CC du Val de Villé"
    )


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("48.3427,7.3026", ",", "no coordinates"),
        ("48.3427", "148.3427", "bad latitude '148.3427'"),
        ("7.3026", "nan", "bad longitude 'nan'"),
        ("7.3026", "7°18'", 'bad longitude "7°18\'"'),
        ("67507,", "6750,", "bad INSEE code '6750'"),
        ("67507,", "68507,", "INSEE code 68507 is not of département 67"),
        ("Villé,67,", "Villé,99,", "unknown département '99'"),
        ("1799", "-1", "bad population '-1'"),
        ("1799", "beaucoup", "bad population 'beaucoup'"),
        ("1799", "٣٣", "bad population '٣٣'"),
        ("1799", "", "no population"),
        (",67220,", ",6722,", "bad postcode '6722'"),
        (",67220,", ",,", "no postcode"),
        ("246700777", "2467", "bad EPCI code '2467'"),
        ("Villé,67,", ",67,", "no name"),
        ("Villé,67,", "V" * 101 + ",67,", "bad name 'VVVVVVVVVVVVVVVVVVVVVVVVVVVVVV'"),
        (",x", "", "it has not as many fields as the heading"),
        (",x", ",x,y", "it has not as many fields as the heading"),
    ],
)
def test_a_bad_row_is_refused_by_its_line_and_the_others_are_loaded(
    tmp_path: Path, before: str, after: str, reason: str
) -> None:
    bad = VILLE.replace(before, after, 1)

    out, err = run(written(tmp_path, SAVERNE, bad, ALBE))

    assert err == f"line 3 refused: {reason}\n"
    assert "2 communes created, 0 updated, 0 unchanged, 1 refused." in out
    assert set(Commune.objects.values_list("insee_code", flat=True)) == {"67437", "67003"}


def test_the_second_row_of_one_code_is_refused(tmp_path: Path) -> None:
    _, err = run(written(tmp_path, VILLE, VILLE.replace("1799", "1")))

    assert err == "line 3 refused: 67507 is already on line 2\n"
    assert Commune.objects.get(insee_code="67507").population == 1799


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "lacks the column code_insee"),
        (b"nom,departement\nVille,67\n", "lacks the column code_insee, codes_postaux, population"),
        (HEADING.encode() + "\n67507,Villé".encode("latin-1"), "is not in UTF-8"),
        (HEADING.encode() + b'\n"' + b"a" * 200_000, "is not a CSV file"),
    ],
    ids=["empty", "columns", "latin-1", "field without end"],
)
def test_a_file_that_cannot_be_read_writes_nothing(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "communes.csv"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=reason):
        call_command("load_territories", path)

    assert not Region.objects.exists()


def test_a_file_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere.csv cannot be read"):
        call_command("load_territories", tmp_path / "nowhere.csv")


def test_a_crash_on_the_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*args: object) -> None:
        raise RuntimeError("out of power")

    monkeypatch.setattr("network.places.territories.write_postal_codes", crash)

    with pytest.raises(RuntimeError):
        load(written(tmp_path, VILLE))

    assert not Commune.objects.exists()
    assert not Region.objects.exists()


def test_a_byte_order_mark_does_not_hide_the_first_column(tmp_path: Path) -> None:
    out, _ = run(written(tmp_path, VILLE, encoding="utf-8-sig"))

    assert "1 communes created" in out


def test_in_short_it_says_how_many_are_there_and_nothing_of_lines_to_mend(tmp_path: Path) -> None:
    path = written(tmp_path, VILLE, ALBE, SAVERNE.replace("48.7416,7.3622", ","))
    out, err = StringIO(), StringIO()

    call_command("load_territories", path, stdout=out, stderr=err, verbosity=0)

    assert out.getvalue() == "2 communes loaded.\n"
    assert err.getvalue() == ""


def test_the_shipped_file_gives_alsace_its_communes_inhabitants_and_outlines() -> None:
    report = load_territories(COMMUNES)

    assert report.created == 5113
    assert report.refused == [(958, "no coordinates"), (3666, "no coordinates")]
    people = {
        departement.code: sum(commune.population for commune in departement.communes.all())
        for departement in Departement.objects.prefetch_related("communes")
    }
    assert (people["67"], people["68"]) == (1_163_810, 770_738)
    outline = Departement.objects.get(code="67").outline
    assert len(outline) > 30
    assert outline[0] == outline[-1]
    assert all(6.5 < lon < 8.5 and 48 < lat < 49.3 for lon, lat in outline)
