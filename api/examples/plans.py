"""Examples of operations about subscriptions."""

from api.examples.example import Example

EXAMPLES = {
    "listPlans": Example(
        "GET /plans?on=2026-11-24",
        {
            "currency": "EUR",
            "items": [
                {
                    "code": "decouverte",
                    "name": "Découverte",
                    "seller": "Réseau des télécentres",
                    "holders": "both",
                    "is_shared": False,
                    "in_force_from": "2026-11-23",
                    "price_cents": 2800,
                    "half_days": 4,
                    "carry_over_months": 1,
                    "has_overage": True,
                    "trial_days": 0,
                    "commitment_months": 0,
                    "notice_days": 30,
                    "costs": [
                        {"category": "urban", "kind": "desk", "half_days": 2},
                        {"category": "rural", "kind": "desk", "half_days": 1},
                    ],
                }
            ],
        },
    ),
}
