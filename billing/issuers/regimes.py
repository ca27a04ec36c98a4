"""An operator says how it stands to VAT, from a day on; what was charged keeps what it had."""

from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.errors import RegimeRefused
from billing.grids.rights import refuse_unless_speaking_for
from billing.models import VatRegime
from billing.prices.vat import WHOLE, Regime
from network.models import Organisation, User


class Standing(NamedTuple):
    """How an operator stands to VAT from a day on; the rate, in basis points, if it is taxable."""

    regime: Regime
    rate: int
    starts_on: date


@transaction.atomic
def tell_regime(
    *, operator: Organisation, standing: Standing, by: User, now: datetime
) -> VatRegime:
    """Have an operator stand to VAT so, from today or a later day on.

    What was told of a day that has begun stays; of a day to come, the last word counts. Raises
    RegimeRefused, or PermissionDenied.
    """
    refuse_unless_speaking_for(by, operator)
    Organisation.objects.select_for_update(no_key=True).get(pk=operator.pk)
    refuse_begun(operator, standing.starts_on, timezone.localdate(now))
    refuse_rate(standing)
    row, _made = VatRegime.objects.update_or_create(
        operator=operator,
        starts_on=standing.starts_on,
        defaults={"regime": standing.regime, "rate": standing.rate, "set_by": by, "set_at": now},
    )
    return row


def refuse_rate(standing: Standing) -> None:
    """Refuse a rate beside a regime without VAT, and none of who is subject to it."""
    is_taxable = standing.regime == Regime.TAXABLE
    if is_taxable and not 0 < standing.rate <= WHOLE:
        raise RegimeRefused(_("Give the rate of VAT, above 0 and up to 100 %."), about="rate")
    if standing.rate and not is_taxable:
        words = _("There is no rate with this regime: leave it empty, or choose “Subject to VAT”.")
        raise RegimeRefused(words, about="rate")


def refuse_begun(operator: Organisation, starts_on: date, today: date) -> None:
    """Refuse a day that is over, or today when it has a regime already."""
    if starts_on < today:
        words = _("A regime begins today or on a day to come.")
        raise RegimeRefused(words, about="starts_on")
    if starts_on == today and operator.vat_regimes.filter(starts_on=today).exists():
        words = _("A regime began today already, and charges stand on it: choose a day to come.")
        raise RegimeRefused(words, about="starts_on")
