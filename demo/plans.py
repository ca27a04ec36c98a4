"""What a site of the demo network is made of, and short ways to say it."""

from dataclasses import dataclass, replace

from sites.models import Site, Space

Kind = Space.Kind
WEEK = range(5)
SATURDAY = 5

#: One week of hours: for each weekday, the intervals of the day.
Day = tuple[tuple[str, str], ...]
Week = dict[int, Day]

DAWN_TO_DUSK: Day = (("07:30", "20:00"),)
BUSINESS_HOURS: Day = (("08:00", "19:00"),)
OFFICE_HOURS: Day = (("08:00", "18:30"),)
CUT_BY_LUNCH: Day = (("08:30", "12:00"), ("13:30", "17:30"))
COUNTER_HOURS: Day = (("08:00", "12:00"), ("13:30", "18:00"))
READING_HOURS: Day = (("10:00", "12:00"), ("14:00", "18:00"))

LONG_DAYS: Week = dict.fromkeys(WEEK, DAWN_TO_DUSK) | {SATURDAY: (("09:00", "13:00"),)}
CITY_DAYS: Week = dict.fromkeys(WEEK, BUSINESS_HOURS)
CITY_AND_SATURDAY: Week = CITY_DAYS | {SATURDAY: (("09:00", "12:30"),)}
OFFICE_DAYS: Week = dict.fromkeys(WEEK, OFFICE_HOURS)
CLOSED_AT_LUNCH: Week = dict.fromkeys(WEEK, CUT_BY_LUNCH)
TOWN_HALL: Week = dict.fromkeys(range(4), COUNTER_HOURS) | {4: COUNTER_HOURS[:1]}
LIBRARY: Week = dict.fromkeys(range(1, 6), READING_HOURS)


@dataclass(frozen=True, kw_only=True)
class SpacePlan:
    """One space. `kept_free`: units that the invented future bookings leave alone."""

    name: str
    kind: Space.Kind
    units: int = 1
    capacity: int
    is_numbered: bool = False
    equipment: tuple[str, ...] = ()
    description: str = ""
    endpoints: tuple[tuple[str, str, str], ...] = ()
    kept_free: int = 0


@dataclass(frozen=True, kw_only=True)
class Access:
    """Accessibility facts of a site."""

    step_free: bool = True
    toilet: bool = False
    parking: bool = False
    hearing_loop: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class SitePlan:
    """One site. `busy`: the share of its places taken on an ordinary Tuesday."""

    slug: str
    name: str
    operator: str
    category: Site.Category
    insee_code: str
    address: str
    postal_code: str
    at: tuple[float, float]
    hours: Week
    surface: int
    host: str = ""
    host_name: str = ""
    connection: tuple[str, int, int] = ("fibre", 500, 300)
    services: tuple[str, ...]
    specialisations: str = ""
    access: Access
    description: str
    directions: str
    access_notes: str
    spaces: tuple[SpacePlan, ...]
    busy: float
    is_itinerant: bool = False


def desks(name: str, units: int, *equipment: str, kept_free: int = 0) -> SpacePlan:
    """Return interchangeable desks, sold by place."""
    return SpacePlan(
        name=name,
        kind=Kind.DESK,
        units=units,
        capacity=units,
        equipment=equipment or ("second-screen", "ergonomic-chair"),
        kept_free=kept_free,
    )


def numbered_desks(name: str, units: int, *equipment: str) -> SpacePlan:
    """Return desks that are chosen by number."""
    return replace(desks(name, units, *equipment), is_numbered=True)


def offices(name: str, units: int, seats: int, *equipment: str) -> SpacePlan:
    """Return closed offices alike, each sold whole."""
    return SpacePlan(
        name=name,
        kind=Kind.OFFICE,
        units=units,
        capacity=seats,
        is_numbered=units > 1,
        equipment=equipment or ("second-screen", "ergonomic-chair", "lockable-storage"),
    )


def meeting(name: str, seats: int, *equipment: str) -> SpacePlan:
    """Return one meeting room."""
    return SpacePlan(
        name=name,
        kind=Kind.MEETING_ROOM,
        capacity=seats,
        equipment=equipment or ("large-screen", "whiteboard"),
    )


def video(name: str, seats: int, address: str, *standards: str) -> SpacePlan:
    """Return one video room; `address` is its name in the video domain of the demo."""
    reach = {
        "sip": ("sip", f"sip:{address}@visio.maillage.example", "Barre de visioconférence"),
        "h323": ("h323", f"{address}.visio.maillage.example", "Codec de salle"),
        "webrtc": ("webrtc", f"https://visio.maillage.example/{address}", "Navigateur de la salle"),
    }
    return SpacePlan(
        name=name,
        kind=Kind.VIDEO_ROOM,
        capacity=seats,
        equipment=("video-bar", "large-screen", "soundproof"),
        endpoints=tuple(reach[standard] for standard in standards or ("sip", "webrtc")),
    )


def booths(units: int) -> SpacePlan:
    """Return phone booths."""
    return SpacePlan(
        name="Cabines téléphoniques" if units > 1 else "Cabine téléphonique",
        kind=Kind.PHONE_BOOTH,
        units=units,
        capacity=1,
        equipment=("soundproof",),
        description="Pour un appel ou un court rendez-vous à distance.",
    )


def training(name: str, seats: int, *equipment: str) -> SpacePlan:
    """Return one training room."""
    return SpacePlan(
        name=name,
        kind=Kind.TRAINING_ROOM,
        capacity=seats,
        equipment=equipment or ("projector", "whiteboard", "wired-network"),
    )


def workshop(name: str, seats: int, *equipment: str) -> SpacePlan:
    """Return one workshop."""
    return SpacePlan(
        name=name,
        kind=Kind.WORKSHOP,
        capacity=seats,
        equipment=equipment or ("workbench", "3d-printer"),
        description="Sur réservation, après une première visite avec l’équipe.",
    )
