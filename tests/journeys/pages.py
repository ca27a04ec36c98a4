"""Every page, who looks at it, and the world that all are about. A new page is one line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page

from billing.cancelling.policies import Terms
from billing.cancelling.setting import set_site_policy
from billing.groups.granting import Grant, grant_group
from billing.issuers.regimes import Standing, tell_regime
from billing.models import GroupMembership, Proposal, TariffGrid
from billing.prices.durations import Duration
from billing.prices.groups import Group
from billing.prices.vat import Regime
from bookings.models import Booking
from bookings.reminders.links import cancel_token, stop_token, times_on
from network.models import User
from sites.models import Site
from subscriptions.models import Plan
from tests.billing.bought import held_pass
from tests.billing.tariffs import (
    local_price,
    make_carried,
    make_draft,
    make_tariffs,
    make_vote,
    price,
    subsidy,
)
from tests.factories import holder, make_manager, make_space, make_user
from tests.journeys.employers import EMPLOYER_PAGES, EMPLOYER_VARIANTS, make_staff
from tests.journeys.who import EMPLOYER, MANAGER, NEWCOMER, NOBODY, OFFICIAL, REGULAR, TEAM
from tests.journeys.world import (
    at_text,
    book_day,
    book_morning,
    close_tomorrow,
    fill_diary,
    make_bus,
    make_fabrique,
    make_official,
    make_open_site,
    tomorrow,
)
from tests.network.people import make_member
from tests.subscriptions.plans import make_plan, make_version

OpenPage = Callable[..., Page]
#: What the network team may do about prices.
OF_TEAM = (
    *("adopt_tariffgrid", "change_cancellationpolicy"),
    *("add_groupmembership", "view_groupmembership", "manage_plans"),
)

#: Name, address, who looks. {on}: tomorrow; {room}, {lone}: spaces; {reference}: a booking to come.
PAGES = [
    ("home", "/", NOBODY),
    ("home of a regular", "/", REGULAR),
    ("results", "/search/?where=Villé&on={on}", NOBODY),
    ("results with no room", "/search/?where=Villé&on={on}&people=400", NOBODY),
    ("results of a bad search", "/search/?where=Nulle-Part-sur-Ill&on=1999-01-01", NOBODY),
    ("open site", "/sites/la-fabrique/?on={on}", NOBODY),
    ("closed site", "/sites/le-ferme/?on={on}", NOBODY),
    ("itinerant site", "/sites/le-bus/?on={on}", NOBODY),
    ("review", "/book/{room}/?at={later}", NEWCOMER),
    ("review of a visitor", "/book/{room}/?at={later}", NOBODY),
    ("refused review", "/book/{lone}/?at={at}", NEWCOMER),
    ("review with a pass", "/book/{room}/?at={later}", REGULAR),
    ("booking", "/bookings/{reference}/", REGULAR),
    ("booking with a pass", "/bookings/{covered}/", REGULAR),
    ("booking to pay", "/bookings/{owed}/", OFFICIAL),
    ("cancelled booking", "/bookings/{cancelled}/", REGULAR),
    ("past booking", "/bookings/{past}/", REGULAR),
    ("bookings", "/bookings/", REGULAR),
    ("no bookings", "/bookings/", NEWCOMER),
    ("change", "/bookings/{reference}/change/", REGULAR),
    ("change too late", "/bookings/{past}/change/", REGULAR),
    ("cancel", "/bookings/{reference}/cancel/", REGULAR),
    ("cancel with a pass", "/bookings/{covered}/cancel/", REGULAR),
    ("cancel what is to pay", "/bookings/{owed}/cancel/", OFFICIAL),
    ("change with a pass", "/bookings/{covered}/change/", REGULAR),
    ("give back", "/bookings/{reference}/give-back/", REGULAR),
    ("nothing to give back", "/bookings/{past}/give-back/", REGULAR),
    ("link that cancels", "/reminders/cancel/{cancel_link}/", NOBODY),
    ("link that does not work", "/reminders/cancel/{cancel_link}x/", NOBODY),
    ("link that stops reminders", "/reminders/stop/{stop_link}/", NOBODY),
    ("calendar", "/account/calendar/", NEWCOMER),
    ("sign in", "/account/login/", NOBODY),
    ("sign in by password", "/account/login/password/", NOBODY),
    ("sign up", "/account/signup/", NOBODY),
    ("password reset", "/account/password/reset/", NOBODY),
    ("sign out", "/account/logout/", NEWCOMER),
    ("account", "/account/", NEWCOMER),
    ("account of a manager", "/account/", MANAGER),
    ("organisations", "/account/organisations/", OFFICIAL),
    ("e-mail address", "/account/email/", NEWCOMER),
    ("password", "/account/password/change/", NEWCOMER),
    ("tokens", "/account/tokens/", NEWCOMER),
    ("second factor", "/account/2fa/", NEWCOMER),
    ("sessions", "/account/sessions/", NEWCOMER),
    ("tariffs", "/tariffs/", NOBODY),
    ("simulator", "/tariffs/simulator/", NOBODY),
    ("simulated use", "/tariffs/simulator/?site1=La+Fabrique&days1=2&half_days1=1", NOBODY),
    ("bad simulation", "/tariffs/simulator/?site1=Nulle-Part-sur-Ill&days1=2", NOBODY),
    ("passes", "/passes/", NOBODY),
    ("passes are bought at a site", "/passes/{offer}/", NEWCOMER),
    ("a pass to confirm", "/passes/{offer}/?site=la-fabrique", NEWCOMER),
    ("a pass of no site", "/passes/{offer}/?site=nowhere", NEWCOMER),
    ("credits", "/account/credits/", REGULAR),
    ("no credits", "/account/credits/", NEWCOMER),
    ("history of a pass", "/account/credits/{pass}/", REGULAR),
    ("statement", "/account/statements/{month}/", REGULAR),
    ("statement of nothing", "/account/statements/{month}/", NEWCOMER),
    ("statements of an operator", "/manage/statements/", MANAGER),
    ("statement of an operator", "/manage/statements/{operator}/earned/{month}/", MANAGER),
    ("proposals", "/tariffs/proposals/", NOBODY),
    ("proposal", "/tariffs/proposals/{proposal}/", NOBODY),
    ("proposal to vote on", "/tariffs/proposals/{proposal}/", MANAGER),
    ("vote to withdraw", "/tariffs/proposals/{proposal}/withdraw/", TEAM),
    ("prices of sites", "/manage/prices/", MANAGER),
    ("prices of a site", "/manage/prices/la-fabrique/", MANAGER),
    ("price to set", "/manage/prices/la-fabrique/desk/half_day/standard/", MANAGER),
    ("price to withdraw", "/manage/prices/la-fabrique/desk/half_day/standard/withdraw/", MANAGER),
    ("cancelling at a site", "/manage/cancelling/sites/la-fabrique/", MANAGER),
    ("rule of a site", "/manage/cancelling/sites/la-fabrique/desk/", MANAGER),
    ("cancelling in the network", "/manage/cancelling/", TEAM),
    ("rule of the network", "/manage/cancelling/desk/", TEAM),
    ("regimes of VAT", "/manage/vat/", MANAGER),
    ("a regime of VAT", "/manage/vat/{operator}/", MANAGER),
    ("passes that were sold", "/manage/passes/", MANAGER),
    ("correct a pass", "/manage/passes/{pass}/", MANAGER),
    ("groups of customers", "/manage/groups/", MANAGER),
    ("groups of everybody", "/manage/groups/", TEAM),
    ("a group to give", "/manage/groups/new/", MANAGER),
    ("a group to end", "/manage/groups/{group}/end/", MANAGER),
    ("conformity", "/manage/conformity/", TEAM),
    ("dispersion", "/manage/dispersion/", TEAM),
    ("grids", "/manage/grids/", TEAM),
    ("new draft", "/manage/grids/new/", TEAM),
    ("draft", "/manage/grids/{draft}/", TEAM),
    ("name of a draft", "/manage/grids/{draft}/name/", TEAM),
    ("prices of a draft", "/manage/grids/{draft}/prices/rural/", TEAM),
    ("bands of a draft", "/manage/grids/{draft}/bands/rural/", TEAM),
    ("off-peak hours of a draft", "/manage/grids/{draft}/off-peak/", TEAM),
    ("passes of a draft", "/manage/grids/{draft}/passes/", TEAM),
    ("draft to delete", "/manage/grids/{draft}/discard/", TEAM),
    ("grids of an operator", "/manage/grids/", MANAGER),
    ("draft of an operator", "/manage/grids/{own_draft}/", MANAGER),
    ("draft to put to the vote", "/manage/grids/{draft}/vote/", TEAM),
    ("draft to put in force", "/manage/grids/{carried}/adopt/", TEAM),
    ("text of a deliberation", "/manage/grids/{grid}/document/", TEAM),
    ("plans", "/plans/", NOBODY),
    ("plans of the team", "/manage/plans/", TEAM),
    ("new plan", "/manage/plans/new/", TEAM),
    ("plan", "/manage/plans/mi-temps/", TEAM),
    ("terms of a plan", "/manage/plans/mi-temps/terms/", TEAM),
    ("plan to put in force", "/manage/plans/mi-temps/publish/", TEAM),
    ("plan to withdraw", "/manage/plans/mi-temps/withdraw/", TEAM),
    ("plan to offer again", "/manage/plans/mi-temps/offer/", TEAM),
    ("draft of a plan to delete", "/manage/plans/mi-temps/discard/", TEAM),
    *EMPLOYER_PAGES,
    ("accessibility", "/accessibility/", NOBODY),
    ("legal notice", "/legal/", NOBODY),
    ("privacy", "/privacy/", NOBODY),
    ("documentation of the API", "/api/v1/docs", NOBODY),
    ("nothing here", "/sites/nulle-part/", NOBODY),
]
#: Everybody who looks: a long test of all pages is one of each, so that workers share it.
WHO = list(dict.fromkeys(who for _name, _path, who in PAGES))
#: The same page to somebody else, or with another answer: it may share its title.
VARIANTS = {
    "home of a regular",
    "results with no room",
    "results of a bad search",
    "review of a visitor",
    "review with a pass",
    "refused review",
    "cancelled booking",
    "past booking",
    "no bookings",
    "change too late",
    "change with a pass",
    "cancel with a pass",
    "cancel what is to pay",
    "account of a manager",
    "simulated use",
    "bad simulation",
    "a pass to confirm",
    "a pass of no site",
    "no credits",
    "statement of nothing",
    "statement of an operator",
    "proposal to vote on",
    "grids of an operator",
    "groups of everybody",
    *EMPLOYER_VARIANTS,
}


def pages_of(who: str) -> list[tuple[str, str]]:
    """Return the name and address of each page that somebody looks at."""
    return [(name, path) for name, path, looks in PAGES if looks == who]


@dataclass(frozen=True)
class World:
    """What pages are about, and who looks."""

    words: dict[str, object]
    people: dict[str, User | None]

    def address(self, path: str) -> str:
        """Return the address of a line of `PAGES`."""
        return path.format(**self.words).replace("+", "%2B")

    def tabs(self, page: OpenPage, **options: object) -> dict[str, Page]:
        """Return an empty page of everybody who looks, for tests that go through `PAGES`."""
        return {who: page(user=person, **options) for who, person in self.people.items()}


@transaction.atomic
def make_world() -> World:
    """Make a site open tomorrow, one closed, one on wheels, and a regular with a diary."""
    room = make_fabrique()
    lone = make_space(room.site, units=1, name="Petite salle")
    close_tomorrow(make_open_site("Le Fermé", slug="le-ferme"))
    make_bus()
    regular = make_user("regular@maillage.example", name="Anne-Sophie Wurtzelbacher")
    booking = fill_diary(room, regular)
    book_morning(lone, make_user(), tomorrow())
    grid = make_tariffs()
    mine = held_pass(regular, room.site)
    draft, proposal = make_site_prices(room.site)
    old, given_back = regular.bookings.exclude(pk=booking.pk).order_by("starts_at")
    official = make_official()
    words = links_of(booking) | {
        "on": tomorrow().isoformat(),
        "at": at_text(tomorrow()),
        "later": at_text(tomorrow(), "13:00", "18:00"),
        "room": room.pk,
        "lone": lone.pk,
        "reference": booking.reference,
        "past": old.reference,
        "cancelled": given_back.reference,
        "covered": book_day(room, regular, tomorrow() + timedelta(days=3)).reference,
        "owed": book_day(room, official, tomorrow()).reference,
        "offer": mine.offer_id,
        "pass": mine.pk,
        "operator": mine.operator_id,
        "month": f"{timezone.localdate():%Y-%m}",
        "grid": grid.pk,
        "draft": draft.pk,
        "carried": make_carried(room.site).pk,
        "own_draft": make_draft(name="Grille d’un exploitant", operator=room.site.operator).pk,
        "proposal": proposal.pk,
    }
    offer_plans()
    manager = make_manager(room.site)
    words["group"] = make_terms(room.site, regular, manager).pk
    newcomer, employs = make_member("newcomer@maillage.example"), make_user(name="Odile Kuntz")
    words |= make_staff(employs, newcomer)
    team = holder(*OF_TEAM, is_staff=True, name="Agnès Muller")
    order = (NOBODY, NEWCOMER, REGULAR, MANAGER, OFFICIAL, EMPLOYER, TEAM)
    people = (None, newcomer, regular, manager, official, employs, team)
    return World(words, dict(zip(order, people, strict=True)))


def links_of(booking: Booking) -> dict[str, object]:
    """Return what stands in the links of a booking's reminder."""
    day = booking.starts_at.astimezone(booking.site.zone).date()
    cancel = cancel_token(booking, day, times_on(booking, day))
    return {"cancel_link": cancel, "stop_link": stop_token(booking.person)}


