"""What a statement says, in the reader's language: on the page, on paper and as a table."""

from zoneinfo import ZoneInfo

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from billing.models import Charge
from billing.prices.durations import Duration
from billing.prices.vat import Regime, divided
from billing.statements.corrections import Correction
from billing.statements.months import Month
from billing.statements.parties import Party
from billing.statements.reading import Statement
from network.templatetags.dates import clock, date_words, hour_range
from network.templatetags.money import MINUS, money
from sites.models import Space

#: Lines of these are told as they were written: by the name of what was sold.
WORDED = (Charge.Kind.PASS, Charge.Kind.SUBSCRIPTION)
#: A quantity of 150 is one and a half; a rate of 2000 is 20 %.
HUNDRED = 100
#: So many at a price, by what it is the price of.
PRICED = {
    Duration.HOUR: gettext_lazy("%(count)s × %(price)s an hour"),
    Duration.HALF_DAY: gettext_lazy("%(count)s × %(price)s a half-day"),
    Duration.DAY: gettext_lazy("%(count)s × %(price)s a day"),
    Duration.WEEK: gettext_lazy("%(count)s × %(price)s a week"),
    Duration.MONTH: gettext_lazy("%(count)s × %(price)s a month"),
}


def month_words(month: Month) -> str:
    """Return "November 2026"."""
    return date_format(month.first, "F Y")


def title(statement: Statement) -> str:
    """Return what a statement is of: "Statement of November 2026"."""
    return _("Statement of %(month)s") % {"month": month_words(statement.month)}


def line_words(line: Charge, party: Party) -> str:
    """Return what a line is for: "Desk, 24 November 2026, 9:00 – 12:30", or as it was sold.

    To an employer without the hours.
    """
    if line.kind in WORDED:
        return line.words
    told = covered_words(line, day_words(line) if party.is_employer else use_words(line))
    if line.kind == Charge.Kind.USE:
        return told
    return _("%(kind)s: %(use)s") % {"kind": line.get_kind_display(), "use": told}


def covered_words(line: Charge, use: str) -> str:
    """Return what was used, by which pass it is covered, and whose share of an aided price."""
    if line.spent_pass:
        told = {"use": use, "pass": line.spent_pass.told_name}
        return _("%(use)s – covered by “%(pass)s”") % told
    if line.organisation:
        told = {"use": use, "funder": line.organisation.name}
        return _("%(use)s – share paid by %(funder)s") % told
    return _("%(use)s – user’s share") % {"use": use} if line.subsidy_id else use


def correction_words(one: Correction) -> str:
    """Return which pass was corrected, and why."""
    told = {"name": one.of_pass.told_name, "reason": one.row.words}
    return _("Correction of “%(name)s”: %(reason)s") % told


def customer_words(line: Charge) -> str:
    """Return who owes a line: an organisation or a person by name, else that none is left."""
    return str(line.organisation or line.on_account_of or line.person or _("Account closed"))


def whose_head(party: Party) -> str:
    """Return over whose each line is: of an operator's customers, of an employer's people."""
    if party.is_operator:
        return _("Customer")
    return _("Person") if party.is_employer else ""


def whose_words(line: Charge, party: Party) -> str:
    """Return whose a line is: nobody's of an employer's people where it pays for itself."""
    if party.is_operator:
        return customer_words(line)
    return "" if line.organisation_id else str(line.person or _("Account closed"))


def use_words(line: Charge) -> str:
    """Return what was used when, and that it was at the price off peak."""
    words = time_words(line)
    return _("%(what)s, off peak") % {"what": words} if line.is_off_peak else words


def time_words(line: Charge) -> str:
    """Return what was used when, by the site's clocks."""
    if line.starts_at is None or line.ends_at is None:
        return day_words(line)
    starts, ends = (one.astimezone(zone_of(line)) for one in (line.starts_at, line.ends_at))
    words, hours = day_words(line), (clock(one.hour, one.minute) for one in (starts, ends))
    return f"{words}, {hour_range(*hours)}" if starts.date() == ends.date() else words


def day_words(line: Charge) -> str:
    """Return what was used on which day, by the site's clocks: the first of several."""
    kind = str(Space.Kind(line.space_kind).label) if line.space_kind else line.words
    if line.starts_at is None:
        return kind
    return f"{kind}, {date_words(line.starts_at.astimezone(zone_of(line)))}"


def zone_of(line: Charge) -> ZoneInfo | None:
    """Return by which clocks the times of a line are told."""
    return line.site.zone if line.site else None


def quantity_words(line: Charge, party: Party) -> str:
    """Return "2 × 8,00 € la demi-journée": how much of what at which price; of a pass half-days.

    An adjustment, what was adjusted and is given back, and what is kept of a price are sums alone:
    a dash.
    """
    if not is_counted(line, party):
        return "–"
    if line.spent_pass_id:
        return half_days_words(counted(line) // HUNDRED)
    count = quantity(counted(line)).replace("-", MINUS)
    words = PRICED[Duration(line.duration)] if line.duration else _("%(count)s × %(price)s")
    return str(words) % {"count": count, "price": money(line.unit_price_cents)}


def half_days_words(count: int) -> str:
    """Return "2 half-days"; given back they are below zero."""
    words = ngettext("%(count)s half-day", "%(count)s half-days", abs(count))
    return words % {"count": f"{MINUS}{-count}" if count < 0 else count}


def is_counted(line: Charge, party: Party) -> bool:
    """Tell whether a line is so many half-days of a pass, or times a price, and not a sum alone.

    What is given back with all that adjusted it is not its price any more. No hours are counted to
    an employer.
    """
    if party.is_employer and line.duration == Duration.HOUR:
        return False
    if line.quantity == 0 or line.spent_pass_id is not None:
        return line.quantity > 0
    product = divided(counted(line) * line.unit_price_cents, HUNDRED)
    return line.kind != Charge.Kind.LATE and product == line.amount_cents


def counted(line: Charge) -> int:
    """Return how many hundredths a line adds: what is given back is taken off."""
    return -line.quantity if line.kind == Charge.Kind.GIVEN_BACK else line.quantity


def quantity(hundredths: int) -> str:
    """Return how many, without decimals that say nothing: "2", "1,5"."""
    text = f"{hundredths / HUNDRED:.2f}".rstrip("0").rstrip(".")
    return number_format(text)


def rate_words(regime: str, rate: int) -> str:
    """Return "20 %", or by which article there is no tax."""
    if regime != Regime.TAXABLE:
        return str(Regime(regime).label)
    return _("%(rate)s%%") % {"rate": quantity(rate)}
