"""Examples of operations about prices and accounts."""

from api.examples import prices
from api.examples.example import Example

EXAMPLES = {
    "getTariffs": Example(
        "GET /tariffs?on=2026-11-24",
        {
            "name": "Grille tarifaire 2026",
            "in_force_from": "2026-11-23",
            "deliberation": "D-1",
            "currency": "EUR",
            "prices": [
                {
                    "category": "rural",
                    "kind": "desk",
                    "duration": "half_day",
                    "group": "standard",
                    "price_cents": 800,
                    "off_peak_cents": 600,
                }
            ],
            "bands": [
                {"category": "rural", "kind": "desk", "below_percent": 20, "above_percent": 10}
            ],
            "off_peak": [{"kind": "desk", "weekday": 0, "starts_at": "16:00", "ends_at": "00:00"}],
            "passes": [
                {
                    "code": "ten",
                    "name": "Carnet de dix",
                    "kind": "desk",
                    "category": None,
                    "is_of_one_site": False,
                    "half_days": 10,
                    "valid_months": 6,
                    "price_cents": 6500,
                }
            ],
        },
    ),
    "getBalance": Example(
        "GET /balance",
        {
            "currency": "EUR",
            "owed_cents": 6500,
            "passes": [
                {
                    "name": "Carnet de dix",
                    "kind": "desk",
                    "site": None,
                    "half_days": 10,
                    "left": 7,
                    "last_on": "2027-05-23",
                }
            ],
        },
    ),
    "getQuote": Example(
        "POST /quotes",
        prices.MORNING | {"more_cents": None},
        body={
            "space": 12,
            "starts_at": "2026-11-24T09:00:00+01:00",
            "ends_at": "2026-11-24T12:00:00+01:00",
        },
    ),
}
