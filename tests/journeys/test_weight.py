"""A page is light: read on a train, in a valley."""

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response

from tests.journeys.world import make_crowd, make_fabrique, tomorrow

OpenPage = Callable[..., Page]
MOST_BYTES = 150_000


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/", "/search/?on={on}", "/sites/la-fabrique/?on={on}"])
def test_a_page_with_all_it_loads_weighs_less_than_150_kb_compressed(
    page: OpenPage, path: str
) -> None:
    make_fabrique()
    make_crowd(30)
    tab = page()
    answers: list[Response] = []
    tab.on("response", lambda answer: answers.append(answer))

    tab.goto(path.format(on=tomorrow().isoformat()))
    tab.wait_for_load_state("networkidle")

    bodies = {answer.url: answer.body() for answer in answers}
    weight = sum(len(gzip.compress(body)) for body in bodies.values())
    assert len(bodies) > 5, "the page loads its styles and scripts"
    assert weight < MOST_BYTES
