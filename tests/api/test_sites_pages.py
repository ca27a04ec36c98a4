"""The pages of GET /sites, and the questions that it refuses."""

import pytest

from tests.api.calls import Program, assert_problem, slugs
from tests.factories import (
    make_site,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
EVERYBODY = Program()


@pytest.mark.parametrize("near", [{}, {"near": "48.3427,7.3029"}])
def test_pages_follow_each_other_without_gap_or_double(near: dict[str, str]) -> None:
    for number in range(5):
        make_site(slug=f"site-{number}", latitude=48.3 + number % 3 / 100)

    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = EVERYBODY.get("/sites", limit=2, **near, **cursor).json()
        seen += [item["slug"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}

    assert sorted(seen) == ["site-0", "site-1", "site-2", "site-3", "site-4"]


def test_a_site_that_appears_meanwhile_shifts_no_page() -> None:
    for slug in ("b", "c", "d"):
        make_site(slug=slug)
    following = EVERYBODY.get("/sites", limit=2).json()["next"]

    make_site(slug="a")

    assert slugs(EVERYBODY.get("/sites", limit=2, cursor=following)) == ["d"]


def test_a_cursor_of_another_list_is_refused() -> None:
    make_site(slug="a")
    make_site(slug="b")
    cursor = EVERYBODY.get("/sites", limit=1).json()["next"]

    response = EVERYBODY.get("/sites", near="48,7", cursor=cursor)

    assert_problem(response, 422, "invalid_request")


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("near", "48.3427"),
        ("near", "north,east"),
        ("near", "91,7"),
        ("near", "48,181"),
        ("near", "nan,inf"),
        ("near", "48.3427,7.3029\n"),
        ("near", "4٨,7"),
        ("radius_km", "0"),
        ("radius_km", "-1"),
        ("radius_km", "nan"),
        ("radius_km", "inf"),
        ("radius_km", "20101"),
        ("category", "castle"),
        ("space_kind", "bed"),
        ("q", "x" * 101),
        ("limit", "0"),
        ("limit", "501"),
        ("limit", "many"),
        ("cursor", "made-up"),
        ("cursor", "WyJhIl0:1abc:tampered"),
        ("cursor", "é" * 10),
        ("page", "2"),
    ],
)
def test_a_wrong_parameter_is_named(parameter: str, value: str) -> None:
    problem = assert_problem(EVERYBODY.get("/sites", **{parameter: value}), 422, "invalid_request")

    assert [error["parameter"] for error in problem["errors"]] == [parameter]


def test_a_parameter_that_comes_twice_is_refused() -> None:
    response = EVERYBODY.get("/sites", category=["rural", "urban"])

    problem = assert_problem(response, 422, "invalid_request")
    assert problem["errors"][0]["code"] == "repeated"
