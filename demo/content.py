"""All that the data files say, read once and checked against itself."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from demo.plans import (
    Catalogue,
    Hours,
    KindPlan,
    Labels,
    Order,
    OrganisationPlan,
    People,
    SitePlan,
    SpaceKinds,
    SpacePlan,
)
from demo.reading import FileFault, read, told
from demo.subscription_plans import EmployerPlan, PlanPlan
from demo.tariff_plans import TariffPlan
from network.models import Capacity
from sites.models import Space

FOLDER = Path(__file__).resolve().parent / "data"
#: A key of a file, the names that it says, and those that there are.
Reference = tuple[str, Iterable[str], Collection[str]]


@dataclass(frozen=True, kw_only=True)
class Content:
    """The demo network as its data files have it; sites by slug, the rest by code."""

    organisations: dict[str, OrganisationPlan]
    people: People
    catalogue: Catalogue
    labels: Labels
    weeks: dict[str, tuple[Hours, ...]]
    spaces: SpaceKinds
    sites: dict[str, SitePlan]
    tariffs: TariffPlan
    plans: dict[str, PlanPlan]
    employers: dict[str, EmployerPlan]


@cache
def demo_content() -> Content:
    """Return what the product's own data files say."""
    return read_content(FOLDER)


def read_content(folder: Path) -> Content:
    """Return what the data files of `folder` say; raise `FileFault` at the first mistake."""
    spaces = read(SpaceKinds, folder, "spaces.toml")
    content = Content(
        organisations=read(dict[str, OrganisationPlan], folder, "organisations.toml"),
        people=read(People, folder, "people.toml"),
        catalogue=read(Catalogue, folder, "catalogue.toml"),
        labels=read(Labels, folder, "labels.toml"),
        weeks=read(dict[str, tuple[Hours, ...]], folder, "weeks.toml"),
        spaces=spaces,
        sites={slug: read_site(folder, slug, spaces) for slug in slugs(folder)},
        tariffs=read(TariffPlan, folder, "tariffs.toml"),
        plans=read(dict[str, PlanPlan], folder, "subscriptions.toml"),
        employers=read(dict[str, EmployerPlan], folder, "employers.toml"),
    )
    for place, names, known in references(content):
        for name in names:
            if name not in known:
                raise FileFault(place, f"{name!r} is not one of {told(known)}")
    return content


def slugs(folder: Path) -> tuple[str, ...]:
    """Return the slugs of the sites, in order; a file that nobody would read is a fault."""
    order = read(Order, folder, "order.toml").sites
    for path in sorted((folder / "sites").iterdir()):
        if path.stem not in order:
            raise FileFault(f"sites/{path.name}", "is not in order.toml")
    return order


def read_site(folder: Path, slug: str, spaces: SpaceKinds) -> SitePlan:
    """Return one site; what it leaves out of its spaces is filled in from their kinds."""
    name = f"sites/{slug}.toml"
    site = read(SitePlan, folder, name)
    return replace(
        site,
        spaces=tuple(
            completed(space, spaces.kinds, f"{name}, spaces {number}")
            for number, space in enumerate(site.spaces, start=1)
        ),
    )


def completed(space: SpacePlan, kinds: dict[Space.Kind, KindPlan], place: str) -> SpacePlan:
    """Return the space with what its kind says of all others alike."""
    usual = kinds.get(space.kind)
    if usual is None:
        raise FileFault(f"{place}, kind", "spaces.toml does not have it")
    is_by_place = usual.sold_by == Space.SoldBy.PLACE
    whole = replace(
        space,
        name=space.name or (usual.name_of_several if space.units > 1 else usual.name) or usual.name,
        seats=space.seats or (space.units if is_by_place else usual.seats),
        equipment=space.equipment or usual.equipment,
        description=space.description or usual.description,
    )
    for key in ("name", "seats"):
        if not getattr(whole, key):
            raise FileFault(f"{place}, {key}", "is missing, and its kind has none")
    return whole


def references(content: Content) -> Iterator[Reference]:
    """Return every name by which one table refers to another."""
    for number, persona in enumerate(content.people.personas, start=1):
        place = f"people.toml, personas {number}, organisation"
        own = [persona.organisation] if persona.organisation else []
        yield place, own, content.organisations
    for kind, usual in content.spaces.kinds.items():
        place = f"spaces.toml, kinds, {kind}, equipment"
        yield place, usual.equipment, content.catalogue.equipment
    for code, label in content.labels.labels.items():
        yield f"labels.toml, labels, {code}, excludes", label.excludes, content.labels.labels
    for code, version in content.labels.versions.items():
        yield f"labels.toml, versions, {code}, label", [version.label], content.labels.labels
    yield from references_of_tariffs(content)
    for slug, site in content.sites.items():
        for key, names, known in references_of(site, content):
            yield f"sites/{slug}.toml, {key}", names, known


def references_of_tariffs(content: Content) -> Iterator[Reference]:
    """Return the names by which tariffs refer to sites and funders."""
    for number, own in enumerate((*content.tariffs.local, *content.tariffs.subsidies), start=1):
        yield f"tariffs.toml, local and subsidies {number}, site", [own.site], content.sites
        funders = [own.funder] if own.funder else []
        yield f"tariffs.toml, subsidies {number}, funder", funders, content.organisations
    for name, own_draft in (
        ("proposed", content.tariffs.proposed),
        ("draft", content.tariffs.draft),
    ):
        yield f"tariffs.toml, {name}, operator", [own_draft.operator], operators_of(content)
    for number, policy in enumerate(content.tariffs.policies, start=1):
        yield f"tariffs.toml, policies {number}, site", [policy.site], content.sites


def operators_of(content: Content) -> list[str]:
    """Return the keys of the organisations that may run sites."""
    kind = Capacity.Kind.OPERATOR
    return [key for key, plan in content.organisations.items() if kind in plan.capacities]


def references_of(site: SitePlan, content: Content) -> Iterator[Reference]:
    """Return the names by which a site refers to other tables."""
    yield "operator", [site.operator], operators_of(content)
    yield "hours", [] if site.is_itinerant else [site.hours], content.weeks
    yield "services", site.services, content.catalogue.services
    yield "specialisations", site.specialisations, content.catalogue.specialisations
    for number, held in enumerate(site.labels, start=1):
        yield f"labels {number}, version", [held.version], content.labels.versions
    for number, funding in enumerate(site.fundings, start=1):
        funders = [funding.funder] if funding.funder else []
        yield f"fundings {number}, funder", funders, content.organisations
    for number, space in enumerate(site.spaces, start=1):
        place = f"spaces {number}"
        yield f"{place}, equipment", space.equipment, content.catalogue.equipment
        standards = space.video.standards if space.video else ()
        yield f"{place}, video, standards", standards, content.spaces.endpoints
    rooms = [space.name.fr for space in site.spaces]
    for number, closure in enumerate(site.closures, start=1):
        yield f"closures {number}, space", [closure.space] if closure.space else [], rooms
