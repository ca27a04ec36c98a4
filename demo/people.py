"""People of the demo network: those who sign in, and those who fill it with life."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.utils import timezone

from bookings.admin.team import network_team
from demo.content import demo_content
from demo.network import BuiltNetwork, BuiltSite
from demo.plans import People
from network.models import Capacity, Commune, Membership, Organisation, User
from network.rules import plain_words
from sites.geo import Point, distance_km
from subscriptions.models import Employee

#: Published with the product: for demonstration only.
DEMO_PASSWORD = "maillage-demo-2026"
SIGN_IN_DOMAIN = "maillage.example"
NUMBERED_TELEWORKERS = 60
MEMBERS = 600
CATCHMENT_KM = 15

Role, Status = Membership.Role, User.Status
#: What people without an employer are, in turn.
OF_THEIR_OWN = (
    Status.SELF_EMPLOYED,
    Status.LIBERAL_PROFESSION,
    Status.PROJECT_HOLDER,
    Status.JOB_SEEKER,
    Status.STUDENT,
)


@dataclass(frozen=True)
class Regular:
    """Somebody who comes to one site, mostly on the same weekdays, often for an employer."""

    person: User
    organisation: Organisation | None
    site_id: int
    weekdays: tuple[int, ...]
    signs_in: bool


def sign_in_emails() -> list[str]:
    """Return the addresses with which one can sign in."""
    logins = [persona.login for persona in demo_content().people.personas]
    logins += [f"teleworker{number:02}" for number in range(1, NUMBERED_TELEWORKERS + 1)]
    return [f"{login}@{SIGN_IN_DOMAIN}" for login in logins]


def build_personas(network: BuiltNetwork, joined_at: datetime, password: str) -> dict[str, User]:
    """Write the personas and return them by log-in."""
    personas = network.content.people.personas
    communes = {one.insee_code: one for one in Commune.objects.filter(departement__code="67")}
    people = {
        persona.login: User(
            email=f"{persona.login}@{SIGN_IN_DOMAIN}",
            name=persona.name,
            password=password,
            home_commune=communes[persona.insee_code],
            is_staff=persona.login == "team",
            joined_at=joined_at,
        )
        for persona in personas
    }
    write_people(people.values())
    people["team"].groups.add(network_team())
    belonging = [
        Membership(
            person=people[persona.login],
            organisation=network.organisations[persona.organisation],
            role=persona.role,
        )
        for persona in personas
        if persona.organisation
    ]
    Membership.objects.bulk_create(belonging)
    employ(network, belonging)
    return people


def employ(network: BuiltNetwork, belonging: Iterable[Membership]) -> None:
    """Have who belongs to an employer book on its account, since they joined the network."""
    employers = network.taking_part_as(Capacity.Kind.EMPLOYER)
    Employee.objects.bulk_create(
        Employee(
            person=one.person,
            organisation=one.organisation,
            since=timezone.localdate(one.person.joined_at),
        )
        for one in belonging
        if one.organisation in employers
    )


def build_regulars(
    network: BuiltNetwork, random: Random, joined_at: datetime, password: str
) -> list[Regular]:
    """Write everybody else, and say where each comes to work."""
    employers = network.taking_part_as(Capacity.Kind.EMPLOYER)
    authorities = network.taking_part_as(Capacity.Kind.COLLECTIVITY)
    communes = alsace()
    neighbours = {built.site.pk: neighbourhood(built, communes) for built in network.sites}
    sizes = [sum(len(space.units) for space in built.spaces) for built in network.sites]
    regulars = []
    for number in range(NUMBERED_TELEWORKERS + MEMBERS):
        site = random.choices(network.sites, sizes)[0].site
        person = new_person(network.content.people, random, number, password)
        person.home_commune = random.choices(*neighbours[site.pk])[0]
        person.joined_at = joined_at
        employer = random.choice(employers) if random.random() < 0.65 else None
        person.status = status_of(number, employer, authorities)
        weekdays = tuple(random.sample((0, 1, 1, 2, 3, 3, 4), 2))
        signs_in = number < NUMBERED_TELEWORKERS
        regulars.append(Regular(person, employer, site.pk, weekdays, signs_in))
    write_people([regular.person for regular in regulars])
    write_memberships(network, regulars)
    return regulars


def status_of(
    number: int, employer: Organisation | None, authorities: Sequence[Organisation]
) -> str:
    """Return what the `number`-th person says of how they work: a third says nothing."""
    if number % 3 == 0:
        return ""
    if employer is None:
        return OF_THEIR_OWN[number % len(OF_THEIR_OWN)]
    return Status.PUBLIC_AGENT if employer in authorities else Status.PRIVATE_EMPLOYEE


def new_person(people: People, random: Random, number: int, password: str) -> User:
    """Return an unsaved person: a numbered teleworker first, then members who never sign in."""
    name = f"{random.choice(people.first_names)} {random.choice(people.last_names)}"
    if number < NUMBERED_TELEWORKERS:
        email = f"teleworker{number + 1:02}@{SIGN_IN_DOMAIN}"
        return User(email=email, name=name, password=password)
    local = plain_words(name).replace(" ", ".")
    rank = number - NUMBERED_TELEWORKERS + 1
    return User(
        email=f"{local}.{rank}@membres.example",
        name=name,
        wants_reminders=False,  # nobody reads what they are sent
        # What never equals a hash. Django adds randomness, lest a reset link be guessed.
        password=f"{UNUSABLE_PASSWORD_PREFIX}{random.getrandbits(160):040x}",
    )


def neighbourhood(
    built: BuiltSite, communes: Iterable[Commune]
) -> tuple[list[Commune], list[float]]:
    """Return the communes around a site, and how likely its people live there."""
    near, weights = [], []
    for commune in communes:
        distance = distance_km(built.site.point, Point(commune.latitude, commune.longitude))
        if distance <= CATCHMENT_KM:
            near.append(commune)
            weights.append(commune.population / (2 + distance))
    return near, weights


def alsace() -> Sequence[Commune]:
    """Return the communes of both départements."""
    return list(Commune.objects.filter(departement__code__in=("67", "68")).order_by("insee_code"))


def write_people(people: Iterable[User]) -> None:
    """Write people with their verified addresses."""
    rows = User.objects.bulk_create(people)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True)
        for person in rows
    )


def write_memberships(network: BuiltNetwork, regulars: list[Regular]) -> None:
    """Write who is employed by whom, and a manager for each operator."""
    rows = [
        Membership(person=one.person, organisation=one.organisation)
        for one in regulars
        if one.organisation
    ]
    employ(network, rows)
    operators = network.taking_part_as(Capacity.Kind.OPERATOR)
    members = (one.person for one in regulars if not one.signs_in)
    rows += [
        Membership(person=person, organisation=operator, role=Role.MANAGER)
        for operator, person in zip(operators, members, strict=False)
    ]
    Membership.objects.bulk_create(rows)


def hashed_password() -> str:
    """Return the hash that everybody who signs in shares: it is slow to make."""
    return make_password(DEMO_PASSWORD)
