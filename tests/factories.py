"""Rows for tests: every argument has a believable default, a test says only what matters to it."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Permission

from network.models import (
    Capacity,
    Commune,
    Departement,
    Epci,
    Membership,
    Organisation,
    PostalCode,
    Region,
    User,
)
from sites.intervals import Interval
from sites.models import Closure, Label, LabelVersion, OpeningHours, Site, Space, Stop, Unit

PARIS = ZoneInfo("Europe/Paris")
#: A Monday morning, 10:30 in Alsace; tests live then.
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
numbers = count(1)


def at(day: date, clock: str, zone: ZoneInfo = PARIS) -> datetime:
    """Return the instant at which clocks of `zone` read `clock` ("09:30") on `day`."""
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone).astimezone(UTC)


def interval(day: date, starts: str, ends: str, zone: ZoneInfo = PARIS) -> Interval:
    """Return from `starts` to `ends` ("24:00" is the day's end) by the clocks of `zone`."""
    if ends == "24:00":
        return Interval(at(day, starts, zone), at(day + timedelta(days=1), "00:00", zone))
    return Interval(at(day, starts, zone), at(day, ends, zone))


def make_user(email: str = "", **fields: Any) -> User:
    number = next(numbers)
    return User.objects.create(
        email=email or f"person{number}@maillage.example",
        password="!",
        name=fields.pop("name", f"Person {number}"),
        **fields,
    )


def holder(*permissions: str, **fields: Any) -> User:
    """Make somebody who has those permissions by name and nothing else."""
    person = make_user(**fields)
    found = Permission.objects.filter(codename__in=permissions)
    assert found.count() == len(permissions), permissions
    person.user_permissions.set(found)
    return person


def reads_english(person: User) -> User:
    person.language = "en"
    person.save(update_fields=["language"])
    return person


def make_commune(name: str = "Villé", insee_code: str = "", **fields: Any) -> Commune:
    region, _ = Region.objects.get_or_create(code="44", defaults={"name": "Grand Est"})
    departement, _ = Departement.objects.get_or_create(
        code="67", defaults={"name": "Bas-Rhin", "region": region}
    )
    epci, _ = Epci.objects.get_or_create(
        siren="246700744", defaults={"name": "CC de la Vallée de Villé"}
    )
    postal_code = fields.pop("postal_code", "67220")
    commune = Commune.objects.create(
        **{
            "name": name,
            "insee_code": insee_code or f"{next(numbers):05}",
            "departement": departement,
            "epci": epci,
            "population": 1754,
            "latitude": 48.3427,
            "longitude": 7.3029,
        }
        | fields
    )
    PostalCode.objects.create(commune=commune, code=postal_code)
    return commune


def make_organisation(name: str = "", *kinds: str, **fields: Any) -> Organisation:
    """Make an organisation of those capacities, an employer without any."""
    organisation = Organisation.objects.create(
        name=name or f"Organisation {next(numbers)}", **fields
    )
    Capacity.objects.bulk_create(
        Capacity(organisation=organisation, kind=kind) for kind in kinds or ("employer",)
    )
    return organisation


def make_operator(name: str = "", **fields: Any) -> Organisation:
    return make_organisation(name or f"Operator {next(numbers)}", "operator", **fields)


def make_manager(site: Site, **fields: Any) -> User:
    person = make_user(**fields)
    Membership.objects.create(
        person=person, organisation=site.operator, role=Membership.Role.MANAGER
    )
    return person


def make_site(
    name: str = "", hours: tuple[tuple[str, str], ...] = (("08:00", "18:30"),), **fields: Any
) -> Site:
    """Make a site open Monday to Friday at `hours`."""
    number = next(numbers)
    commune = fields.pop("commune", None) or Commune.objects.first() or make_commune()
    site = Site.objects.create(
        **{
            "slug": f"site-{number}",
            "name": name or f"Site {number}",
            "operator": fields.pop("operator", None) or make_operator(),
            "category": Site.Category.RURAL,
            "commune": commune,
            "address": "1 place de la Mairie",
            "postal_code": "67220",
            "latitude": commune.latitude,
            "longitude": commune.longitude,
            "download_mbps": 500,
            "upload_mbps": 300,
            "access_notes": "Door code 1234",
        }
        | fields
    )
    for weekday in range(5):
        open_on(site, weekday, *hours)
    return site


def open_on(site: Site, weekday: int, *hours: tuple[str, str]) -> None:
    for opens, closes in hours:
        OpeningHours.objects.create(
            site=site,
            weekday=weekday,
            opens_at=time.fromisoformat(opens),
            closes_at=time.fromisoformat(closes),
        )


def make_space(site: Site | None = None, units: int = 1, **fields: Any) -> Space:
    """Make a space of `units` interchangeable desks (a kind other than desk is sold whole)."""
    kind = fields.pop("kind", Space.Kind.DESK)
    is_desk = kind == Space.Kind.DESK
    space = Space.objects.create(
        **{
            "site": site or make_site(),
            "name": f"Space {next(numbers)}",
            "kind": kind,
            "capacity": units if is_desk else 6,
            "sold_by": Space.SoldBy.PLACE if is_desk else Space.SoldBy.WHOLE,
            "is_fungible": True,
        }
        | fields
    )
    Unit.objects.bulk_create(
        Unit(site=space.site, space=space, label=str(number)) for number in range(1, units + 1)
    )
    return space


def make_label(name: str = "", excludes: tuple[Label, ...] = (), **fields: Any) -> Label:
    """Make a label with one version of its charter, given since 2020."""
    number = next(numbers)
    usual = {"code": f"label-{number}", "name": name or f"Label {number}", "owner": "State"}
    label = Label.objects.create(**usual | fields)
    label.excludes.set(excludes)
    LabelVersion.objects.create(label=label, name="1", given_from=date(2020, 1, 1))
    return label


def make_closure(site: Site, closed: Interval, space: Space | None = None) -> Closure:
    return Closure.objects.create(
        site=site, space=space, starts_at=closed.starts_at, ends_at=closed.ends_at, reason="Works"
    )


def make_stop(site: Site, commune: Commune, stay: Interval, **fields: Any) -> Stop:
    """Have an itinerant site stand on the market square of `commune`."""
    usual = {
        "place": "Place du Marché",
        "latitude": commune.latitude,
        "longitude": commune.longitude,
        "starts_at": stay.starts_at,
        "ends_at": stay.ends_at,
    }
    return Stop.objects.create(site=site, commune=commune, **usual | fields)
