"""Pages refuse a first day that cannot be, and name the first one that can."""

from datetime import date

import pytest
from django.test import Client

from billing.models import TariffGrid
from tests.billing.pages.reading import signed_in, words_of
from tests.billing.pages.test_drafts import NEW_YEAR, page, send
from tests.billing.tariffs import make_draft, make_grid
from tests.factories import holder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def adopter(client: Client) -> Client:
    return signed_in(client, holder("adopt_tariffgrid"))


def test_a_draft_for_a_day_that_cannot_be_is_not_made_and_the_first_possible_one_is_named(
    adopter: Client,
) -> None:
    grid = make_grid()
    asked = {"name": "2027", "in_force_from": "2026-12-01", "source": grid.pk}

    told = words_of(adopter.post("/manage/grids/new/", asked))

    assert "the grid can begin on 2 December 2026 at the earliest" in told
    assert not TariffGrid.objects.drafts().exists()
    adopter.post("/manage/grids/new/", asked | {"in_force_from": "2026-12-02"})
    assert TariffGrid.objects.drafts().get().in_force_from == date(2026, 12, 2)


def test_a_draft_is_not_put_off_to_a_day_that_cannot_be(adopter: Client) -> None:
    make_grid()
    draft = make_draft(from_day=NEW_YEAR)

    answer = send(adopter, draft, "name/", name="2027", in_force_from="2026-11-23")

    assert answer.status_code == 409
    assert list(answer.context["form"].errors) == ["in_force_from"]
    assert "can begin on 2 December 2026 at the earliest" in words_of(answer)


def test_the_page_of_a_vote_that_cannot_be_proposes_no_end_in_the_past(adopter: Client) -> None:
    draft = make_draft(from_day=date(2026, 11, 24))

    told = page(adopter, draft, "vote/")
    answer = send(adopter, draft, "vote/", reasons="Heating", last_day="2026-12-10")

    assert "Its last day is" not in told
    for words in (told, words_of(answer)):
        assert "the grid can begin on 2 December 2026 at the earliest" in words
    assert "end the vote earlier" not in words_of(answer)
