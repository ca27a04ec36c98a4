"""Writes the organisations and sites of the plans."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from demo import bas_rhin, bas_rhin_rural, haut_rhin, haut_rhin_rural
from demo.calendar import HALTS, closures, stops
from demo.catalogue import EQUIPMENT, ORGANISATIONS, SERVICES, siret
from demo.plans import Kind, SitePlan, SpacePlan
from network.models import Commune, Organisation
from sites.models import (
    Closure,
    Equipment,
    OpeningHours,
    Service,
    Site,
    Space,
    Stop,
    Unit,
    VideoEndpoint,
)

PLANS: tuple[SitePlan, ...] = (
    *bas_rhin.SITES,
    *bas_rhin_rural.SITES,
    *haut_rhin.SITES,
    *haut_rhin_rural.SITES,
)
#: Last day of the itinerant site's calendar, after today.
STOPS_AHEAD = timedelta(days=120)
SHORT_CALLS = {"min_minutes": 15, "max_minutes": 240}


@dataclass(frozen=True)
class BuiltSpace:
    """A space with the keys of its units, in order."""

    space: Space
    plan: SpacePlan
    units: tuple[int, ...]


@dataclass(frozen=True)
class BuiltSite:
    """A site with its spaces."""

    site: Site
    plan: SitePlan
    spaces: tuple[BuiltSpace, ...]


@dataclass(frozen=True)
class BuiltNetwork:
    """What was written, for those who fill it with life."""

    organisations: dict[str, Organisation]
    sites: tuple[BuiltSite, ...]

    def site(self, slug: str) -> BuiltSite:
        """Return the site of that slug."""
        return next(built for built in self.sites if built.site.slug == slug)


def communes_needed() -> set[str]:
    """Return the INSEE codes without which the network cannot be written."""
    of_sites = {plan.insee_code for plan in PLANS}
    of_organisations = {plan.insee_code for plan in ORGANISATIONS}
    return of_sites | of_organisations | {insee_code for insee_code, *_ in HALTS}


def build_network(first_day: date, today: date) -> BuiltNetwork:
    """Write the whole network; its calendars run from `first_day`."""
    communes = {commune.insee_code: commune for commune in Commune.objects.all()}
    organisations = build_organisations(communes)
    sites = [as_site(plan, communes, organisations) for plan in PLANS]
    Site.objects.bulk_create(sites)
    OpeningHours.objects.bulk_create(
        row for site, plan in zip(sites, PLANS, strict=True) for row in hours_of(site, plan)
    )
    link_services(sites)
    built = build_spaces(sites)
    network = BuiltNetwork(organisations, built)
    by_slug = {site.slug: site for site in sites}
    rooms = {(one.site.slug, room.plan.name): room.space for one in built for room in one.spaces}
    Closure.objects.bulk_create(closures(by_slug, rooms, today))
    Stop.objects.bulk_create(
        row
        for site in sites
        if site.is_itinerant
        for row in stops(site, communes, first_day, today + STOPS_AHEAD)
    )
    return network


def build_organisations(communes: dict[str, Commune]) -> dict[str, Organisation]:
    """Write the organisations and return them by key."""
    rows = {
        plan.key: Organisation(
            name=plan.name,
            kind=plan.kind,
            siret=siret(number),
            commune=communes[plan.insee_code],
        )
        for number, plan in enumerate(ORGANISATIONS, start=1)
    }
    Organisation.objects.bulk_create(rows.values())
    return rows


def as_site(
    plan: SitePlan, communes: dict[str, Commune], organisations: dict[str, Organisation]
) -> Site:
    """Return the site that `plan` describes, unsaved."""
    technology, download, upload = plan.connection
    return Site(
        slug=plan.slug,
        name=plan.name,
        operator=organisations[plan.operator],
        category=plan.category,
        is_itinerant=plan.is_itinerant,
        commune=communes[plan.insee_code],
        address=plan.address,
        postal_code=plan.postal_code,
        latitude=plan.at[0],
        longitude=plan.at[1],
        description=plan.description,
        surface_m2=plan.surface,
        host=plan.host,
        host_name=plan.host_name,
        technology=technology,
        download_mbps=download,
        upload_mbps=upload,
        specialisations=plan.specialisations,
        step_free_access=plan.access.step_free,
        accessible_toilet=plan.access.toilet,
        accessible_parking=plan.access.parking,
        hearing_loop=plan.access.hearing_loop,
        accessibility_note=plan.access.note,
        directions=plan.directions,
        access_notes=plan.access_notes,
    )


def hours_of(site: Site, plan: SitePlan) -> Iterable[OpeningHours]:
    """Return the site's weekly hours, unsaved."""
    for weekday, intervals in plan.hours.items():
        for opens_at, closes_at in intervals:
            yield OpeningHours(
                site=site,
                weekday=weekday,
                opens_at=time.fromisoformat(opens_at),
                closes_at=time.fromisoformat(closes_at),
            )


