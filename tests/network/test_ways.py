"""A breadcrumb leads to every page but the one that it is on."""

from network.ways import step, way


def test_the_last_step_is_the_page_itself_and_has_no_link() -> None:
    steps = (step("Tariffs", "tariffs"), step("Passes", "passes"))

    assert way(*steps) == [{"text": "Tariffs", "href": "/tariffs/"}, {"text": "Passes"}]


def test_a_page_may_be_told_beside_the_steps_to_it() -> None:
    way_back = way(step("Tariffs", "tariffs"), here="Simulator")

    assert way_back == [{"text": "Tariffs", "href": "/tariffs/"}, {"text": "Simulator"}]
