"""Writes the organisations and sites of the plans."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, TypeVar

from demo.calendar import closures, stops
from demo.content import Content
from demo.organisations import build_organisations
from demo.plans import Access, Hours, SitePlan, SpacePlan
from demo.surroundings import write_surroundings
from demo.words import Words, columns_of
from network.models import Capacity, Commune, Organisation
from sites.models import (
    Closure,
    Equipment,
    OpeningHours,
    Service,
    Site,
    Space,
    Specialisation,
    Stop,
    Unit,
    VideoEndpoint,
)
from sites.models.hours import Weekday
from sites.models.vocabulary import Term
from sites.phones import canonical

AnyTerm = TypeVar("AnyTerm", bound=Term)

#: Last day of the itinerant site's calendar, after today.
STOPS_AHEAD = timedelta(days=120)


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

    content: Content
    organisations: dict[str, Organisation]
    sites: tuple[BuiltSite, ...]

    def taking_part_as(self, kind: Capacity.Kind) -> list[Organisation]:
        """Return the organisations of that capacity, in the order of their file."""
        plans = self.content.organisations
        return [self.organisations[key] for key, plan in plans.items() if kind in plan.capacities]

    def site(self, slug: str) -> BuiltSite:
        """Return the site of that slug."""
        return next(built for built in self.sites if built.site.slug == slug)


def communes_needed(content: Content) -> set[str]:
    """Return the INSEE codes without which the network cannot be written."""
    sites = content.sites.values()
    of_organisations = {plan.insee_code for plan in content.organisations.values()}
    of_halts = {halt.insee_code for plan in sites for halt in plan.halts}
    return {plan.insee_code for plan in sites} | of_organisations | of_halts


def build_network(content: Content, first_day: date, today: date) -> BuiltNetwork:
    """Write the whole network; its calendars run from `first_day`."""
    communes = {commune.insee_code: commune for commune in Commune.objects.all()}
    organisations = build_organisations(content.organisations, communes)
    sites = {
        slug: as_site(slug, plan, communes, organisations) for slug, plan in content.sites.items()
    }
    Site.objects.bulk_create(sites.values())
    write_hours(content, sites)
    link_terms(content, sites)
    write_surroundings(content, sites, organisations)
    built = build_spaces(content, sites)
    rooms = {(one.site.slug, room.plan.name.fr): room.space for one in built for room in one.spaces}
    Closure.objects.bulk_create(closures(content, sites, rooms, today))
    calendar = (first_day, today + STOPS_AHEAD)
    Stop.objects.bulk_create(
        row
        for slug, plan in content.sites.items()
        for row in stops(sites[slug], plan.halts, communes, calendar)
    )
    return BuiltNetwork(content, organisations, built)


def as_site(
    slug: str,
    plan: SitePlan,
    communes: Mapping[str, Commune],
    organisations: Mapping[str, Organisation],
) -> Site:
    """Return the site that `plan` describes, unsaved."""
    return Site(
        slug=slug,
        name=plan.name.fr,
        operator=organisations[plan.operator],
        category=plan.category,
        is_itinerant=plan.is_itinerant,
        commune=communes[plan.insee_code],
        address=plan.address,
        postal_code=plan.postal_code,
        latitude=plan.latitude,
        longitude=plan.longitude,
        phone=canonical(plan.phone) if plan.phone else "",
        email=plan.email,
        surface_m2=plan.surface_m2,
        host=plan.host or "",
        host_name=plan.host_name.fr,
        technology=plan.technology,
        download_mbps=plan.download_mbps,
        upload_mbps=plan.upload_mbps,
        **accessibility(plan.access),
        **columns_of(
            description=plan.description,
            directions=plan.directions,
            access_notes=plan.access_notes,
            accessibility_note=plan.access.note,
        ),
    )


def accessibility(access: Access) -> dict[str, Any]:
    """Return the fields of a site on who can come in."""
    return {
        "step_free_access": access.step_free,
        "accessible_toilet": access.toilet,
        "accessible_parking": access.parking,
        "hearing_loop": access.hearing_loop,
    }


def write_hours(content: Content, sites: Mapping[str, Site]) -> None:
    """Write the weekly hours of each site, from Monday morning on."""
    OpeningHours.objects.bulk_create(
        OpeningHours(site=sites[slug], weekday=day, opens_at=opens_at, closes_at=closes_at)
        for slug, plan in content.sites.items()
        for day, opens_at, closes_at in times_of(content.weeks.get(plan.hours, ()))
    )


def times_of(week: Iterable[Hours]) -> list[tuple[Weekday, time, time]]:
    """Return the intervals of a week in order."""
    return sorted((day, hours.opens_at, hours.closes_at) for hours in week for day in hours.days)


def terms(model: type[AnyTerm], plans: Mapping[str, Words]) -> dict[str, int]:
    """Write words of the network's vocabulary, keep those there, and return all keys by code."""
    model._default_manager.bulk_create(
        [model(code=code, **columns_of(name=name)) for code, name in plans.items()],
        ignore_conflicts=True,
    )
    return dict(model._default_manager.values_list("code", "pk"))


