"""What a site and its spaces have, in words."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import BigIntegerField, CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from sites.models import Equipment, Photo, Service, Site, VideoEndpoint


@dataclass(frozen=True)
class SiteFacts:
    """Services and photos of a site; equipment and video standards by space."""

    services: list[str] = field(default_factory=list)
    photos: list[tuple[str, str]] = field(default_factory=list)
    equipment: dict[int, list[str]] = field(default_factory=dict)
    video: dict[int, list[str]] = field(default_factory=dict)


def load_facts(site: Site) -> SiteFacts:
    """Read all of a site's facts in one query. A photo is its file's name and its words."""
    services = tagged("service", Service.objects.filter(sites=site), None, F("name"))
    photos = tagged("photo", Photo.objects.filter(site=site), None, F("alternative"), F("image"))
    equipment = tagged(
        "equipment", Equipment.objects.filter(spaces__site=site), F("spaces"), F("name")
    )
    endpoints = VideoEndpoint.objects.filter(space__site=site)
    video = tagged("video", endpoints, F("space"), F("standard"))
    facts = SiteFacts()
    for what, space_id, text, name in services.union(photos, equipment, video, all=True):
        match what:
            case "service":
                facts.services.append(text)
            case "photo":
                facts.photos.append((name, text))
            case "equipment":
                facts.equipment.setdefault(space_id, []).append(text)
            case "video":
                facts.video.setdefault(space_id, []).append(VideoEndpoint.Standard(text).label)
    return facts


def tagged(
    what: str,
    rows: QuerySet[Any],
    space: F | None,
    text: F,
    name: F | Value | None = None,
) -> QuerySet[Any, tuple[str, int, str, str]]:
    """Return rows as (what, space id, text, name), alike for all so that a union can hold them."""
    return rows.order_by().values_list(
        Value(what, output_field=CharField()),
        Cast(space or Value(None), BigIntegerField()),
        text,
        name or Value("", output_field=CharField()),
    )
