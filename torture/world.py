"""Two small sites that everybody wants: `python -m torture.world PEOPLE` makes them."""

import json
import sys
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402 -- once Django is set up
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

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
from sites.models import Closure, OpeningHours, Site, Space, Unit  # noqa: E402

PARIS = ZoneInfo("Europe/Paris")
PASSWORD = "salicorne et betterave"
#: Kind → units, sold by, whether interchangeable.
KINDS = {
    "desk": (3, "place", True),
    "office": (2, "whole", False),
    "meeting_room": (1, "whole", True),
}
HOURS = ((time(8), time(12)), (time(13), time(18)))
DAYS = 3


def make_site(name: str, commune: Commune, operator: Organisation) -> Site:
    """Make a site that closes for lunch, open every day of the week."""
    site = Site.objects.create(
        slug=name.lower(),
        name=name,
        operator=operator,
        category=Site.Category.RURAL,
        commune=commune,
        address="1 place de la Mairie",
        postal_code="67220",
        latitude=commune.latitude,
        longitude=commune.longitude,
        holidays=Site.Holidays.NONE,
        download_mbps=500,
        upload_mbps=300,
    )
    OpeningHours.objects.bulk_create(
        OpeningHours(site=site, weekday=weekday, opens_at=opens, closes_at=closes)
        for weekday in range(7)
        for opens, closes in HOURS
    )
    return site


def make_spaces(site: Site) -> list[dict[str, Any]]:
    """Make the spaces of a site and tell them."""
    return [make_space(site, kind) for kind in KINDS]


def make_space(site: Site, kind: str) -> dict[str, Any]:
    """Make one space with its units and tell it."""
    units, sold_by, is_fungible = KINDS[kind]
    space = Space.objects.create(
        site=site,
        name=kind,
        kind=kind,
        capacity=units if sold_by == Space.SoldBy.PLACE else 4,
        sold_by=sold_by,
        is_fungible=is_fungible,
    )
    made = [Unit.objects.create(site=site, space=space, label=str(n + 1)) for n in range(units)]
    numbers = [] if is_fungible else [unit.pk for unit in made]
    return {"id": space.pk, "capacity": space.capacity, "units": numbers}


def make_person(number: int) -> dict[str, str]:
    """Make somebody who has a password and a token, and tell both."""
    email, token = f"person{number}@maillage.example", ApiToken.new_secret()
    person = User.objects.create_user(email, PASSWORD, name=f"Personne {number}")
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    ApiToken.objects.create(
        person=person,
        name="torture",
        prefix=token[:8],
        hash=token_hash(token),
        scopes=["read", "book"],
        created_at=timezone.now(),
    )
    return {"email": email, "password": PASSWORD, "token": token}


def make_commune() -> Commune:
    """Make the commune that the sites are in."""
    region = Region.objects.create(code="44", name="Grand Est")
    departement = Departement.objects.create(code="67", name="Bas-Rhin", region=region)
    epci = Epci.objects.create(siren="246700744", name="CC de la Vallée de Villé")
    return Commune.objects.create(
        insee_code="67507",
        name="Villé",
        departement=departement,
        epci=epci,
        population=1754,
        latitude=48.3427,
        longitude=7.3029,
    )


@transaction.atomic
def make_world(people: int) -> dict[str, Any]:
    """Make everything; the days begin the day after tomorrow: nothing starts meanwhile."""
    commune = make_commune()
    operator = Organisation.objects.create(name="Exploitant")
    Capacity.objects.create(organisation=operator, kind=Capacity.Kind.OPERATOR)
    sites = [make_site(name, commune, operator) for name in ("Fabrique", "Grange")]
    first = datetime.now(PARIS).date() + timedelta(days=2)
    shut = datetime.combine(first, time(15), PARIS)
    Closure.objects.create(
        site=sites[0], starts_at=shut, ends_at=shut + timedelta(hours=1), reason="Travaux"
    )
    return {
        "spaces": [space for site in sites for space in make_spaces(site)],
        "people": [make_person(number) for number in range(people)],
        "days": [(first + timedelta(days=number)).isoformat() for number in range(DAYS)],
    }


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    sys.stdout.write(json.dumps(make_world(int(sys.argv[1]))))
