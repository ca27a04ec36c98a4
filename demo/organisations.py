"""Writes the organisations of the demo network."""

from collections.abc import Mapping

from stdnum import luhn

from demo.plans import OrganisationPlan
from network.models import Capacity, Commune, Organisation


def build_organisations(
    plans: Mapping[str, OrganisationPlan], communes: Mapping[str, Commune]
) -> dict[str, Organisation]:
    """Write the organisations with what each is, and return them by key."""
    rows = {
        key: Organisation(
            name=plan.name.fr,
            legal_form=plan.legal_form,
            siret=siret(number),
            commune=communes[plan.insee_code],
        )
        for number, (key, plan) in enumerate(plans.items(), start=1)
    }
    Organisation.objects.bulk_create(rows.values())
    Capacity.objects.bulk_create(
        Capacity(organisation=rows[key], kind=kind)
        for key, plan in plans.items()
        for kind in plan.capacities
    )
    return rows


def siret(number: int) -> str:
    """Return the SIRET of the `number`-th invented organisation.

    Its check digits are right; it starts with 000, which no real one does.
    """
    siren = f"{number:08}"
    siren += luhn.calc_check_digit(siren)
    return siren + "0001" + luhn.calc_check_digit(siren + "0001")