def make_site_prices(site: Site) -> tuple[TariffGrid, Proposal]:
    """Make prices of a site's own and a subsidised one, a draft with a slip, an open vote."""
    local_price(site, Duration.HALF_DAY, 780, starts_on=tomorrow() - timedelta(days=7))
    local_price(site, Duration.HALF_DAY, 820, starts_on=tomorrow())
    local_price(site, Duration.DAY, 100, starts_on=tomorrow() - timedelta(days=7))
    subsidy(site, Duration.DAY, 700, starts_on=tomorrow() - timedelta(days=7))
    draft, proposal = make_vote(site)
    price(draft, Duration.WEEK, 8000)
    return draft, proposal


def offer_plans() -> None:
    """Offer a plan with bounds, whose next version is written, and one without."""
    half = make_plan("mi-temps", holders=Plan.Holders.ORGANISATIONS, is_shared=True)
    make_version(half, timezone.localdate(), name="Mi-temps", trial_days=14, notice_days=30)
    make_version(half, tomorrow(), name="Mi-temps", price_cents=9500)
    make_version(half, None, name="Mi-temps")
    every = make_plan("illimite")
    make_version(every, timezone.localdate(), name="Illimité", half_days=None)


def make_terms(site: Site, customer: User, by: User) -> GroupMembership:
    """Have a site cancel on terms of its own, tell its VAT, and a customer be a job seeker."""
    now, today = timezone.now(), timezone.localdate()
    set_site_policy(site=site, kind="desk", terms=Terms(12, 30), by=by, now=now)
    taxed = Standing(Regime.TAXABLE, 2000, today)
    for standing in (taxed, Standing(Regime.FRANCHISE, 0, tomorrow())):
        tell_regime(operator=site.operator, standing=standing, by=by, now=now)
    grant = Grant(customer, Group.JOB_SEEKER, tomorrow(), site.operator)
    return grant_group(grant=grant, by=by, now=now)
