"""The network team puts a carried grid in force, by the deliberation that followed the vote."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from time_machine import Traveller

from billing.models import Proposal, Vote
from tests.billing.pages.reading import page, signed_in, words_of
from tests.billing.tariffs import make_draft, make_grid, make_proposal, make_voter
from tests.factories import NOW, holder, make_manager, make_site, make_space

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)
#: The vote ends with 10 December, in Paris.
MIDNIGHT = datetime.fromisoformat("2026-12-10T23:00:00+00:00")
LATER = datetime.fromisoformat("2026-12-14T10:00:00+00:00")
DECIDED = {"day": "2026-12-12", "number": "2026-41"}


@pytest.fixture
def carried() -> Proposal:
    """A vote that the network's one place has carried."""
    make_grid()
    proposal = make_proposal(make_draft(from_day=NEW_YEAR, name="2027"), closes_at=MIDNIGHT)
    proposal.votes.create(site=make_voter(proposal), choice=Vote.Choice.YES, cast_at=NOW)
    return proposal


@pytest.fixture
def adopter(client: Client, frozen: Traveller) -> Client:
    """Somebody of the network team, some days after the vote."""
    frozen.move_to(LATER)
    return signed_in(client, holder("adopt_tariffgrid"))


def text() -> SimpleUploadedFile:
    return SimpleUploadedFile("d.pdf", b"%PDF-1.7\nstartxref\n0\n%%EOF", "application/pdf")


def adopt(client: Client, proposal: Proposal, **fields: Any) -> Any:
    return client.post(f"/manage/grids/{proposal.grid_id}/adopt/", DECIDED | fields)


def test_a_deliberation_is_of_a_day_after_the_votes_last_one(
    adopter: Client, carried: Proposal
) -> None:
    for day in ("2026-11-23", "2026-12-10"):
        answer = adopt(adopter, carried, day=day)
        assert answer.status_code == 409
        assert list(answer.context["form"].errors) == ["day"]
        assert "after the vote, whose last day was 10 December 2026" in words_of(answer)

    assert adopt(adopter, carried, day="2026-12-11").status_code == 302


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"day": "2026-12-15"}, "day"),
        ({"first_day": "2027-02-01"}, "first_day"),
    ],
)
def test_what_concerns_one_field_of_a_deliberation_is_refused_there(
    adopter: Client, carried: Proposal, fields: dict[str, str], field: str
) -> None:
    answer = adopt(adopter, carried, **fields)

    assert list(answer.context["form"].errors) == [field]


def test_a_later_first_day_that_is_missing_or_taken_is_asked_for_at_its_field(
    adopter: Client, carried: Proposal
) -> None:
    make_grid(from_day=NEW_YEAR)
    make_grid(from_day=date(2027, 2, 1))

    for day in ("", "2026-12-20", "2027-02-01"):
        answer = adopt(adopter, carried, first_day=day)
        assert list(answer.context["form"].errors) == ["first_day"]

    assert adopt(adopter, carried, first_day="2027-02-02").status_code == 302


def test_a_refused_deliberation_asks_for_its_file_again(adopter: Client, carried: Proposal) -> None:
    answer = adopt(adopter, carried, number="", document=text())

    assert answer.context["form"].errors["document"] == ["The file was not kept: choose it again."]
    assert "not kept" not in words_of(adopt(adopter, carried, number=""))


def test_the_text_of_a_deliberation_is_added_later_once(adopter: Client, carried: Proposal) -> None:
    adopt(adopter, carried)
    desk = f"/manage/grids/{carried.grid_id}/"
    assert "Add the text of the deliberation" in page(adopter, desk)
    assert "2026-41, 12 December 2026" in page(adopter, f"{desk}document/")

    empty = adopter.post(f"{desk}document/")
    adopter.post(f"{desk}document/", {"document": text()})

    assert empty.status_code == 409
    assert "Add the text" not in page(adopter, desk)
    carried.grid.refresh_from_db()
    published = carried.grid.deliberation_document
    assert published.url in adopter.get(f"/tariffs/{carried.grid_id}/").content.decode()
    again = adopter.post(f"{desk}document/", {"document": text()})
    assert again.status_code == 404
    carried.grid.refresh_from_db()
    assert carried.grid.deliberation_document == published


def test_the_text_of_a_deliberation_is_added_by_the_network_team_alone(client: Client) -> None:
    grid = make_grid()
    signed_in(client, make_manager(make_site()))

    answer = client.post(f"/manage/grids/{grid.pk}/document/", {"document": text()})

    assert answer.status_code == 403
    assert "Add the text" not in page(client, f"/manage/grids/{grid.pk}/")


def test_a_draft_has_no_page_for_the_text_of_a_deliberation(
    adopter: Client, carried: Proposal
) -> None:
    assert adopter.get(f"/manage/grids/{carried.grid_id}/document/").status_code == 404


def test_the_record_of_a_vote_says_by_what_and_from_when_on_its_grid_is_in_force(
    adopter: Client, carried: Proposal
) -> None:
    record = f"/tariffs/proposals/{carried.pk}/"
    assert "The grid is to hold from 1 January 2027." in page(adopter, record)

    adopt(adopter, carried)

    told = page(adopter, record)
    assert "Adopted by deliberation 2026-41 of 12 December 2026: in force from 1 Jan" in told
    assert "is to hold" not in told


def test_the_record_of_a_vote_that_failed_says_from_when_on_its_grid_was_to_hold(
    adopter: Client, carried: Proposal
) -> None:
    carried.votes.update(choice=Vote.Choice.NO)

    told = page(adopter, f"/tariffs/proposals/{carried.pk}/")

    assert "The grid was to hold from 1 January 2027." in told


def test_a_grid_that_cannot_be_put_in_force_has_the_reason_instead_of_a_form(
    adopter: Client, carried: Proposal
) -> None:
    desk, votes = f"/manage/grids/{carried.grid_id}/adopt/", carried.votes
    assert "Number of the deliberation" in page(adopter, desk)

    votes.update(choice=Vote.Choice.NO)
    lost = page(adopter, desk)
    Proposal.objects.update(closes_at=LATER + timedelta(hours=1))
    running = page(adopter, desk)
    votes.update(choice=Vote.Choice.YES)
    Proposal.objects.update(closes_at=MIDNIGHT)
    make_space(make_site(), kind="meeting_room")
    incomplete = page(adopter, desk)

    assert "The places did not carry this grid." in lost
    assert "The vote on this grid still runs." in running
    assert "The grid has no price for: Meeting room" in incomplete
    for told in (lost, running, incomplete):
        assert "Number of the deliberation" not in told


def test_a_vote_that_cannot_be_opened_or_withdrawn_has_the_reason_instead_of_a_form(
    adopter: Client, carried: Proposal
) -> None:
    opening = page(adopter, f"/manage/grids/{carried.grid_id}/vote/")
    withdrawing = page(adopter, f"/tariffs/proposals/{carried.pk}/withdraw/")

    assert "A grid is put to the vote once" in opening
    assert "The vote has ended." in withdrawing
    assert "Reasons" not in opening
    assert "Everybody can read it" not in withdrawing
