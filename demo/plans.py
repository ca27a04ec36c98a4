"""What the data files say: each class is a table, each field one of its keys."""

from dataclasses import dataclass
from datetime import date, time

from billing.prices.vat import Regime
from demo.words import UNSAID, Words
from network.models import Capacity, Membership
from network.models.legal_forms import LegalForm
from sites.models import Funding, Site, Space, TransitStop, VideoEndpoint
from sites.models.hours import Weekday


@dataclass(frozen=True, kw_only=True)
class OrganisationPlan:
    """One organisation, the commune of its office and, if it issues charges, its VAT regime."""

    name: Words
    capacities: tuple[Capacity.Kind, ...]
    legal_form: LegalForm
    insee_code: str
    vat: Regime | None = None


@dataclass(frozen=True, kw_only=True)
class Persona:
    """Somebody to sign in as, of an organisation or none. `can` ends the sentence "…, who"."""

    login: str
    name: str
    insee_code: str
    organisation: str = ""
    role: Membership.Role = Membership.Role.MEMBER
    can: str


@dataclass(frozen=True, kw_only=True)
class People:
    """Who signs in, and the names of everybody else."""

    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    personas: tuple[Persona, ...]


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """What spaces have and sites offer, by code."""

    equipment: dict[str, Words]
    services: dict[str, Words]
    specialisations: dict[str, Words]


@dataclass(frozen=True, kw_only=True)
class LabelPlan:
    """A label of others; `excludes` are codes of labels that are not held along with it."""

    name: Words
    owner: str
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VersionPlan:
    """A version of a label's charter; without an end, it is still given."""

    label: str
    name: str
    criteria: Words = UNSAID
    given_from: date
    given_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Labels, and the versions of their charters by a code of their own."""

    labels: dict[str, LabelPlan]
    versions: dict[str, VersionPlan]


@dataclass(frozen=True, kw_only=True)
class Hours:
    """One interval of opening on several days of a week, in the site's own time."""

    days: tuple[Weekday, ...]
    opens_at: time
    closes_at: time


@dataclass(frozen=True, kw_only=True)
class KindPlan:
    """What a space of one kind is unless its site says otherwise.

    `demand` is the share of a site's busyness that the kind sees; `seats` are those of one unit.
    """

    name: Words = UNSAID
    name_of_several: Words = UNSAID
    seats: int = 0
    sold_by: Space.SoldBy = Space.SoldBy.WHOLE
    min_minutes: int = 30
    max_minutes: int = 1440
    equipment: tuple[str, ...]
    description: Words = UNSAID
    demand: float


@dataclass(frozen=True, kw_only=True)
class EndpointPlan:
    """How a video room is reached by one standard; `address` has a `{name}` to fill in."""

    address: str
    device: Words


@dataclass(frozen=True, kw_only=True)
class SpaceKinds:
    """The kinds of spaces, and the ways to reach video rooms."""

    kinds: dict[Space.Kind, KindPlan]
    endpoints: dict[VideoEndpoint.Standard, EndpointPlan]


@dataclass(frozen=True, kw_only=True)
class Video:
    """A video room's name in the video domain of the demo, and what it speaks."""

    name: str
    standards: tuple[VideoEndpoint.Standard, ...]


@dataclass(frozen=True, kw_only=True)
class SpacePlan:
    """One space; name, seats, equipment and description left out are its kind's.

    `seats` are those of one booking. `kept_free`: units that the invented bookings of days to
    come leave alone.
    """

    kind: Space.Kind
    name: Words = UNSAID
    units: int = 1
    seats: int = 0
    is_numbered: bool = False
    equipment: tuple[str, ...] = ()
    description: Words = UNSAID
    video: Video | None = None
    kept_free: int = 0


@dataclass(frozen=True, kw_only=True)
class Access:
    """Accessibility facts of a site."""

    step_free: bool
    toilet: bool
    parking: bool
    hearing_loop: bool
    note: Words = UNSAID


@dataclass(frozen=True, kw_only=True)
class ClosurePlan:
    """A closure from the Monday `weeks` weeks after this one's, for `days` days.

    `space` is the French name of what is closed; without it, the whole site.
    """

    space: str = ""
    weeks: int
    days: int
    reason: Words


@dataclass(frozen=True, kw_only=True)
class HaltPlan:
    """Where an itinerant site stops."""

    insee_code: str
    place: Words
    latitude: float
    longitude: float


@dataclass(frozen=True, kw_only=True)
class MeasuredPlan:
    """What the line carried on a day, and who measured it."""

    on: date
    by: str
    download_mbps: int
    upload_mbps: int


@dataclass(frozen=True, kw_only=True)
class TransitPlan:
    """A stop of public transport near a site."""

    mode: TransitStop.Mode
    name: str
    distance_m: int | None = None
    walk_minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class PartnerPlan:
    """Who works with a site, there or near."""

    name: str
    is_on_site: bool = False
    offers: Words
    held: Words = UNSAID
    contact_url: str = ""


@dataclass(frozen=True, kw_only=True)
class HeldPlan:
    """A label that the site holds, by the code of its version."""

    version: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class FundingPlan:
    """Money for a site: of an organisation of the files, or of somebody named."""

    funder: str = ""
    funder_name: str = ""
    kind: Funding.Kind
    amount_cents: int | None = None
    starts_on: date
    ends_on: date | None = None
    programme: str = ""


@dataclass(frozen=True, kw_only=True)
class SitePlan:
    """One site; its file is named by its slug.

    `hours` names a week, which only an itinerant site does without. `busy` is the share of its
    places taken on an ordinary Tuesday.
    """

    name: Words
    operator: str
    category: Site.Category
    is_itinerant: bool = False
    insee_code: str
    address: str
    postal_code: str
    latitude: float
    longitude: float
    phone: str = ""
    email: str = ""
    hours: str = ""
    busy: float
    surface_m2: int
    host: Site.Host | None = None
    host_name: Words = UNSAID
    technology: Site.Technology
    download_mbps: int
    upload_mbps: int
    services: tuple[str, ...]
    specialisations: tuple[str, ...] = ()
    access: Access
    description: Words
    directions: Words
    access_notes: Words
    measured: MeasuredPlan | None = None
    transit_stops: tuple[TransitPlan, ...] = ()
    partners: tuple[PartnerPlan, ...] = ()
    labels: tuple[HeldPlan, ...] = ()
    fundings: tuple[FundingPlan, ...] = ()
    spaces: tuple[SpacePlan, ...]
    closures: tuple[ClosurePlan, ...] = ()
    halts: tuple[HaltPlan, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Order:
    """The slugs of the sites, in the order in which they are written."""

    sites: tuple[str, ...]
