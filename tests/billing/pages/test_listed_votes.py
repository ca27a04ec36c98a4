"""The list of grids says what became of each vote, so that the team sees what is to be done."""

from datetime import date, timedelta

import pytest
from django.test import Client
from time_machine import Traveller

from billing.models import Vote
from tests.billing.pages.reading import signed_in, words_of
from tests.billing.tariffs import make_draft, make_grid, make_proposal, make_voter
from tests.factories import NOW, holder

pytestmark = pytest.mark.django_db


def test_a_vote_that_is_over_is_listed_with_what_it_decided(
    client: Client, frozen: Traveller
) -> None:
    team = holder("adopt_tariffgrid")
    make_grid()
    for name, choice in (("Refused", Vote.Choice.NO), ("Wanted", Vote.Choice.YES)):
        proposal = make_proposal(make_draft(name=name, from_day=date(2027, 1, 1)))
        proposal.votes.create(site=make_voter(proposal), choice=choice, cast_at=NOW)
    make_proposal(make_draft(name="Silent", from_day=date(2027, 1, 1)))

    assert (
        words_of(signed_in(client, team).get("/manage/grids/")).count("Submitted to the vote") == 3
    )
    frozen.shift(timedelta(days=22))
    told = words_of(signed_in(client, team).get("/manage/grids/"))

    assert "Submitted to the vote" not in told
    assert (told.count("Not carried"), told.count("Carried")) == (2, 1)
