"""The list of grids says what became of each vote, so that the team sees what is to be done."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from time_machine import Traveller

from billing.models import Proposal, Vote
from tests.billing.pages.reading import signed_in, words_of
from tests.billing.tariffs import make_draft, make_grid, make_proposal, make_voter
from tests.factories import NOW, holder, make_operator

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


def test_a_vote_that_is_over_is_told_as_past_and_one_that_was_withdrawn_until_then(
    client: Client, frozen: Traveller
) -> None:
    client.cookies["django_language"] = "en"
    midnight = datetime.fromisoformat("2026-12-10T23:00:00+00:00")
    ended = make_proposal(make_draft(), closes_at=midnight)
    off = NOW + timedelta(hours=2)
    withdrawn = make_proposal(make_draft(), closes_at=midnight, withdrawal_reason="A wrong price")
    pages = [f"/tariffs/proposals/{one.pk}/" for one in (ended, withdrawn)]
    running = [words_of(client.get(one)) for one in ("/tariffs/proposals/", *pages)]

    Proposal.objects.filter(pk=withdrawn.pk).update(withdrawn_at=off)
    frozen.move_to(midnight)
    listed, over, called_off = (
        words_of(client.get(one)) for one in ("/tariffs/proposals/", *pages)
    )

    for told in running:
        assert "Vote from 23 November 2026 to 10 December 2026, this day included" in told
        assert "took place" not in told
    whole = "The vote took place from 23 November 2026 to 10 December 2026, this day included"
    part = "The vote took place from 23 November 2026 until 23 November 2026, 12:30"
    assert whole in listed
    assert part in listed
    assert whole in over
    assert part in called_off


def test_a_draft_is_written_and_what_is_put_to_the_vote_is_proposed(client: Client) -> None:
    operator = make_operator("Giessen")
    own, asked = (make_draft(operator=operator) for _number in range(2))
    make_proposal(asked)
    signed_in(client, holder("adopt_tariffgrid"))

    assert "Written by Giessen" in words_of(client.get(f"/manage/grids/{own.pk}/"))
    assert "Proposed by Giessen" in words_of(client.get(f"/manage/grids/{asked.pk}/"))
