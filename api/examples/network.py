"""Examples of operations about places, bookings and people; and of their refusals."""

from api.examples import prices
from api.examples.example import Example, Json

REFERENCE = "7K3MQ0XW5D"
SITE: Json = {
    "slug": "telecentre-de-ville",
    "name": "Télécentre de Villé",
    "category": "rural",
    "commune": "Villé",
    "insee_code": "67507",
    "latitude": 48.3427,
    "longitude": 7.3029,
}
BOOKING: Json = {
    "reference": REFERENCE,
    "status": "confirmed",
    "space": 12,
    "unit": 104,
    "site": "telecentre-de-ville",
    "starts_at": "2026-11-24T09:00:00+01:00",
    "ends_at": "2026-11-24T12:00:00+01:00",
    "times": [{"starts_at": "2026-11-24T09:00:00+01:00", "ends_at": "2026-11-24T12:00:00+01:00"}],
    "people": 1,
    "pay_with": "passes",
    "on_account_of": None,
    "is_possible": True,
    "impossible_because": None,
    "price": prices.MORNING,
    "calendar_url": f"http://localhost:8000/api/v1/bookings/{REFERENCE}/event.ics",
}
LATER: Json = BOOKING | {
    "starts_at": "2026-11-24T14:00:00+01:00",
    "ends_at": "2026-11-24T18:00:00+01:00",
    "times": [{"starts_at": "2026-11-24T14:00:00+01:00", "ends_at": "2026-11-24T18:00:00+01:00"}],
    "price": prices.AFTERNOON,
}
ENDED: Json = {"status": "cancelled", "price": prices.CANCELLED}
EVENT = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Maillage//Reservations//FR
CALSCALE:GREGORIAN
METHOD:PUBLISH
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:20070325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20071028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Télécentre de Villé – Espace ouvert
DTSTART;TZID=Europe/Paris:20261124T090000
DTEND;TZID=Europe/Paris:20261124T120000
DTSTAMP:20261123T093000Z
UID:7K3MQ0XW5D-1@localhost
SEQUENCE:0
CREATED:20261123T093000Z
DESCRIPTION:Réservation 7K3MQ0XW5D\\nPour entrer : Door code 1234\\nVoir\\,
  modifier ou annuler : http://localhost:8000/bookings/7K3MQ0XW5D/
