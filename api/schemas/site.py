"""What is answered of one site, field by field."""

from typing import Annotated, Literal

from django.conf import settings
from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field, WithJsonSchema

from api.schemas.sites import SiteOut
from api.schemas.values import Local, SpaceKind, one_of
from network.models.legal_forms import LegalForm
from sites.models import Funding, Site, Space, TransitStop

Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
Language = Annotated[
    str, WithJsonSchema({"type": "string", "enum": [code for code, _name in settings.LANGUAGES]})
]
SoldBy = Annotated[Space.SoldBy, one_of(Space.SoldBy)]
Technology = Annotated[Site.Technology, one_of(Site.Technology)]
Holidays = Annotated[Site.Holidays, one_of(Site.Holidays)]
Mode = Annotated[TransitStop.Mode, one_of(TransitStop.Mode)]
FundingKind = Annotated[Funding.Kind, one_of(Funding.Kind)]
LegalFormOut = Annotated[str, WithJsonSchema({"type": "string", "enum": ["", *LegalForm.values]})]
Host = Annotated[str, WithJsonSchema({"type": "string", "enum": ["", *Site.Host.values]})]


class HoursOut(Schema):
    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    opens_at: str = Field(description=_("HH:MM in the site's own time"))
    closes_at: str = Field(description=_("HH:MM; 24:00 is the end of the day"))


class ClosureOut(Schema):
    starts_at: Local
    ends_at: Local
    reason: str
    space: int | None = Field(description=_("id of the closed space; null: the whole site"))


class StopOut(Schema):
    starts_at: Local
    ends_at: Local
    place: str
    commune: str
    insee_code: str
    latitude: float
    longitude: float


class MeasuredOut(Schema):
    measured_on: Day
    measured_by: str
    download_mbps: int
    upload_mbps: int


class ConnectionOut(Schema):
    technology: Technology
    download_mbps: int = Field(description=_("as declared by the site"))
    upload_mbps: int = Field(description=_("as declared by the site"))
    measured: MeasuredOut | None = Field(description=_("the latest measurement, if there is one"))


class AccessibilityOut(Schema):
    step_free_access: bool
    accessible_toilet: bool
    accessible_parking: bool
    hearing_loop: bool
    note: str


class NamedOut(Schema):
    code: str
    name: str
    lang: Language = Field(description=_("language that the name is in"))


class TransitStopOut(Schema):
    mode: Mode
    name: str
    distance_m: int | None
    walk_minutes: int | None


class PartnerLanguagesOut(Schema):
    offers: Language
    held: Language


class PartnerOut(Schema):
    name: str
    is_on_site: bool = Field(description=_("holds a desk on site; else it is near"))
    offers: str
    held: str = Field(description=_("when, in words"))
    contact_url: str
    languages: PartnerLanguagesOut = Field(description=_("language that each text is in"))


class LabelOut(Schema):
    code: str
    name: str
    lang: Language = Field(description=_("language that the name is in"))
    version: str = Field(description=_("of the charter; a site keeps the one that it was given"))
    owner: str
    criteria_url: str
    starts_on: Day
    ends_on: Day | None = Field(description=_("last day; null: without an end"))


class FundingOut(Schema):
    funder: str
    kind: FundingKind
    amount_cents: int | None = Field(description=_("null: not told"))
    starts_on: Day
    ends_on: Day | None = Field(description=_("last day; null: without an end"))
    programme: str


class UnitOut(Schema):
    id: int
    label: str


class LimitsOut(Schema):
    min_minutes: int = Field(description=_("shortest booking"))
    max_minutes: int = Field(description=_("longest booking a day"))
    advance_days: int = Field(description=_("how far ahead it can be booked"))


class SpaceOut(Schema):
    id: int
    name: str
    kind: SpaceKind
    capacity: int = Field(description=_("people one booking may bring"))
    sold_by: SoldBy
    is_fungible: bool = Field(description=_("its units are interchangeable, none can be asked for"))
    units_count: int
    units: list[UnitOut] = Field(description=_("empty when interchangeable"))
    limits: LimitsOut
    equipment: list[NamedOut]
    description: str


class SiteLanguagesOut(Schema):
    description: Language
    directions: Language
    accessibility_note: Language


class SiteDetailOut(SiteOut):
    address: str
    postal_code: str
    time_zone: str
    operator: str
    operator_legal_form: LegalFormOut = Field(description=_("empty when it is not known"))
    phone: str = Field(description=_("E.164; empty when there is none"))
    email: str
    description: str
    directions: str
    languages: SiteLanguagesOut = Field(
        description=_(
            "language that each text is in: the one asked by Accept-Language, if the site has it"
        )
    )
    surface_m2: int | None
    host: Host
    host_name: str
    specialisations: list[NamedOut]
    is_itinerant: bool = Field(description=_("open where and when it stops"))
    services: list[NamedOut]
    hours: list[HoursOut]
    holidays: Holidays = Field(description=_("closed on the public holidays of"))
    closures: list[ClosureOut] = Field(description=_("the next ones"))
    stops: list[StopOut] = Field(description=_("the next ones of an itinerant site"))
    connection: ConnectionOut
    accessibility: AccessibilityOut
    transit_stops: list[TransitStopOut] = Field(description=_("the nearest first"))
    partners: list[PartnerOut]
    labels: list[LabelOut] = Field(description=_("those held today"))
    fundings: list[FundingOut]
    spaces: list[SpaceOut]
