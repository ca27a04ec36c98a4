"""Lists of people are read as spreadsheets save them; what is wrong is told by its line."""

import pytest
from django.utils import translation

from subscriptions.errors import ListUnreadable
from subscriptions.people.sheets import Row, decoded, read_sheet

HEADING = "e-mail;nom;équipe;centre de coût"
LINE = "lea@weber.example;Léa Roth;Fournil;CC1"
LEA = Row(2, "lea@weber.example", "Léa Roth", "Fournil", "CC1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_is_read_in_the_encodings_of_spreadsheets(encoding: str, end: str) -> None:
    content = f"{HEADING}{end}{LINE}{end}".encode(encoding)

    assert read_sheet(decoded(content)).rows == [LEA]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_columns_are_parted_by_what_the_heading_uses(separator: str) -> None:
    text = f"{HEADING}\n{LINE}".replace(";", separator)

    assert read_sheet(text).rows == [LEA]


@pytest.mark.parametrize(
    "heading",
    [
        "E-mail;Name;Team;Cost centre",
        "Courriel;Nom;Équipe;Centre de coûts",
        "E-Mail-Adresse;Name;Team;Kostenstelle",
        "EMAIL ; NOM ; EQUIPE ; CENTRE DE COUT",
    ],
)
def test_columns_are_named_in_any_of_our_languages(heading: str) -> None:
    assert read_sheet(f"{heading}\n{LINE}").rows == [LEA]


def test_columns_stand_in_any_order_and_unknown_ones_are_told() -> None:
    sheet = read_sheet("Téléphone;Nom;e-mail\n0388;Léa;lea@weber.example")

    assert sheet.rows == [Row(2, "lea@weber.example", "Léa")]
    assert sheet.unknown == ["Téléphone"]


def test_empty_lines_count_and_say_nothing() -> None:
    sheet = read_sheet("e-mail;nom\n\n;\na@x.fr;A\n\nb@x.fr")

    assert sheet.rows == [Row(4, "a@x.fr", "A"), Row(6, "b@x.fr", "")]


def test_what_is_quoted_may_hold_a_separator() -> None:
    sheet = read_sheet('e-mail;nom\na@x.fr;"Roth; Léa"')

    assert sheet.rows[0].name == "Roth; Léa"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The list is empty."),
        (" \n\n", "The list is empty."),
        ("a@x.fr\nb@x.fr", "The first line names the columns"),
        ("nom;équipe\nLéa;Fournil", "one of them is “e-mail”"),
        ('e-mail;nom\na@x.fr;"Léa', "a quotation mark is not closed"),
        ("e-mail\n" + "a@x.fr\n" * 5_001, "A list has 5000 lines at most"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(text: str, words: str) -> None:
    with translation.override("en"), pytest.raises(ListUnreadable, match=words):
        read_sheet(text)


def test_five_thousand_lines_are_read() -> None:
    assert len(read_sheet("e-mail\n" + "a@x.fr\n" * 5_000).rows) == 5_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "This is not a CSV file"),
        ("e-mail\na@x.fr".encode("utf-16"), "This is not a CSV file"),
        (b"e-mail\n\x81\x8d", "This is not a CSV file"),
        (b"a" * 800_001, "The file is too large"),
    ],
)
def test_a_file_that_is_none_says_why(content: bytes, words: str) -> None:
    with translation.override("en"), pytest.raises(ListUnreadable, match=words):
        decoded(content)