def link_terms(content: Content, sites: Mapping[str, Site]) -> None:
    """Write the services and specialisations, and whose they are."""
    services = terms(Service, content.catalogue.services)
    offered = Site.services.through
    offered.objects.bulk_create(
        offered(site_id=sites[slug].pk, service_id=services[code])
        for slug, plan in content.sites.items()
        for code in plan.services
    )
    specialisations = terms(Specialisation, content.catalogue.specialisations)
    known = Site.specialisations.through
    known.objects.bulk_create(
        known(site_id=sites[slug].pk, specialisation_id=specialisations[code])
        for slug, plan in content.sites.items()
        for code in plan.specialisations
    )


def build_spaces(content: Content, sites: Mapping[str, Site]) -> tuple[BuiltSite, ...]:
    """Write spaces, units, equipment and video endpoints."""
    pairs = [
        (plan, as_space(sites[slug], plan, position, content))
        for slug, site_plan in content.sites.items()
        for position, plan in enumerate(site_plan.spaces)
    ]
    Space.objects.bulk_create(space for _, space in pairs)
    units = write_units(pairs)
    link_equipment(content, pairs)
    VideoEndpoint.objects.bulk_create(
        row for plan, space in pairs for row in endpoints_of(space, plan, content)
    )
    built = [BuiltSpace(space, plan, tuple(units[space.pk])) for plan, space in pairs]
    return tuple(
        BuiltSite(site, plan, tuple(one for one in built if one.space.site_id == site.pk))
        for site, plan in zip(sites.values(), content.sites.values(), strict=True)
    )


def as_space(site: Site, plan: SpacePlan, position: int, content: Content) -> Space:
    """Return the space that `plan` describes, unsaved."""
    usual = content.spaces.kinds[plan.kind]
    return Space(
        site=site,
        name=plan.name.fr,
        kind=plan.kind,
        capacity=plan.seats,
        sold_by=usual.sold_by,
        is_fungible=not plan.is_numbered,
        min_minutes=usual.min_minutes,
        max_minutes=usual.max_minutes,
        description=plan.description.fr,
        position=position,
    )


def write_units(pairs: Sequence[tuple[SpacePlan, Space]]) -> dict[int, list[int]]:
    """Write the units of all spaces and return their keys by the space's."""
    units = [unit for plan, space in pairs for unit in units_of(space, plan)]
    Unit.objects.bulk_create(units)
    keys: dict[int, list[int]] = {}
    for unit in units:
        keys.setdefault(unit.space_id, []).append(unit.pk)
    return keys


def units_of(space: Space, plan: SpacePlan) -> list[Unit]:
    """Return the units of `space`, unsaved: numbered, or named after a room that is one."""
    labels = [plan.name.fr[:40]] if plan.units == 1 else [str(n + 1) for n in range(plan.units)]
    return [Unit(site_id=space.site_id, space=space, label=label) for label in labels]


def endpoints_of(space: Space, plan: SpacePlan, content: Content) -> list[VideoEndpoint]:
    """Return how a video room is reached, unsaved."""
    if plan.video is None:
        return []
    ways = {standard: content.spaces.endpoints[standard] for standard in plan.video.standards}
    return [
        VideoEndpoint(
            space=space,
            standard=standard,
            address=way.address.format(name=plan.video.name),
            device=way.device.fr,
        )
        for standard, way in ways.items()
    ]


def link_equipment(content: Content, pairs: Sequence[tuple[SpacePlan, Space]]) -> None:
    """Write the equipment and where it is; what is there already is kept."""
    keys = terms(Equipment, content.catalogue.equipment)
    link = Space.equipment.through
    link.objects.bulk_create(
        link(space_id=space.pk, equipment_id=keys[code])
        for plan, space in pairs
        for code in plan.equipment
    )
