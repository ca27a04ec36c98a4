"""One site as plain JSON types."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import time
from zoneinfo import ZoneInfo

from api.shapes.plain import Json, local
from api.shapes.sites import site_out
from sites.clocks import end_text, joined_hours
from sites.models import (
    Closure,
    Equipment,
    Funding,
    OpeningHours,
    Partner,
    Site,
    SiteLabel,
    Space,
    SpeedMeasurement,
    Stop,
)
from sites.models.vocabulary import Term
from sites.models.worded import Worded
from sites.queries import SiteFacts

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def site_detail_out(
    site: Site,
    facts: SiteFacts,
    *,
    closures: Iterable[Closure],
    stops: Iterable[Stop],
    spaces: Iterable[Space],
) -> Json:
    """Return all that the public may know of a site: not its access notes."""
    return site_out(site, None) | {
        "address": site.address,
        "postal_code": site.postal_code,
        "time_zone": site.time_zone,
        "operator": site.operator.name,
        "operator_legal_form": site.operator.legal_form,
        "phone": site.phone,
        "email": site.email,
        "description": site.told("description").text,
        "directions": site.told("directions").text,
        "languages": languages(site, "description", "directions", "accessibility_note"),
        "surface_m2": site.surface_m2,
        "host": site.host,
        "host_name": site.host_name,
        "specialisations": named(facts.specialisations),
        "is_itinerant": site.is_itinerant,
        "services": named(facts.services),
        "hours": week_out(site.opening_hours.all()),
        "holidays": site.holidays,
        "closures": [closure_out(one, site.zone) for one in closures],
        "stops": [stop_out(one, site.zone) for one in stops],
        "connection": connection_out(site, facts.measurement),
        "accessibility": accessibility_out(site),
        **surroundings_out(facts),
        "spaces": [space_out(one, facts.equipment.get(one.pk, [])) for one in spaces],
    }


def languages(row: Worded, *names: str) -> Json:
    """Return the language that each of the texts is told in."""
    return {name: row.told(name).lang for name in names}


def connection_out(site: Site, measured: SpeedMeasurement | None) -> Json:
    """Return what the site declares of its line, and what was last measured."""
    return {
        "technology": site.technology,
        "download_mbps": site.download_mbps,
        "upload_mbps": site.upload_mbps,
        "measured": measured
        and {
            "measured_on": measured.measured_on.isoformat(),
            "measured_by": measured.measured_by,
            "download_mbps": measured.download_mbps,
            "upload_mbps": measured.upload_mbps,
        },
    }


def accessibility_out(site: Site) -> Json:
    """Return what the site says of its accessibility."""
    return {
        "step_free_access": site.step_free_access,
        "accessible_toilet": site.accessible_toilet,
        "accessible_parking": site.accessible_parking,
        "hearing_loop": site.hearing_loop,
        "note": site.told("accessibility_note").text,
    }


def surroundings_out(facts: SiteFacts) -> Json:
    """Return who and what is around a site."""
    return {
        "transit_stops": [
            {
                "mode": one.mode,
                "name": one.name,
                "distance_m": one.distance_m,
                "walk_minutes": one.walk_minutes,
            }
            for one in facts.transit_stops
        ],
        "partners": [partner_out(one) for one in facts.partners],
        "labels": [label_out(one) for one in facts.labels],
        "fundings": [funding_out(one) for one in facts.fundings],
    }


def partner_out(partner: Partner) -> Json:
    """Return who works with a site."""
    return {
        "name": partner.name,
        "is_on_site": partner.is_on_site,
        "offers": partner.told("offers").text,
        "held": partner.told("held").text,
        "contact_url": partner.contact_url,
        "languages": languages(partner, "offers", "held"),
    }


def label_out(held: SiteLabel) -> Json:
    """Return a label that a site holds, in the version that it was given."""
    label = held.version.label
    return {
        **term_out(label),
        "version": held.version.name,
        "owner": label.owner,
        "criteria_url": held.version.criteria_url,
        **days_out(held),
    }


def funding_out(funding: Funding) -> Json:
    """Return who pays for what."""
    return {
        "funder": funding.payer,
        "kind": funding.kind,
        "amount_cents": funding.amount_cents,
        "programme": funding.programme,
        **days_out(funding),
    }


def days_out(row: SiteLabel | Funding) -> Json:
    """Return the first and the last day, if there is one."""
    return {
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on and row.ends_on.isoformat(),
    }


def term_out(term: Term) -> Json:
    """Return a word of the network's vocabulary, and the language that it is in."""
    name = term.told("name")
    return {"code": term.code, "name": name.text, "lang": name.lang}


def named(terms: Iterable[Term]) -> list[Json]:
    """Return words of the network's vocabulary, by code."""
    return [term_out(one) for one in sorted(terms, key=lambda one: one.code)]


def week_out(hours: Iterable[OpeningHours]) -> list[Json]:
    """Return the intervals of the week, those that touch as one; midnight as an end is 24:00."""
    by_day: dict[int, list[tuple[time, time]]] = defaultdict(list)
    for one in hours:
        by_day[one.weekday].append((one.opens_at, one.closes_at))
    return [
        {
            "weekday": WEEKDAYS[weekday],
            "opens_at": f"{opens_at:%H:%M}",
            "closes_at": end_text(closes_at),
        }
        for weekday, times in sorted(by_day.items())
        for opens_at, closes_at in joined_hours(times)
    ]


def closure_out(closure: Closure, zone: ZoneInfo) -> Json:
    """Return when a site or a space is closed, and why."""
    return {
        "starts_at": local(closure.starts_at, zone),
        "ends_at": local(closure.ends_at, zone),
        "reason": closure.reason,
        "space": closure.space_id,
    }


def stop_out(stop: Stop, zone: ZoneInfo) -> Json:
    """Return when and where an itinerant site stands."""
    return {
        "starts_at": local(stop.starts_at, zone),
        "ends_at": local(stop.ends_at, zone),
        "place": stop.place,
        "commune": stop.commune.name,
        "insee_code": stop.commune.insee_code,
        "latitude": stop.latitude,
        "longitude": stop.longitude,
    }


def space_out(space: Space, equipment: Iterable[Equipment]) -> Json:
    """Return a space whose active units were prefetched."""
    units = sorted(space.units.all(), key=lambda unit: unit.pk)
    numbered = [] if space.is_fungible else units
    return {
        "id": space.pk,
        "name": space.name,
        "kind": space.kind,
        "capacity": space.capacity,
        "sold_by": space.sold_by,
        "is_fungible": space.is_fungible,
        "units_count": len(units),
        "units": [{"id": unit.pk, "label": unit.label} for unit in numbered],
        "limits": {
            "min_minutes": space.min_minutes,
            "max_minutes": space.max_minutes,
            "advance_days": space.advance_days,
        },
        "equipment": named(equipment),
        "description": space.description,
    }
