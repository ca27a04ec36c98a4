"""Addresses are read as people type them, and as mail programs write them."""

import pytest

from subscriptions.people.typed import typed_entries


def read(text: str) -> list[tuple[str, str]]:
    return [(one.address, one.name) for one in typed_entries(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a@x.fr\nb@x.fr", [("a@x.fr", ""), ("b@x.fr", "")]),
        ("a@x.fr, b@x.fr;c@x.fr", [("a@x.fr", ""), ("b@x.fr", ""), ("c@x.fr", "")]),
        ("a@x.fr b@x.fr\tc@x.fr", [("a@x.fr", ""), ("b@x.fr", ""), ("c@x.fr", "")]),
        ("Ada Weber <a@x.fr>", [("a@x.fr", "Ada Weber")]),
        ('"Weber, Ada" <a@x.fr>; Léa <l@x.fr>', [("a@x.fr", "Weber, Ada"), ("l@x.fr", "Léa")]),
        ("a@x.fr, Léa < l@x.fr >", [("a@x.fr", ""), ("l@x.fr", "Léa")]),
        ("<a@x.fr>", [("a@x.fr", "")]),
        ("a@x.fr;;\r\n\r\n , b@x.fr,", [("a@x.fr", ""), ("b@x.fr", "")]),
        ("nobody", [("nobody", "")]),
        ("Ada <nobody>", [("nobody", "Ada")]),
        ("", []),
        (" \n ;,", []),
    ],
)
def test_what_is_typed_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert read(text) == found


def test_each_knows_its_line() -> None:
    assert [one.line for one in typed_entries("a@x.fr\n\nb@x.fr, c@x.fr")] == [1, 3, 3]


def test_a_name_is_one_line_of_what_can_be_read() -> None:
    ((_address, name),) = read("Ada\u202e\u00a0Weber <a@x.fr>")

    assert name == "Ada\u00a0Weber"


def test_a_long_name_is_cut() -> None:
    ((_address, name),) = read(f"{'x' * 200} <a@x.fr>")

    assert len(name) == 150
