"""GET /territories."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network.models import Territory
from network.places.official import SHIPPED, write_official
from tests.api.calls import Program, assert_problem
from tests.factories import make_commune

pytestmark = pytest.mark.django_db
EVERYBODY = Program()


def codes(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [item["code"] for item in response.json()["items"]]


def make_zone(code: str, **fields: Any) -> Territory:
    return Territory.objects.create(**{"kind": "zone", "code": code, "name": code} | fields)


def test_a_territory_tells_its_name_people_source_and_day() -> None:
    zone = make_zone("Z", name="Zone", source="Préfecture", valid_on=date(2025, 1, 1))
    zone.communes.set([make_commune("Villé", population=1754), make_commune("Barr", population=7)])

    response = EVERYBODY.get("/territories")

    assert response.json() == {
        "items": [
            {
                "kind": "zone",
                "code": "Z",
                "name": "Zone",
                "population": 1761,
                "communes_count": 2,
                "source": "Préfecture",
                "valid_on": "2025-01-01",
            }
        ],
        "next": None,
    }


def test_territories_of_a_commune_and_of_a_kind() -> None:
    ville = make_commune("Villé", "67507")
    make_commune("Barr", "67021")
    write_official(SHIPPED)
    make_zone("Z").communes.add(ville)
    make_zone("Y")

    assert codes(EVERYBODY.get("/territories", commune="67507")) == ["67", "246700744", "44", "Z"]
    assert codes(EVERYBODY.get("/territories", commune="67507", kind="zone")) == ["Z"]
    assert codes(EVERYBODY.get("/territories", kind="region")) == ["44"]
    assert codes(EVERYBODY.get("/territories", commune="99999")) == []


def test_pages_follow_each_other_without_gap_or_double() -> None:
    for number in range(5):
        make_zone(f"Z{number}")
        make_zone(f"Z{number}", kind="pays")

    seen: list[tuple[str, str]] = []
    cursor: dict[str, str] = {}
    while True:
        page = EVERYBODY.get("/territories", limit=3, **cursor).json()
        seen += [(item["kind"], item["code"]) for item in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}

    assert seen == [(kind, f"Z{n}") for kind in ("pays", "zone") for n in range(5)]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("kind", "canton"), ("commune", "7507"), ("commune", "67507\n"), ("cursor", "made-up")],
)
def test_a_wrong_parameter_is_named(parameter: str, value: str) -> None:
    response = EVERYBODY.get("/territories", **{parameter: value})

    problem = assert_problem(response, 422, "invalid_request")
    assert [error["parameter"] for error in problem["errors"]] == [parameter]


def test_the_queries_do_not_grow_with_the_territories() -> None:
    ville = make_commune("Villé", "67507")
    for number in range(20):
        make_zone(f"Z{number}").communes.add(ville)

    with CaptureQueriesContext(connection) as queries:
        assert len(codes(EVERYBODY.get("/territories", commune="67507"))) == 20

    assert len(queries) == 2
