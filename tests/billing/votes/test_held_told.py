"""Who runs sites is told which of their own prices a grid that was put in force will hold."""

from datetime import timedelta

import pytest

from billing.models import TariffGrid, Vote
from billing.prices.durations import Duration
from billing.votes.adopting import Deliberation
from billing.votes.telling import put_in_force
from billing.votes.voting import propose, vote
from network.models import User
from sites.models import Site
from tests.billing.tariffs import band, local_price, make_draft, make_grid
from tests.factories import NOW, holder, make_manager, make_site, make_space
from tests.mails import mailbox, words
from tests.tasks import RunTasks
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
CLOSES = NOW + timedelta(days=21)
LATER = CLOSES.date() + timedelta(days=9)
MAIL = """Prices of your sites from 23 December 2026
The network has a new tariff grid. From 23 December 2026 on, these prices of your own lie outside \
its bands. They are held to the nearest bound, or you set others before that day.

La Fabrique, Desk, Half-day: you ask €9.00, €8.40 will be charged

See the prices of my sites:
http://localhost:8000/manage/prices/

The Maillage network
http://localhost:8000
"""


@pytest.fixture
def site() -> Site:
    site = make_site("La Fabrique")
    make_space(site)
    return site


@pytest.fixture
def manager(site: Site) -> User:
    return make_manager(site, language="en")


def adopted(*voters: Site, at_most: int = 5) -> TariffGrid:
    """Put a grid in force that lets desks cost so many per cent more, carried by some places."""
    grid = make_draft(from_day=LATER)
    band(grid, at_most, at_most)
    proposal = propose(
        grid=grid, reasons="Energy", closes_at=CLOSES, by=holder("adopt_tariffgrid"), now=NOW
    )
    for one in voters:
        vote(proposal=proposal, site=one, choice=Vote.Choice.YES, by=make_manager(one), now=NOW)
    decided = Deliberation(CLOSES.date(), "2026-41")
    by = holder("adopt_tariffgrid")
    return put_in_force(grid=grid, deliberation=decided, by=by, now=CLOSES)


def test_one_mail_tells_each_price_and_what_is_charged_instead(
    site: Site, manager: User, run_tasks: RunTasks
) -> None:
    make_grid()
    local_price(site, Duration.HALF_DAY, 900)

    adopted(site)
    run_tasks()

    mine = [one for one in mailbox() if one["To"] == manager.email]
    assert [plain(words(one)) for one in mine] == [MAIL]


def test_nobody_is_told_where_the_grid_lets_prices_be(
    site: Site, manager: User, run_tasks: RunTasks
) -> None:
    make_grid()
    local_price(site, Duration.HALF_DAY, 900)

    adopted(site, at_most=20)

    assert run_tasks() == []


def test_a_manager_is_told_of_their_own_sites_alone(
    site: Site, manager: User, run_tasks: RunTasks
) -> None:
    make_grid()
    other = make_site("La Scierie")
    make_space(other)
    local_price(other, Duration.HALF_DAY, 900)

    adopted(other)
    run_tasks()

    assert manager.email not in [one["To"] for one in mailbox()]
    assert all("La Scierie" in words(one) for one in mailbox())


def test_who_has_set_another_price_meanwhile_or_runs_the_site_no_longer_is_not_told(
    site: Site, manager: User, run_tasks: RunTasks
) -> None:
    make_grid()
    local_price(site, Duration.HALF_DAY, 900)
    adopted(site)

    local_price(site, Duration.HALF_DAY, 830, starts_on=LATER)
    done = run_tasks()

    assert {one.return_value for one in done} == {"nothing held"}
    assert mailbox() == []
