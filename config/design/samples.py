"""What the pieces of the catalogue say, in French: it is read by the people who make the pages."""

from typing import Any

#: What a piece is given: the names that its template tells of at its head.
Sample = dict[str, Any]

#: A made-up land: the catalogue needs no data loaded. Points are longitude and latitude.
LANDS = {
    "Nord": [
        *([7.05, 48.75], [7.2, 49.0], [7.6, 49.1], [8.0, 49.1], [8.2, 48.95]),
        *([8.0, 48.7], [7.8, 48.45], [7.5, 48.4], [7.15, 48.4], [7.05, 48.75]),
    ],
    "Sud": [
        *([7.15, 48.4], [7.5, 48.4], [7.8, 48.45], [7.65, 48.1], [7.6, 47.6]),
        *([7.35, 47.4], [7.05, 47.5], [6.85, 47.8], [6.95, 48.15], [7.15, 48.4]),
    ],
}

BUTTONS: list[Sample] = [
    {"text": "Réserver ce poste", "variant": "next", "type": "button"},
    {"text": "Chercher", "variant": "primary", "type": "button", "icon": "search"},
    {"text": "Filtrer", "type": "button", "icon": "filter"},
    {"text": "Imprimer", "href": "#print", "icon": "print"},
    {"text": "Annuler la réservation", "variant": "danger", "type": "button"},
    {"text": "Tout effacer", "variant": "quiet", "type": "button"},
    {"text": "Indisponible", "is_disabled": True, "type": "button"},
]
CHIPS: list[Sample] = [
    *({"text": state, "state": state} for state in ("free", "few", "full", "alert", "info")),
    {"text": "compris dans votre abonnement", "state": "free", "icon": "check"},
    {"text": "sans état"},
]
NOTICES: list[Sample] = [
    *(
        {
            "text": "Ce poste vient d’être pris. Trois autres sont libres dans la même salle.",
            "state": state,
            "href": "#",
            "link_text": "Voir les postes libres",
        }
        for state in ("info", "success", "warning", "error")
    ),
    {
        "title": "Réservation confirmée",
        "text": "Un e-mail vient de partir.",
        "state": "success",
    },
]
HALF_DAYS: list[Sample] = [
    {"time": "8 h – 13 h", "free": 4, "href": "#slot", "price": "9 €"},
    {"time": "13 h – 18 h", "free": 1, "href": "#slot", "price": "9 €"},
    {"time": "Journée", "free": 0},
]
SPACES: list[Sample] = [
    {
        "name": "Poste de travail",
        "note": "grande salle, 8 postes",
        "slots": [slot | {"about": "Poste de travail"} for slot in HALF_DAYS],
    },
    {
        "name": "Salle visio Climont",
        "note": "4 personnes",
        "slots": [
            {"time": "8 h – 10 h", "free": 2, "href": "#", "is_selected": True},
            {"time": "10 h – 12 h", "name": "starts_at", "value": "10", "price": "28 €"},
        ],
    },
]
CARD: Sample = {
    "title": "Médiathèque de Sélestat",
    "href": "#",
    "level": 3,
    "subtitle": "Sélestat · à 14 km",
    "chip_text": "presque plein",
    "chip_state": "few",
    "text": "Plateau du premier étage, lumière du nord, café au rez-de-chaussée.",
}
EMPTY: Sample = {
    "title": "Aucun poste libre ce jour-là",
    "text": "Essayez un autre jour, ou un peu plus loin.",
    "icon": "calendar",
    "href": "#",
    "action": "Chercher à 40 km",
    "level": 3,
}
STATS: list[Sample] = [
    {"value": 5, "unit": "/ 8", "label": "postes occupés"},
    {"value": 2, "label": "attendus ce matin"},
    {"value": 61, "unit": "%", "label": "occupation", "note": "54 % les mardis précédents"},
]
