"""Examples of operations about what one subscribes to and what an employer used."""

from api.examples.example import Example

EXAMPLES = {
    "listSubscriptions": Example(
        "GET /subscriptions",
        {
            "currency": "EUR",
            "items": [
                {
                    "id": "5f0c2f4e-6a0e-4a8b-9d52-0f3f6f4f6d11",
                    "plan": "decouverte",
                    "name": "Découverte",
                    "organisation": None,
                    "price_cents": 2800,
                    "seats": 1,
                    "taken": 1,
                    "starts_on": "2026-11-23",
                    "ends_on": None,
                    "own_seat": {"left": 2, "since": "2026-11-23", "until": None},
                }
            ],
        },
    ),
    "getUsage": Example(
        "GET /usage?month=2026-11&organisation=4207",
        {
            "currency": "EUR",
            "organisation": {"id": 4207, "name": "Scierie du Ried"},
            "month": "2026-11",
            "total": {"days": 1, "half_days": 0, "cents": 800},
            "teams": [{"id": 61, "name": "Ventes", "days": 1, "half_days": 0, "cents": 800}],
            "sites": [
                {
                    "id": 2301,
                    "name": "Télécentre de Villé",
                    "days": 1,
                    "half_days": 0,
                    "cents": 800,
                }
            ],
            "cost_centres": [{"id": 83, "name": "V-1", "days": 1, "half_days": 0, "cents": 800}],
            "people": [{"id": 5012, "name": "Léa Roth", "days": 1, "half_days": 0, "cents": 800}],
            "seats": [],
            "telework": {
                "people": 1,
                "share_percent": 25.0,
                "days_a_week": 0.2,
                "more_than_two_days_a_week": 0,
                "headcount": 4,
                "headcount_on": "2026-11-23",
            },
        },
    ),
}
