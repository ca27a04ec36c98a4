"""Every address of the project, filled with what is there, and people who ask for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from bookings.actions import book
from bookings.calendars.feeds import feed_of, token_of
from bookings.holds.holding import hold
from bookings.reminders.links import cancel_token, stop_token
from bookings.wishes import Wish
from network.models import ApiToken, User
from sites.models import Equipment, Service
from subscriptions.models import Domain
from tests.billing.bought import held_pass
from tests.billing.tariffs import make_tariffs
from tests.factories import MONDAY, NOW, TUESDAY, interval, make_space, make_user
from tests.network.people import make_member
from tests.subscriptions.employers import (
    make_cost_centre,
    make_employee,
    make_employer,
    make_invitation,
    make_team,
)
from tests.subscriptions.taken import taken, version

PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
NOBODY, SOMEBODY, TEAM = "nobody", "somebody", "team"
PEOPLE = [NOBODY, SOMEBODY, TEAM]
#: What regular expressions of the administration and the API stand for.
PATTERNS = {
    r"(?P<url>.*)$": "nothing/",
    "^media/(?P<path>.*)$": "media/nothing",
    "": "",
}


@dataclass(frozen=True)
class World:
    """What addresses are filled with, and who asks."""

    words: dict[str, object]
    people: dict[str, User]

    def client(self, who: str) -> Client:
        """Return a browser of that person, which is answered 500 where a server would be."""
        client = Client(raise_request_exception=False)
        if person := self.people.get(who):
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client


def make_world() -> World:
    """Make one row of most kinds."""
    person = make_member()
    space = make_space(units=2)
    wish = Wish(space_id=space.pk, intervals=(interval(TUESDAY, "09:00", "12:00"),))
    booking = book(wish=wish, person=person, by=person, now=NOW)
    held = hold(wish=wish, email="", caller="", session="", now=NOW)
    token = ApiToken.objects.create(person=person, name="program", hash="0" * 64, created_at=NOW)
    Group.objects.create(name="team")
    Service.objects.create(code="coffee", name="Coffee")
    Equipment.objects.create(code="screen", name="Screen")
    key = Authenticator.objects.create(user=make_user(), type="webauthn", data={"name": "key"})
    UserSession.objects.create(user=person, session_key="k" * 32, ip="127.0.0.1")
    words = {
        "slug": space.site.slug,
        "space_id": space.pk,
        "reference": booking.reference,
        "code": space.site.commune.departement_id,
        "calendar": token_of(feed_of(person)),
        "hold": held.token,
        "reminders/cancel": cancel_token(booking, TUESDAY, wish.intervals),
        "reminders/stop": stop_token(person),
        "tokens_pk": token.pk,
        "tariffs_pk": make_tariffs().pk,
        "offers_pk": (mine := held_pass(person, space.site)).offer_id,
        "passes_pk": mine.pk,
        "operators_pk": mine.operator_id,
        "offer": mine.offer_id,
        "what": "passes",
        "category": "rural",
        "kind": "desk",
        "duration": "half_day",
        "group": "standard",
        "side": "earned",
        "month": f"{mine.bought_at:%Y-%m}",
        "form": "csv",
        "keys_pk": key.pk,
        "content_type_id": 1,
        **employing(person),
    }
    team = make_user("boss@maillage.example", is_staff=True, is_superuser=True)
    return World(words, {SOMEBODY: person, TEAM: team})


def employing(person: User) -> dict[str, object]:
    """Have somebody run an employer, with a row of each kind; return what names them."""
    employer = make_employer(person)
    team, centre = make_team(employer), make_cost_centre(employer)
    waiting = make_invitation(employer, "invited@maillage.example")
    domain = Domain.objects.create(
        organisation=employer, name="maillage.example", proof="proof", made_at=NOW
    )
    mine = taken(version(), person, organisation=employer, starts_on=MONDAY)
    return {
        "employer": employer.pk,
        "team": team.pk,
        "key": waiting.key,
        "costs_pk": centre.pk,
        "invited_pk": waiting.pk,
        "people_pk": make_employee(employer, make_user(), team=team).pk,
        "own_pk": make_employee(employer, person).pk,
        "domains_pk": domain.pk,
        "subscriptions_pk": mine.pk,
    }


def routes() -> list[str]:
    """Return the routes of all views; those that sign out come last."""
    found = set(walk(get_resolver().url_patterns, "/"))
    return sorted(found, key=lambda route: ("logout" in route, route))


def routes_of(who: str) -> list[str]:
    """Return the routes that are more to `who` than a way to the sign-in page."""
    return [route for route in routes() if route.startswith("/admin/") == (who == TEAM)]


def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        text = str(pattern.pattern)
        text = "sites/" if text.startswith("^(?P<app_label>") else PATTERNS.get(text, text)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, prefix + text)
        else:
            yield prefix + text


def filled(route: str, world: World) -> str:
    """Return the address of `route` for what is there."""
    return PARAMETER.sub(lambda found: str(word_for(route, found["name"], world)), route)


def word_for(route: str, name: str, world: World) -> object:
    """Return what stands for a parameter: a row of the model whose page it is."""
    if name == "object_id":
        row = model_of(route)
        return row if row is not None else 1
    if name == "pk":
        places = {
            "webauthn": "keys_pk",
            "/tariffs/": "tariffs_pk",
            "manage/grids/": "tariffs_pk",
            "/passes/": "offers_pk",
            "/credits/": "passes_pk",
            "/statements/": "operators_pk",
            "/cost-centres/": "costs_pk",
            "/invited/": "invited_pk",
            "/people/": "people_pk",
            "/account/employers/": "own_pk",
            "/domains/": "domains_pk",
            "/employers/join/": "employer",
            "/subscriptions/": "subscriptions_pk",
        }
        return world.words[next((key for at, key in places.items() if at in route), "tokens_pk")]
    if name == "token":
        return next(word for place, word in world.words.items() if route.startswith(f"/{place}/"))
    return world.words[name]


def model_of(route: str) -> object:
    """Return the key of a row of the administration's page, if there is one."""
    parts = route.split("/")
    if len(parts) < 4 or parts[2] == "r":
        return None
    return (
        apps.get_model(parts[2], parts[3])
        ._default_manager.order_by("pk")
        .values_list("pk", flat=True)
        .first()
    )
