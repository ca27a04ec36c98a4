"""What is proposed, what it changes and how places vote is public; operators vote and comment."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from time_machine import Traveller

from billing.models import PassOffer, Proposal, TariffGrid, Vote
from billing.prices.durations import Duration
from tests.billing.pages.reading import signed_in, words_of
from tests.billing.tariffs import (
    band,
    local_price,
    make_draft,
    make_grid,
    make_proposal,
    make_voter,
    off_peak,
    price,
)
from tests.factories import NOW, holder, make_manager, make_operator, make_site, make_user

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture(autouse=True)
def clock(frozen: Traveller) -> Traveller:
    return frozen


@pytest.fixture
def proposal() -> Proposal:
    band(make_grid(), 10, 25)
    draft = make_draft({Duration.HALF_DAY: 800, Duration.DAY: 1500}, from_day=NEW_YEAR, name="2027")
    price(draft, Duration.DAY, 3000, kind="office")
    return make_proposal(draft)


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def address(proposal: Proposal, rest: str = "") -> str:
    return f"/tariffs/proposals/{proposal.pk}/{rest}"


def test_everybody_reads_the_reasons_and_what_changes_by_how_much(
    english: Client, proposal: Proposal
) -> None:
    off_peak(proposal.grid, 0, "16:00", "00:00")
    PassOffer.objects.create(
        grid=proposal.grid, code="ten", name="Ten", half_days=10, price_cents=6500
    )

    told = words_of(english.get(address(proposal)))

    assert "Heating costs more." in told
    assert "1 price rises, 0 fall, 1 stays." in told
    assert "Desk, Day €14.00 €15.00 +€1.00 (+7.1%)" in told
    assert "Office, Day – €30.00 new" in told
    assert "Desk, Hour €3.00 – no longer sold" in told
    assert "Desk: a site may ask from 0% less to 0% more (before: 10% and 25%)." in told
    assert "Newly off peak: Monday, 16:00 – 24:00" in told
    assert "New pass: Ten, €65.00" in told


def test_the_changes_are_those_from_the_grid_that_the_proposed_one_would_follow(
    english: Client, proposal: Proposal
) -> None:
    make_grid({Duration.DAY: 1600}, from_day=date(2026, 12, 31), name="December")
    make_grid({Duration.DAY: 9900}, from_day=NEW_YEAR + timedelta(days=1), name="Later")
    make_draft({Duration.DAY: 8800}, from_day=date(2026, 12, 31))

    told = words_of(english.get(address(proposal)))

    assert "€16.00 €15.00" in told
    assert "Beside the grid that is in force until then: December" in told
    assert "Prices that change from the grid “December”, VAT included" in told


def test_own_prices_that_the_proposed_bands_would_hold_are_listed_for_who_votes(
    english: Client, proposal: Proposal
) -> None:
    site = make_site("La Fabrique")
    local_price(site, Duration.HALF_DAY, 850)
    local_price(site, Duration.DAY, 1500)

    told = words_of(english.get(address(proposal)))

    assert "1 own price of a site lies outside the bands of this grid" in told
    assert "La Fabrique Desk, Half-day 23 November 2026 €8.50 €0.50 above the band €8.00" in told


def test_what_was_voted_on_is_told_as_it_was_whatever_is_adopted_after_the_vote(
    english: Client, proposal: Proposal
) -> None:
    late = proposal.closes_at + timedelta(hours=1)
    make_grid({Duration.DAY: 1600}, from_day=date(2026, 12, 20), adopted_at=late)
    proposal.grid.planned_from, proposal.grid.in_force_from = NEW_YEAR, date(2027, 4, 1)
    proposal.grid.adopted_at, proposal.grid.deliberation_number = late, "2027-1"
    proposal.grid.deliberated_on = NEW_YEAR
    proposal.grid.save()

    assert "€14.00 €15.00" in words_of(english.get(address(proposal)))


def test_the_name_of_the_grid_before_is_words_and_never_markup(
    english: Client, proposal: Proposal
) -> None:
    TariffGrid.objects.adopted().update(name="<b>Bold</b>")

    assert b"<b>Bold" not in english.get(address(proposal)).content


def test_votes_of_places_are_public_and_who_cast_them_is_not(
    english: Client, proposal: Proposal
) -> None:
    site = make_voter(proposal)
    manager = make_manager(site, name="Julien Herrmann")
    proposal.votes.create(site=site, choice=Vote.Choice.NO, cast_by=manager, cast_at=NOW)
    proposal.comments.create(site=site, text="Too dear.", author=manager, written_at=NOW)

    told = words_of(english.get(address(proposal)))

    assert "1 place of 1 has voted" in told
    assert "La Fabrique Against 23 November 2026" in told
    assert "Too dear." in told
    assert "at least 50% of the places must vote" in told
    assert "Julien" not in told


def test_an_operator_votes_for_each_of_its_sites_and_changes_its_mind(
    client: Client, proposal: Proposal
) -> None:
    operator = make_operator()
    first, second, third = (make_voter(proposal, operator=operator) for _number in range(3))
    signed_in(client, make_manager(first))

    votes = {f"site-{first.pk}": "yes", f"site-{second.pk}": "no"}
    client.post(address(proposal, "votes/"), votes)
    client.post(address(proposal, "votes/"), {f"site-{second.pk}": "abstain"})

    told = dict(proposal.votes.values_list("site", "choice"))
    assert told == {first.pk: "yes", second.pk: "abstain"}
    assert third.pk not in told
    assert "Your votes are counted." in words_of(client.get(address(proposal)))


def test_a_site_opened_since_the_vote_was_is_told_why_it_has_none_and_comments(
    client: Client, proposal: Proposal
) -> None:
    old = make_voter(proposal, "La Fabrique")
    new = make_site("La Scierie", operator=old.operator)
    signed_in(client, make_manager(old))

    client.post(address(proposal, "votes/"), {f"site-{new.pk}": "yes"})
    client.post(
        address(proposal, "comments/"), {"comment-site": str(new.pk), "comment-text": "Hm."}
    )

    told = words_of(client.get(address(proposal)))
    assert "they took no bookings when this vote was opened: La Scierie" in told
    assert proposal.comments.get().site == new
    assert not proposal.votes.exists()


def test_a_vote_for_somebody_elses_place_counts_for_nothing(
    client: Client, proposal: Proposal
) -> None:
    other = make_voter(proposal)
    signed_in(client, make_manager(make_voter(proposal)))

    client.post(address(proposal, "votes/"), {f"site-{other.pk}": "yes"})

    assert not proposal.votes.exists()


def test_who_chose_nothing_is_not_told_that_it_is_counted(
    client: Client, proposal: Proposal
) -> None:
    client.force_login(make_user(language="en"))

    client.post(address(proposal, "votes/"), {"site-1": "no"})

    assert "No vote was chosen" in words_of(client.get(address(proposal)))


def test_an_unknown_vote_is_refused(client: Client, proposal: Proposal) -> None:
    site = make_voter(proposal)
    signed_in(client, make_manager(site))

    answer = client.post(address(proposal, "votes/"), {f"site-{site.pk}": "perhaps"})

    assert answer.status_code == 409
    assert not proposal.votes.exists()


@pytest.mark.parametrize("rest", ["votes/", "comments/"])
def test_strangers_neither_vote_nor_comment(client: Client, proposal: Proposal, rest: str) -> None:
    site = make_voter(proposal)
    sent = {f"site-{site.pk}": "yes", "comment-site": str(site.pk), "comment-text": "Hm"}

    assert client.post(address(proposal, rest), sent).status_code == 302
    signed_in(client, make_user())
    client.post(address(proposal, rest), sent)

    assert not proposal.votes.exists()
    assert not proposal.comments.exists()
    assert "Votes of my sites" not in words_of(client.get(address(proposal)))


def test_operators_comment_for_a_site_and_the_team_for_itself(
    client: Client, proposal: Proposal
) -> None:
    site = make_voter(proposal)
    signed_in(client, make_manager(site))
    said = {"comment-site": str(site.pk), "comment-text": "Too dear."}
    client.post(address(proposal, "comments/"), said)
    empty = client.post(address(proposal, "comments/"), said | {"comment-text": " "})
    signed_in(client, holder("adopt_tariffgrid"))
    client.post(address(proposal, "comments/"), {"comment-site": "", "comment-text": "Noted."})

    told = list(proposal.comments.order_by("pk").values_list("site", "text"))
    assert told == [(site.pk, "Too dear."), (None, "Noted.")]
    assert empty.status_code == 409
    assert "Network team Noted." in words_of(client.get(address(proposal)))


def test_after_the_end_it_is_refused_in_words_and_the_result_is_told(
    client: Client, proposal: Proposal, clock: Traveller
) -> None:
    site = make_voter(proposal)
    manager = make_manager(site)
    signed_in(client, manager)
    client.post(address(proposal, "votes/"), {f"site-{site.pk}": "yes"})
    clock.move_to(proposal.closes_at)
    signed_in(client, manager)  # three weeks end a session too

    answer = client.post(address(proposal, "votes/"), {f"site-{site.pk}": "no"})

    assert answer.status_code == 409
    told = words_of(answer)
    assert "The vote has ended." in told
    assert "The places carried this grid." in told
    assert "Votes of my sites" not in told
    assert proposal.votes.get().choice == "yes"


def test_who_proposed_withdraws_with_a_reason_that_everybody_reads(
    client: Client, english: Client, proposal: Proposal
) -> None:
    site = make_voter(proposal)
    signed_in(client, make_manager(site))
    assert "Withdraw this vote" not in words_of(client.get(address(proposal)))
    assert client.get(address(proposal, "withdraw/")).status_code == 403
    assert client.post(address(proposal, "withdraw/"), {"reason": "No"}).status_code == 403
    signed_in(client, holder("adopt_tariffgrid"))
    assert "Withdraw this vote" in words_of(client.get(address(proposal)))

    silent = client.post(address(proposal, "withdraw/"), {"reason": " "})
    client.post(address(proposal, "withdraw/"), {"reason": "A wrong price."})

    assert silent.status_code == 409
    told = words_of(Client(headers={"accept-language": "en"}).get(address(proposal)))
    assert "Withdrawn on 23 November 2026" in told
    assert "Why the vote was withdrawn A wrong price. Withdrawn by the network team" in told
    assert "Withdrawn" in words_of(english.get("/tariffs/proposals/"))
    again = client.post(address(proposal, "withdraw/"), {"reason": "Again"})
    assert "The vote was withdrawn." in words_of(again)


def test_a_first_day_that_was_put_off_is_told_on_the_record(
    english: Client, proposal: Proposal
) -> None:
    proposal.grid.planned_from, proposal.grid.in_force_from = NEW_YEAR, date(2027, 4, 1)
    proposal.grid.save()

    told = words_of(english.get(address(proposal)))

    assert "The grid was to hold from 1 January 2027." in told
    assert "it holds from 1 April 2027." in told


def test_proposals_are_listed_in_a_fixed_number_of_queries(
    english: Client, proposal: Proposal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        make_proposal(make_draft(name=f"Grid {number}"))

    with django_assert_num_queries(1):
        told = words_of(english.get("/tariffs/proposals/"))

    assert told.count("The vote runs") == 5


def test_a_proposal_takes_as_many_queries_however_many_vote(
    english: Client, proposal: Proposal, django_assert_max_num_queries: Any
) -> None:
    for _number in range(6):
        site = make_voter(proposal)
        proposal.votes.create(site=site, choice=Vote.Choice.YES, cast_at=NOW)
        proposal.comments.create(site=site, text="Yes", written_at=NOW)

    with django_assert_max_num_queries(22):
        english.get(address(proposal))


def test_a_grid_of_a_day_to_come_is_said_to_hold_from_then_on(
    english: Client, proposal: Proposal, clock: Traveller
) -> None:
    day = {"adopted_at": NOW, "deliberated_on": NOW.date(), "deliberation_number": "7"}
    TariffGrid.objects.filter(pk=proposal.grid_id).update(**day)

    assert "In force from 1 January 2027" in words_of(english.get("/tariffs/proposals/"))
    clock.shift(timedelta(days=60))
    assert "In force from" not in words_of(english.get("/tariffs/proposals/"))


@pytest.mark.parametrize("nothing", ["\u200b", "\u202e\u00a0\u2060"])
def test_a_comment_in_which_nothing_can_be_read_is_refused(
    english: Client, proposal: Proposal, nothing: str
) -> None:
    site = make_voter(proposal)
    typed = {"comment-site": str(site.pk), "comment-text": nothing}

    answer = signed_in(english, make_manager(site)).post(address(proposal, "comments/"), typed)

    assert "An answer is missing here." in words_of(answer)
    assert not proposal.comments.exists()
