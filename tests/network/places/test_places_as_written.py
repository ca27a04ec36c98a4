"""Places as people write them: on envelopes, in German, by yesterday's name, without a zero."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from network.models import Commune, CommuneName, Departement, PostalCode, Region
from network.placenames import read_question
from network.places.names import load_names
from network.rules import spellings
from sites.management.commands.load_territories import load_territories
from tests.factories import make_commune

pytestmark = pytest.mark.django_db
#: What is written, and the commune it means in the shipped files, as suggestions show it.
WRITTEN = {
    "67000 STRASBOURG CEDEX": "Strasbourg",
    "STRASBOURG CEDEX 9": "Strasbourg",
    "67070 STRASBOURG CEDEX": "Strasbourg",
    "67070 Strasbourg": "Strasbourg",
    "68020 Colmar Cedex 1, France": "Colmar",
    "F-67000 Strasbourg": "Strasbourg",
    "67 000": "Strasbourg",
    "Kientzheim": "Kaysersberg Vignoble (Kientzheim)",
    "SIGOLSHEIM": "Kaysersberg Vignoble (Sigolsheim)",
    "Kaysersberg Vignoble (Kientzheim) (68240)": "Kaysersberg Vignoble",
    "Kaysersberg": "Kaysersberg Vignoble",
    "8000": "Charleville-Mézières",
    "Charleville 8000": "Charleville-Mézières",
    "Colmar, France": "Colmar",
    "Colmar (68)": "Colmar",
    "Colmar 68": "Colmar",
    "Colmar (Haut-Rhin)": "Colmar",
    "Colmar Haut-Rhin": "Colmar",
    "Colmar, Alsace, France": "Colmar",
    "Soultz Haut-Rhin": "Soultz-Haut-Rhin",
    "Bar sur Aube": "Bar-sur-Aube",
    "Aube": "Aube",
    "Wantzenau, Bas-Rhin": "La Wantzenau",
    "Lhopital": "L'Hôpital",
    "L Hopital": "L'Hôpital",
    "Val d Auzon": "Val-d'Auzon",
    "val dauzon": "Val-d'Auzon",
    "Schlettstadt": "Sélestat (Schlettstadt)",
    "Weißenburg": "Wissembourg (Weißenburg)",
    "WEIẞENBURG": "Wissembourg (Weißenburg)",
    "Weissenburg": "Wissembourg (Weissenburg)",
    "Mülhausen": "Mulhouse (Mülhausen)",
    "MÜLHAUSEN": "Mulhouse (Mülhausen)",
    "Muelhausen": "Mulhouse (Mülhausen)",
    "Mulhausen": "Mulhausen",
    "Straßburg": "Strasbourg (Straßburg)",
    "straß": "Strasbourg (Straßburg)",
    "Strass": "Strasbourg (Strassburg)",
    "Strassburg, Elsass": "Strasbourg (Strassburg)",
    "Wörth": "Wœrth",
    "Kolmar": "Colmar (Kolmar)",
    "Markirch": "Sainte-Marie-aux-Mines (Markirch)",
    "Zabern": "Saverne (Zabern)",
    "Hagenau": "Haguenau (Hagenau)",
    "Bischweiler, Frankreich": "Bischwiller (Bischweiler)",
    "Gebweiler": "Guebwiller (Gebweiler)",
    "Oberehnheim": "Obernai (Oberehnheim)",
    "Türkheim": "Turckheim (Türkheim)",
    "Maursmünster": "Marmoutier (Maursmünster)",
}
ELSEWHERE = ("Paris", "75008 PARIS CEDEX 08", "Stuttgart", "Colmar, Deutschland", "67220 Colmar")
NOWHERE = ("Colmar, Bas-Rhin", "67070 CEDEX", "France", "1 2 3 4", "()", "cedex")


def likeliest(text: str) -> str:
    found = Commune.objects.matching(text).first()
    return found.label if found else ""


def test_the_shipped_files_know_places_as_they_are_written() -> None:
    load_territories()

    assert {text: likeliest(text) for text in WRITTEN} == WRITTEN
    assert {text: likeliest(text) for text in ELSEWHERE + NOWHERE} == dict.fromkeys(
        ELSEWHERE + NOWHERE, ""
    )


def test_a_name_that_every_reading_finds_is_found_in_one_query() -> None:
    make_commune("Colmar")
    likeliest("Once the names of départements are known")

    with CaptureQueriesContext(connection) as queries:
        assert likeliest("68020 Colmar, Bas-Rhin, France") == ""
        assert likeliest("Cölmar, Alsace") == "Colmar"

    assert len(queries) == 2


def test_the_name_after_a_comma_is_a_territory_but_the_end_of_a_name_stays_one() -> None:
    region = Region.objects.create(code="44", name="Grand Est")
    vosges = Departement.objects.create(code="88", name="Vosges", region=region)
    make_commune("Thaon-les-Vosges", departement=vosges, postal_code="88150")
    make_commune("Thaon")

    assert likeliest("Thaon les Vosges") == "Thaon-les-Vosges"
    assert likeliest("Thaon, Bas-Rhin") == "Thaon"


def test_a_postcode_that_is_somebodys_is_not_read_as_a_departement() -> None:
    make_commune("Villé", postal_code="67220")
    make_commune("Barr", postal_code="67140")

    assert likeliest("67140 Villé") == ""
    assert likeliest("67999 Villé") == "Villé"


def test_a_lost_zero_is_found_again_beside_codes_that_start_so() -> None:
    zero = make_commune("Monthermé", postal_code="08800", population=2_000)
    PostalCode.objects.create(commune=make_commune("Épinal", population=32_000), code="88000")

    assert [one.name for one in Commune.objects.matching("8800")] == ["Épinal", "Monthermé"]
    assert list(Commune.objects.matching("08800")) == [zero]
    assert list(Commune.objects.matching("80")) == []


def test_an_official_name_comes_before_the_same_name_of_another() -> None:
    altorf = make_commune("Altorf", population=1_300)
    make_commune("Altdorf", population=10)
    CommuneName.objects.create(commune=altorf, name="Altdorf", search_key="altdorf")

    found = Commune.objects.matching("Altdorf")

    assert [one.label for one in found] == ["Altdorf", "Altorf (Altdorf)"]


@pytest.mark.parametrize(
    ("text", "picked", "chosen"),
    [
        ("Saint-Martin", "67426", "67426"),
        ("Saint-Martin (67220)", "67426", "67426"),
        ("St Martin", "67426", "67426"),
        ("Saint-Martin", "67427", "67425"),
        ("Saint-Martin", "67001", "67425"),
        ("Saint-Martin", "", "67425"),
        ("Saint-Mar", "67427", "67427"),
        ("Barr", "67426", "67001"),
        ("", "67426", None),
    ],
)
def test_a_code_picked_before_counts_while_it_fits_what_is_written_as_well_as_any(
    text: str, picked: str, chosen: str | None
) -> None:
    make_commune("Saint-Martin", "67425", population=9_000)
    make_commune("Saint-Martin", "67426", population=300)
    make_commune("Saint-Martin-du-Val", "67427", population=50)
    make_commune("Barr", "67001")

    found = Commune.objects.matching(text, picked=picked).first()

    assert (found.insee_code if found else None) == chosen


def files(tmp_path: Path, former: str, others: str) -> tuple[Path, Path]:
    paths = tmp_path / "former.csv", tmp_path / "others.csv"
    paths[0].write_text(f"code_ancien,nom_ancien,type,code_insee,nom\n{former}", encoding="utf-8")
    paths[1].write_text(f"code_insee,nom,autres_noms\n{others}", encoding="utf-8")
    return paths


def test_names_are_loaded_once_and_those_gone_from_the_files_go(tmp_path: Path) -> None:
    make_commune("L'Hôpital", "67001")
    both = files(tmp_path, "67002,Vieux,x,67001,y\n", "67001,y,Spital|Ünheim||-\n67999,z,Nobody\n")
    load_names(*both)
    load_names(*both)
    keys = set(CommuneName.objects.values_list("pk", "search_key"))

    assert {key for _pk, key in keys} == {"lhopital", "vieux", "spital", "unheim", "uenheim"}
    load_names(*files(tmp_path, "", "67001,y,Spital\n"))

    kept = set(CommuneName.objects.values_list("pk", "search_key"))
    assert {key for _pk, key in kept} == {"lhopital", "spital"}
    assert kept < keys


def test_a_commune_with_a_new_name_leaves_its_old_spelling(tmp_path: Path) -> None:
    commune = make_commune("L'Aube", "67001")
    load_names(*files(tmp_path, "", ""))
    commune.name = "L'Aurore"
    commune.save()

    load_names(*files(tmp_path, "", ""))

    assert [str(name) for name in CommuneName.objects.all()] == ["L'Aurore"]


LETTERS = st.text(alphabet="aäöüßéœ '’-L", min_size=1, max_size=20)


@given(LETTERS)
def test_a_name_is_found_by_each_of_its_spellings(name: str) -> None:
    question = read_question(name)

    if question is not None:
        assert question.readings[0].keys & spellings(name)
        for typed in spellings(name):
            again = read_question(typed)
            assert again is not None
            assert typed in again.readings[0].keys


@given(st.text(max_size=110) | st.text(alphabet="cedx0689 ,()-Fr", max_size=60))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    list(Commune.objects.matching(text, picked=text[:5].replace("\x00", "")))

    question = read_question(text)
    keys = {key for one in question.readings for key in one.keys} if question else set()
    assert all(sign.isalnum() or sign == " " for sign in "".join(keys))  # they become patterns
