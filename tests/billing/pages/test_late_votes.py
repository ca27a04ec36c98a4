"""What is sent of a vote when it is over, or after signing in anew, is given back and not lost."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from time_machine import Traveller

from billing.models import Proposal
from sites.models import Site
from tests.billing.pages.reading import signed_in, words_of
from tests.billing.tariffs import make_draft, make_proposal, make_voter
from tests.factories import NOW, make_manager

pytestmark = pytest.mark.django_db
SAID = "Heating is dear here too."


@pytest.fixture
def proposal(frozen: Traveller) -> Proposal:
    return make_proposal(make_draft(), closes_at=NOW + timedelta(minutes=1))


@pytest.fixture
def site(proposal: Proposal) -> Site:
    return make_voter(proposal)


@pytest.fixture
def late(client: Client, frozen: Traveller, site: Site) -> Client:
    """Somebody who runs the site, a minute after the end of the vote."""
    frozen.shift(timedelta(minutes=2))
    return signed_in(client, make_manager(site))


def address(proposal: Proposal, rest: str) -> str:
    return f"/tariffs/proposals/{proposal.pk}/{rest}/"


def comment_of(site: Site, text: str = SAID) -> dict[str, str]:
    return {"comment-site": str(site.pk), "comment-text": text}


def test_a_comment_sent_after_the_end_is_given_back_to_copy_with_why(
    late: Client, proposal: Proposal, site: Site
) -> None:
    answer = late.post(address(proposal, "comments"), comment_of(site))

    assert answer.status_code == 409
    told = words_of(answer)
    assert "The vote has ended." in told
    assert f"neither counted nor published. What you sent, to copy {SAID}" in told
    assert "Publish the comment" not in told


def test_a_comment_that_was_faulty_too_is_given_back_after_the_end(
    late: Client, proposal: Proposal
) -> None:
    sent = {"comment-site": "", "comment-text": SAID}

    assert SAID in words_of(late.post(address(proposal, "comments"), sent))


def test_votes_sent_after_the_end_are_told_by_place(
    late: Client, proposal: Proposal, site: Site
) -> None:
    answer = late.post(address(proposal, "votes"), {f"site-{site.pk}": "no"})

    assert f"What you sent, to copy {site.name} – Against" in words_of(answer)


def test_who_only_reads_a_vote_that_is_over_is_told_of_nothing_sent(
    late: Client, proposal: Proposal
) -> None:
    assert "Sent too late" not in words_of(late.get(address(proposal, "comments")))


def test_what_was_typed_comes_back_after_signing_in_anew(
    client: Client, proposal: Proposal, site: Site
) -> None:
    sent = client.post(address(proposal, "comments"), comment_of(site))
    back = sent.headers["Location"].partition("next=")[2]
    signed_in(client, make_manager(site))

    answer = client.get(unquote(back))

    assert answer.status_code == 200
    assert answer.context["say"].comment["text"].value() == SAID
    assert not proposal.comments.exists()
