"""What the bookings of the examples cost: made so late that cancelling is not free any more."""

from typing import Any

Json = dict[str, Any]
MORNING: Json = {
    "currency": "EUR",
    "total_cents": 800,
    "lines": [
        {
            "duration": "half_day",
            "starts_at": "2026-11-24T09:00:00+01:00",
            "ends_at": "2026-11-24T12:00:00+01:00",
            "quantity": 1.0,
            "unit_price_cents": 800,
            "amount_cents": 800,
            "covered_by": None,
        }
    ],
    "saved_cents": 0,
    "late_cents": 0,
    "late_half_days": 0,
    "subsidy_cents": 0,
    "subsidies": [],
    "covered": [],
    "free_until": "2026-11-23T09:00:00+01:00",
    "late_percent": 50,
    "half_days_at_stake": 0,
}
AFTERNOON: Json = MORNING | {
    "lines": [
        {
            "duration": "half_day",
            "starts_at": "2026-11-24T14:00:00+01:00",
            "ends_at": "2026-11-24T18:00:00+01:00",
            "quantity": 1.0,
            "unit_price_cents": 800,
            "amount_cents": 800,
            "covered_by": None,
        }
    ]
}
#: What is kept of either.
CANCELLED: Json = MORNING | {
    "total_cents": 400,
    "lines": [],
    "late_cents": 400,
    "free_until": None,
    "late_percent": 0,
}
