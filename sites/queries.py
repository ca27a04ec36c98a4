"""All that a site and its spaces have, read in one query."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    F,
    JSONField,
    Model,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, JSONArray

from network.sql import Asked, Given, kept, together
from sites.models import (
    Equipment,
    Funding,
    Partner,
    Photo,
    Service,
    Site,
    SiteLabel,
    Specialisation,
    SpeedMeasurement,
    TransitStop,
    VideoEndpoint,
)

TERM = ("code", "name", "other_words")
#: Of each table, what is told: a column, or one of a row that it refers to.
COLUMNS: Mapping[type[Model], tuple[str, ...]] = {
    Service: TERM,
    Specialisation: TERM,
    Equipment: (*TERM, "spaces"),
    Photo: ("image", "alternative", "position", "id"),
    VideoEndpoint: ("space", "standard"),
    TransitStop: ("mode", "name", "distance_m", "walk_minutes"),
    Partner: ("name", "is_on_site", "offers", "held", "contact_url", "other_words", "id"),
    SpeedMeasurement: ("measured_on", "measured_by", "download_mbps", "upload_mbps"),
    Funding: (
        *("kind", "amount_cents", "starts_on", "ends_on", "programme"),
        *("funder_name", "funder__name", "id"),
    ),
    SiteLabel: (
        *("starts_on", "ends_on", "version__name", "version__criteria_url"),
        *("version__criteria", "version__other_words", "version__label__code"),
        *("version__label__name", "version__label__owner", "version__label__other_words"),
    ),
}


@dataclass(frozen=True)
class SiteFacts:
    """What a site has, its nearest stops, latest measurement and labels of the day first.

    Rows are unsaved and hold what is told; a photo is its file's name and its words; equipment
    and video standards are by space.
    """

    services: list[Service] = field(default_factory=list)
    specialisations: list[Specialisation] = field(default_factory=list)
    photos: list[tuple[str, str]] = field(default_factory=list)
    equipment: dict[int, list[Equipment]] = field(default_factory=dict)
    video: dict[int, list[str]] = field(default_factory=dict)
    transit_stops: list[TransitStop] = field(default_factory=list)
    partners: list[Partner] = field(default_factory=list)
    measurement: SpeedMeasurement | None = None
    fundings: list[Funding] = field(default_factory=list)
    labels: list[SiteLabel] = field(default_factory=list)


Values = dict[str, Any]
ONE_SITE, ONE_DAY = Given("site", BigIntegerField()), Given("today", DateField())
Found = Mapping[type[Model], list[Values]]


def load_facts(site: Site, today: date) -> SiteFacts:
    """Read a site's facts as of `today` in one query."""
    asked = asked_facts(site, today)
    together(asked)
    return facts_of(asked.rows)


def asked_facts(site: Site, today: date) -> Asked[tuple[str, list[Any]]]:
    """Return the one query for a site's facts as of `today`, to be asked with something else."""
    return every_row().asked(site=site.pk, today=today)


def facts_of(rows: Iterable[tuple[str, list[Any]]]) -> SiteFacts:
    """Return the facts that were read."""
    found = by_table(rows)
    measured = rows_by(SpeedMeasurement, found, "measured_on")
    return SiteFacts(
        services=rows_by(Service, found, "name"),
        specialisations=rows_by(Specialisation, found, "name"),
        photos=photos_among(found),
        equipment=equipment_by_space(found),
        video=standards_by_space(found),
        transit_stops=sorted(rows_by(TransitStop, found, "name"), key=TransitStop.nearness),
        partners=rows_by(Partner, found, "id"),
        measurement=measured[-1] if measured else None,
        fundings=rows_by(Funding, found, "id"),
        labels=rows_by(SiteLabel, found, "starts_on"),
    )


def by_table(rows: Iterable[tuple[str, list[Any]]]) -> Found:
    """Return what is told of a site, table by table."""
    found: dict[type[Model], list[Values]] = defaultdict(list)
    models = {model.__name__: model for model in COLUMNS}
    for name, values in rows:
        model = models[name]
        found[model].append(dict(zip(COLUMNS[model], values, strict=True)))
    return found


@kept
def every_row() -> QuerySet[Any, tuple[str, list[Any]]]:
    """Return what is told of one site, of all tables."""
    first, *others = (told_rows(rows) for rows in rows_of(ONE_SITE, ONE_DAY))
    return first.union(*others, all=True)


def photos_among(found: Found) -> list[tuple[str, str]]:
    """Return the files of photos and their words, in the order of their positions."""
    ordered = sorted(found[Photo], key=lambda one: (one["position"], one["id"]))
    return [(one["image"], one["alternative"]) for one in ordered]


def equipment_by_space(found: Found) -> dict[int, list[Equipment]]:
    """Return the equipment of each space, by name."""
    equipment: dict[int, list[Equipment]] = defaultdict(list)
    for values in sorted(found[Equipment], key=lambda one: str(one["name"])):
        columns = {name: value for name, value in values.items() if name != "spaces"}
        equipment[values["spaces"]].append(row_of(Equipment, columns))
    return dict(equipment)


def standards_by_space(found: Found) -> dict[int, list[str]]:
    """Return the standards by which each space is reached, in words."""
    standards: dict[int, list[str]] = defaultdict(list)
    for values in found[VideoEndpoint]:
        standards[values["space"]].append(VideoEndpoint.Standard(values["standard"]).label)
    return dict(standards)


def rows_of(site: Given, today: Given) -> Iterator[QuerySet[Any]]:
    """Yield the rows of each table that are told of a site."""
    yield Service.objects.filter(sites=site)
    yield Specialisation.objects.filter(sites=site)
    yield Equipment.objects.filter(spaces__site=site)
    yield VideoEndpoint.objects.filter(space__site=site)
    yield SiteLabel.objects.filter(site=site).held_on(today)
    for model in (Photo, TransitStop, Partner, SpeedMeasurement, Funding):
        yield model._default_manager.filter(site=site)


def told_rows(rows: QuerySet[Any]) -> QuerySet[Any, tuple[str, list[Any]]]:
    """Return rows as (name of the model, what is told), alike for all so that a union holds them.

    JSON inside JSON goes as text: SQLite would quote it otherwise. The names of columns are left
    out: all seventy would go to the database as values, each time.
    """
    columns = (
        Cast(name, TextField()) if name.endswith("other_words") else F(name)
        for name in COLUMNS[rows.model]
    )
    name = Value(rows.model.__name__, output_field=CharField())
    return rows.order_by().values_list(name, JSONArray(*columns))


def rows_by(model: type[Any], found: Found, key: str) -> list[Any]:
    """Return the rows of `model` that were found, by a column."""
    return [row_of(model, values) for values in sorted(found[model], key=lambda one: one[key])]


def row_of(model: type[Any], values: Mapping[str, Any]) -> Any:
    """Return an unsaved row of `model` with those values, and the rows that it refers to."""
    own: dict[str, Any] = {}
    related: dict[str, dict[str, Any]] = defaultdict(dict)
    for path, value in values.items():
        name, _, rest = path.partition("__")
        if rest:
            related[name][rest] = value
        else:
            own[name] = read(model, name, value)
    for name, further in related.items():
        if any(value is not None for value in further.values()):
            own[name] = row_of(model._meta.get_field(name).related_model, further)
    return model(**own)


def read(model: type[Any], name: str, value: Any) -> Any:
    """Return a value as its column has it: a day, or words by language."""
    column = model._meta.get_field(name)
    return json.loads(value) if isinstance(column, JSONField) else column.to_python(value)