GEO:48.3427;7.3029
LAST-MODIFIED:20261123T093000Z
LOCATION:Télécentre de Villé\\, 1 place de la Mairie\\, 67220 Villé
ORGANIZER;CN=Maillage:mailto:bonjour@maillage.example
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:http://localhost:8000/bookings/7K3MQ0XW5D/
END:VEVENT
END:VCALENDAR
"""

AFTERNOON: Json = {
    "starts_at": "2026-11-24T14:00:00+01:00",
    "ends_at": "2026-11-24T18:00:00+01:00",
}
EXAMPLES: dict[str, Example] = {
    "listSites": Example(
        "GET /sites?near=48.30,7.30&radius_km=20&space_kind=desk",
        {"items": [SITE | {"distance_km": 4.75}], "next": None},
    ),
    "getSite": Example(
        "GET /sites/telecentre-de-ville",
        SITE
        | {
            "distance_km": None,
            "address": "1 place de la Mairie",
            "postal_code": "67220",
            "time_zone": "Europe/Paris",
            "operator": "CC de la Vallée de Villé",
            "operator_legal_form": "epci",
            "phone": "+33388570000",
            "email": "telecentre@maillage.example",
            "description": "Dans l'ancienne école, à deux pas de la mairie.",
            "directions": "",
            "languages": {"description": "fr", "directions": "fr", "accessibility_note": "fr"},
            "surface_m2": 80,
            "host": "town_hall",
            "host_name": "",
            "specialisations": [{"code": "crafts", "name": "Métiers d’art", "lang": "fr"}],
            "is_itinerant": False,
            "services": [],
            "hours": [
                {"weekday": "monday", "opens_at": "08:00", "closes_at": "18:30"},
                {"weekday": "tuesday", "opens_at": "08:00", "closes_at": "18:30"},
                {"weekday": "wednesday", "opens_at": "08:00", "closes_at": "18:30"},
                {"weekday": "thursday", "opens_at": "08:00", "closes_at": "18:30"},
                {"weekday": "friday", "opens_at": "08:00", "closes_at": "18:30"},
            ],
            "holidays": "alsace_moselle",
            "closures": [],
            "stops": [],
            "connection": {
                "technology": "fibre",
                "download_mbps": 500,
                "upload_mbps": 300,
                "measured": {
                    "measured_on": "2026-10-06",
                    "measured_by": "Vallée de Villé",
                    "download_mbps": 462,
                    "upload_mbps": 288,
                },
            },
            "accessibility": {
                "step_free_access": True,
                "accessible_toilet": False,
                "accessible_parking": False,
                "hearing_loop": False,
                "note": "",
            },
            "transit_stops": [
                {"mode": "bus", "name": "Villé Mairie", "distance_m": 150, "walk_minutes": 2}
            ],
            "partners": [
                {
                    "name": "Mission locale",
                    "is_on_site": True,
                    "offers": "Aide à la recherche d’emploi",
                    "held": "le mardi de 9 h à 12 h",
                    "contact_url": "https://emploi.maillage.example/",
                    "languages": {"offers": "fr", "held": "fr"},
                }
            ],
            "labels": [
                {
                    "code": "france-services",
                    "name": "France services",
                    "lang": "fr",
                    "version": "2024",
                    "owner": "État",
                    "criteria_url": "https://labels.maillage.example/france-services-2024",
                    "starts_on": "2025-01-01",
                    "ends_on": None,
                }
            ],
            "fundings": [
                {
                    "funder": "Région Grand Est",
                    "kind": "investment",
                    "amount_cents": 4_500_000,
                    "programme": "Tiers-lieux ruraux",
                    "starts_on": "2024-01-01",
                    "ends_on": "2026-12-31",
                }
            ],
            "spaces": [
                {
                    "id": 12,
                    "name": "Espace ouvert",
                    "kind": "desk",
                    "capacity": 8,
                    "sold_by": "place",
                    "is_fungible": True,
                    "units_count": 8,
                    "units": [],
                    "limits": {"min_minutes": 30, "max_minutes": 1440, "advance_days": 90},
                    "equipment": [],
                    "description": "",
                }
            ],
        },
    ),
    "listTerritories": Example(
        "GET /territories?kind=epci&commune=67507",
        {
            "items": [
                {
                    "kind": "epci",
                    "code": "246700744",
                    "name": "CC de la Vallée de Villé",
                    "population": 1754,
                    "communes_count": 1,
                    "source": "INSEE, code officiel géographique ; DGCL",
                    "valid_on": "2026-01-01",
                }
            ],
            "next": None,
        },
    ),
    "findAvailability": Example(
        "GET /availability?starts_at=2026-11-24T09:00:00%2B01:00"
        "&ends_at=2026-11-24T12:00:00%2B01:00&space_kind=desk&near=48.30,7.30&radius_km=20",
        {
            "items": [
                {
                    "space": {"id": 12, "name": "Espace ouvert", "kind": "desk", "capacity": 8},
                    "site": SITE | {"distance_km": 4.75},
                    "units_free": 8,
                }
            ],
            "next": None,
        },
    ),
    "createBooking": Example(
        "POST /bookings",
        BOOKING,
        body={
            "space": 12,
            "starts_at": "2026-11-24T09:00:00+01:00",
            "ends_at": "2026-11-24T12:00:00+01:00",
        },
        headers={"Idempotency-Key": "5c0e9a52-tuesday"},
        status=201,
    ),
    "listBookings": Example(
        "GET /bookings?when=upcoming&status=confirmed", {"items": [BOOKING], "next": None}
    ),
    "getBooking": Example(f"GET /bookings/{REFERENCE}", BOOKING),
    "getBookingEvent": Example(f"GET /bookings/{REFERENCE}/event.ics", EVENT),
    "changeBooking": Example(
        f"PATCH /bookings/{REFERENCE}",
        LATER,
        body=AFTERNOON,
    ),
    "cancelBooking": Example(f"POST /bookings/{REFERENCE}/cancel", LATER | ENDED),
    "giveBackBooking": Example(
        f"POST /bookings/{REFERENCE}/give-back",
        BOOKING | ENDED,
        body={
            "times": [
                {
                    "starts_at": "2026-11-24T09:00:00+01:00",
                    "ends_at": "2026-11-24T12:00:00+01:00",
                }
            ]
        },
    ),
    "getMe": Example(
        "GET /me",
        {
            "email": "camille@maillage.example",
            "name": "Camille Muller",
            "status": "public_agent",
            "organisations": [
                {
                    "name": "CC de la Vallée de Villé",
                    "capacities": ["operator", "collectivity"],
                    "role": "manager",
                }
            ],
            "capacities": [
                {
                    "organisation": {"id": 4107, "name": "CC de la Vallée de Villé"},
                    "kind": kind,
                    "role": "manager",
                }
                for kind in ("operator", "collectivity")
            ],
            "accounts": [],
            "subscriptions": [],
            "sites": [{"slug": "telecentre-de-ville", "name": "Télécentre de Villé"}],
        },
    ),
}
PROBLEM: Json = {
    "type": "/api/v1/docs#no_unit_free",
    "title": "Nothing is free any more",
    "status": 409,
    "detail": "Nothing is free here any more at this time. Choose another one.",
    "code": "no_unit_free",
    "alternatives": [
        {
            "space": {"id": 31, "name": "Le bocal", "kind": "desk", "capacity": 6},
            "site": {
                "slug": "la-tannerie",
                "name": "La Tannerie",
                "category": "rural",
                "commune": "Villé",
                "insee_code": "67507",
                "latitude": 48.4687,
                "longitude": 7.3029,
                "distance_km": 14.01,
            },
            "units_free": 6,
            "times": [
                {
                    "starts_at": "2026-11-24T09:00:00+01:00",
                    "ends_at": "2026-11-24T12:00:00+01:00",
                }
            ],
            "price_cents": 800,
            "url": "http://localhost:8000/book/31/"
            "?at=2026-11-24T09%3A00%2B01%3A00%2F2026-11-24T12%3A00%2B01%3A00",
        }
    ],
}
#: The same of a change.
CHANGE_PROBLEM: Json = PROBLEM | {
    "alternatives": [
        {name: one[name] for name in one if name != "url"} | {"times": [AFTERNOON]}
        for one in PROBLEM["alternatives"]
    ]
}
#: The refusal that the document shows of an operation.
REFUSALS = {"createBooking": PROBLEM, "changeBooking": CHANGE_PROBLEM}