def link_services(sites: list[Site]) -> None:
    """Write the services and who offers them; those that are there already are kept."""
    Service.objects.bulk_create(
        [Service(code=code, name=name) for code, name in SERVICES.items()], ignore_conflicts=True
    )
    keys = dict(Service.objects.values_list("code", "pk"))
    link = Site.services.through
    link.objects.bulk_create(
        link(site_id=site.pk, service_id=keys[code])
        for site, plan in zip(sites, PLANS, strict=True)
        for code in plan.services
    )


def build_spaces(sites: list[Site]) -> tuple[BuiltSite, ...]:
    """Write spaces, units, equipment and video endpoints."""
    pairs = [
        (plan, as_space(site, plan, position))
        for site, site_plan in zip(sites, PLANS, strict=True)
        for position, plan in enumerate(site_plan.spaces)
    ]
    Space.objects.bulk_create(space for _, space in pairs)
    units = [unit for plan, space in pairs for unit in units_of(space, plan)]
    Unit.objects.bulk_create(units)
    link_equipment(pairs)
    VideoEndpoint.objects.bulk_create(
        VideoEndpoint(space=space, standard=standard, address=address, device=device)
        for plan, space in pairs
        for standard, address, device in plan.endpoints
    )
    keys_of: dict[int, list[int]] = {}
    for unit in units:
        keys_of.setdefault(unit.space_id, []).append(unit.pk)
    built = [BuiltSpace(space, plan, tuple(keys_of[space.pk])) for plan, space in pairs]
    return tuple(
        BuiltSite(site, plan, tuple(one for one in built if one.space.site_id == site.pk))
        for site, plan in zip(sites, PLANS, strict=True)
    )


def as_space(site: Site, plan: SpacePlan, position: int) -> Space:
    """Return the space that `plan` describes, unsaved."""
    limits = SHORT_CALLS if plan.kind == Kind.PHONE_BOOTH else {}
    is_by_place = plan.kind == Kind.DESK
    return Space(
        site=site,
        name=plan.name,
        kind=plan.kind,
        capacity=plan.capacity,
        sold_by=Space.SoldBy.PLACE if is_by_place else Space.SoldBy.WHOLE,
        is_fungible=not plan.is_numbered,
        description=plan.description,
        position=position,
        **limits,
    )


def units_of(space: Space, plan: SpacePlan) -> list[Unit]:
    """Return the units of `space`, unsaved: numbered, or named after a room that is one."""
    labels = [plan.name[:40]] if plan.units == 1 else [str(n) for n in range(1, plan.units + 1)]
    return [Unit(site_id=space.site_id, space=space, label=label) for label in labels]


def link_equipment(pairs: list[tuple[SpacePlan, Space]]) -> None:
    """Write the equipment and where it is; what is there already is kept."""
    Equipment.objects.bulk_create(
        [Equipment(code=code, name=name) for code, name in EQUIPMENT.items()],
        ignore_conflicts=True,
    )
    keys = dict(Equipment.objects.values_list("code", "pk"))
    link = Space.equipment.through
    link.objects.bulk_create(
        link(space_id=space.pk, equipment_id=keys[code])
        for plan, space in pairs
        for code in plan.equipment
    )
