"""A network of made-up sites, half of them in one metropolis: `python -m bench.network SITES`."""

import random
import sys
from datetime import time

import django

django.setup()

from django.db import transaction  # noqa: E402 -- after setup

from network.models import (  # noqa: E402
    ApiToken,
    Capacity,
    Commune,
    Departement,
    Epci,
    Organisation,
    Region,
    User,
)
from network.models.tokens import token_hash  # noqa: E402
from sites.models import OpeningHours, Site, Space, Unit  # noqa: E402

#: Name, kind, units, sold by place. 30 units a site; the first space is the open space of desks.
SPACES = (
    ("Open space", "desk", 22, True),
    ("Offices", "office", 4, False),
    ("Large meeting room", "meeting_room", 1, False),
    ("Small meeting room", "meeting_room", 1, False),
    ("Video room", "video_room", 1, False),
    ("Phone booth", "phone_booth", 1, False),
)
STRASBOURG = (48.58, 7.75)
#: Those who book through the API: `bench.booking`'s clients have a hundred people each.
WITH_TOKENS = 400


def place(index: int, dice: random.Random) -> tuple[float, float]:
    """Return where a site stands: every other one within some 12 km of Strasbourg."""
    if index % 2:
        return dice.uniform(47.5, 49.0), dice.uniform(7.0, 8.1)
    return STRASBOURG[0] + dice.gauss(0, 0.04), STRASBOURG[1] + dice.gauss(0, 0.06)


def make_sites(number: int) -> None:
    """Make sites 1 to `number`, each with its commune, hours, spaces and units."""
    dice = random.Random(2026)
    region = Region.objects.create(code="44", name="Grand Est")
    departement = Departement.objects.create(code="67", name="Bas-Rhin", region=region)
    epci = Epci.objects.create(siren="246700744", name="Communauté")
    operator = Organisation.objects.create(name="Exploitant")
    Capacity.objects.create(organisation=operator, kind=Capacity.Kind.OPERATOR)
    for index in range(number):
        latitude, longitude = place(index, dice)
        commune = Commune.objects.create(
            insee_code=f"{index:05}",
            name=f"Commune {index}",
            departement=departement,
            epci=epci,
            population=2000,
            latitude=latitude,
            longitude=longitude,
        )
        make_site(index, commune, operator)


def make_site(index: int, commune: Commune, operator: Organisation) -> None:
    """Make one site, open on working days."""
    site = Site.objects.create(
        slug=f"site-{index}",
        name=f"Télécentre {index}",
        operator=operator,
        category=Site.Category.URBAN,
        commune=commune,
        address="1 place de la Mairie",
        postal_code="67000",
        latitude=commune.latitude,
        longitude=commune.longitude,
        download_mbps=500,
        upload_mbps=300,
    )
    OpeningHours.objects.bulk_create(
        OpeningHours(site=site, weekday=weekday, opens_at=time(8), closes_at=time(18, 30))
        for weekday in range(5)
    )
    for position, (name, kind, units, by_place) in enumerate(SPACES):
        space = Space.objects.create(
            site=site,
            name=name,
            kind=kind,
            position=position,
            capacity=units if by_place else 8,
            sold_by=Space.SoldBy.PLACE if by_place else Space.SoldBy.WHOLE,
        )
        Unit.objects.bulk_create(
            Unit(site=site, space=space, label=str(label + 1)) for label in range(units)
        )


def make_people(number: int) -> None:
    """Make people; the first ones have tokens that read "bench-1", "bench-2"…"""
    User.objects.bulk_create(
        User(email=f"person{index}@maillage.example", password="!", name=f"Personne {index}")
        for index in range(1, number + 1)
    )
    everybody = User.objects.order_by("pk")[:WITH_TOKENS]
    ApiToken.objects.bulk_create(
        ApiToken(
            person=person,
            name="bench",
            prefix="bench",
            hash=token_hash(f"bench-{index}"),
            scopes=["read", "book"],
            created_at=person.joined_at,
        )
        for index, person in enumerate(everybody, 1)
    )


if __name__ == "__main__":
    with transaction.atomic():
        make_sites(int(sys.argv[1]))
        make_people(int(sys.argv[2]))
