"""What a pass is, in words that a page and a mail share."""

from django.utils.translation import gettext as _

from billing.models import Charge, Pass, PassOffer
from billing.statements.telling import rate_words
from network.templatetags.dates import date_words
from network.templatetags.money import money
from sites.models import Site
from sites.telling import Told, reading_language, source_language


def place_told(bought: Pass | PassOffer, site: Site | None) -> Told:
    """Return where a pass holds: at one site, one category of sites, or all of them."""
    if site is not None:
        return Told(site.name, source_language())
    if bought.category:
        return as_read(_("%(category)s only") % {"category": bought.get_category_display()})
    return as_read(_("All sites of the network"))


def details_of(bought: Pass, line: Charge) -> list[tuple[str, Told]]:
    """Return what there is to know of a pass, and of the line that is owed for it: label, words."""
    return [
        (_("Half-days:"), as_read(str(bought.half_days))),
        (_("Kind of space:"), as_read(bought.get_kind_display())),
        (_("Where it holds:"), place_told(bought, bought.site)),
        (_("Valid through:"), as_read(date_words(bought.last_on))),
        (_("Price:"), as_read(f"{money(line.amount_cents)} {_('VAT included')}")),
        (_("VAT:"), as_read(rate_words(line.vat_regime, line.vat_rate))),
        (_("Seller:"), Told(bought.operator.name, source_language())),
    ]


def as_read(words: str) -> Told:
    """Return words of the reader's language."""
    return Told(words, reading_language())
