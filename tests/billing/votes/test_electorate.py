"""The places that have a vote stay those that took bookings when it opened, deleted or not."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import ProtectedError

from billing.models import Elector, Proposal, Vote
from billing.votes.counting import Outcome, outcome
from sites.models import Site
from tests.billing.tariffs import make_draft, make_proposal
from tests.factories import NOW, make_site

BACKFILL = "0012_electorates_of_earlier_votes"
backfill = import_module(f"billing.migrations.{BACKFILL}")


def names(proposal: Proposal) -> list[str]:
    return sorted(proposal.electorate.values_list("name", flat=True))


@pytest.mark.django_db
def test_a_place_that_kept_silent_is_not_deleted_so_that_the_result_stays() -> None:
    voter, silent = make_site("Barr"), [make_site(f"Silent {number}") for number in range(2)]
    proposal = make_proposal(make_draft())
    proposal.votes.create(site=voter, choice=Vote.Choice.YES, cast_at=NOW)

    for site in silent:
        with pytest.raises(ProtectedError):
            site.delete()
    with pytest.raises(ProtectedError):
        Site.objects.filter(name__startswith="Silent").delete()

    assert outcome(proposal).places == 3
    assert outcome(proposal).verdict == Outcome.NO_QUORUM


@pytest.mark.django_db
def test_a_comment_stays_that_of_its_place_which_is_not_deleted() -> None:
    proposal = make_proposal(make_draft())
    newer = make_site("La Scierie")
    comment = proposal.comments.create(site=newer, text="Too dear.", written_at=NOW)

    with pytest.raises(ProtectedError):
        newer.delete()

    comment.refresh_from_db()
    assert comment.site == newer


@pytest.mark.django_db
def test_a_place_of_no_vote_is_deleted() -> None:
    make_proposal(make_draft())

    make_site().delete()

    assert not Site.objects.exists()


@pytest.mark.django_db
def test_earlier_votes_are_given_the_active_places_and_those_that_voted() -> None:
    active, voted, silent = (make_site(name) for name in ("Active", "Voted", "Silent"))
    first, second = (make_proposal(make_draft()) for _number in range(2))
    first.votes.create(site=voted, choice=Vote.Choice.NO, cast_at=NOW)
    Site.objects.filter(pk__in=[voted.pk, silent.pk]).update(is_active=False)
    Elector.objects.all().delete()

    backfill.settle(MigrationLoader(None).project_state([("billing", BACKFILL)]).apps, None)

    assert names(first) == ["Active", "Voted"]
    assert names(second) == [active.name]


@pytest.fixture
def back_and_forth() -> Iterator[None]:
    """Come forward again at the end, whatever the test did."""
    yield
    call_command("migrate", verbosity=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("back_and_forth")
def test_the_places_of_a_vote_stay_when_their_protection_is_taken_back_and_comes_again() -> None:
    make_site("Barr")
    proposal = make_proposal(make_draft())

    call_command("migrate", "billing", BACKFILL, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM billing_proposal_electorate")
        assert cursor.fetchone() == (1,)
    call_command("migrate", "billing", verbosity=0)

    assert names(proposal) == ["Barr"]
    proposal.electorate.add(make_site("Villé"))
    assert names(proposal) == ["Barr", "Villé"]
