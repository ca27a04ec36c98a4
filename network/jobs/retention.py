"""How long personal data are kept: the one table that the purge applies and the privacy page tells.

Two years, 24 months and 12 months are the CNIL's usual figures for inactive accounts, named
bookings and security logs; the rest is what the service needs to work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

#: kind → how long after it was last of use. The purge of each kind bears its name.
PERIODS = {
    "accounts": timedelta(days=730),
    "bookings": timedelta(days=730),
    "sessions": timedelta(days=settings.STAY_DAYS),
    "browsers": timedelta(days=settings.STAY_DAYS),
    "holds": timedelta(minutes=settings.HOLD_MINUTES),
    "answers": timedelta(days=1),
    "reminders": timedelta(days=14),
    "groups": timedelta(days=30),
    "invitations": timedelta(days=30),
    "employments": timedelta(days=730),
    "approvals": timedelta(days=730),
    "logs": timedelta(days=365),
    "mails sent": timedelta(days=14),
    "mails failed": timedelta(days=90),
}
#: The owner of an unused account is warned so long before it goes.
WARNED_BEFORE = timedelta(days=30)


def days(kind: str) -> int:
    """Return the period of `kind` in days."""
    return PERIODS[kind].days


def minutes(kind: str) -> int:
    """Return the period of `kind` in minutes."""
    return PERIODS[kind] // timedelta(minutes=1)


def months(kind: str) -> int:
    """Return the period of `kind` in months of a twelfth of 365 days."""
    return PERIODS[kind].days * 12 // 365


@dataclass(frozen=True)
class Kept:
    """A line of the privacy page; `kinds` are those of `PERIODS` that it tells."""

    kinds: Sequence[str]
    data: Promise
    why: Promise
    how_long: Promise


KEPT = (
    Kept(
        ["accounts"],
        _("E-mail address, language, name, password (hashed) and passkeys if you have them"),
        _("To know that it is you (contract)"),
        format_lazy(
            _(
                "As long as your account; one unused for {months} months is deleted, {days} days"
                " after a warning"
            ),
            months=months("accounts"),
            days=WARNED_BEFORE.days,
        ),
    ),
    Kept(
        [],
        _("Commune where you live, if you give it"),
        _("To show the nearest sites (consent)"),
        _("Until you erase it on your account's page"),
    ),
    Kept(
        [],
        _("How you work, if you say so"),
        _("To know whom the network serves, in figures without names (consent)"),
        _("Until you erase it on your account's page"),
    ),
    Kept(
        ["bookings"],
        _("Bookings"),
        _("To keep your place and let the site welcome you (contract)"),
        format_lazy(
            _("{months} months with your name and note, then without them"),
            months=months("bookings"),
        ),
    ),
    Kept(
        ["groups"],
        _("Customer group (student, job seeker…), if a site has seen that you belong to it"),
        _("To ask the price that is yours (contract); what proved it is not kept"),
        format_lazy(
            _("Until its last day and the last booking at its price, and {days} days more"),
            days=days("groups"),
        ),
    ),
    Kept(
        [],
        _("Passes that you bought, what is owed and what was given back"),
        _("To keep accounts, as the law wants (code de commerce, article L123-22)"),
        _("10 years; your name leaves them with your account"),
    ),
    Kept(
        ["invitations"],
        _("Invitation of an employer: your e-mail address, and your name if it was told"),
        _("To let you join its account, and nobody else (legitimate interest)"),
        format_lazy(
            _("{days} days after it was accepted, declined or withdrawn, or ran out"),
            days=days("invitations"),
        ),
    ),
    Kept(
        ["employments"],
        _("Employer on whose account you may book, with your team and cost centre"),
        _("To let you book on its account (contract)"),
        format_lazy(
            _("As long as you may, and {months} months more"), months=months("employments")
        ),
    ),
    Kept(
        ["approvals"],
        _("What you asked your employer to approve, or approved: site, days, price, reason"),
        _("To tell you both what was agreed (contract)"),
        format_lazy(_("{months} months"), months=months("approvals")),
    ),
    Kept(
        ["holds"],
        _(
            "A place held before you sign in: the e-mail address typed, and the internet address"
            " and the browser’s session as fingerprints that do not lead back to them"
        ),
        _("To keep the place for you, and so that nobody holds too many (contract, security)"),
        format_lazy(
            _("{minutes} minutes, then nothing; once confirmed, it is a booking"),
            minutes=minutes("holds"),
        ),
    ),
    Kept(
        ["reminders"],
        _("Reminders the day before: whether you want them, of which days you had one"),
        _("To remind you once, and only if you wish (legitimate interest)"),
        format_lazy(
            _("Your choice as long as your account, the days {days} days"),
            days=days("reminders"),
        ),
    ),
    Kept(
        ["sessions", "browsers"],
        _("Sessions: internet address, browser, dates, what you typed and have not confirmed yet"),
        _("To let you see and end them (security)"),
        format_lazy(
            _(
                "Until you sign out, or {hours} hours without use; {days} days if you chose to stay"
                " signed in"
            ),
            hours=settings.SESSION_IDLE_HOURS,
            days=days("sessions"),
        ),
    ),
    Kept(
        ["answers"],
        _("Answers to your programs and confirmations"),
        _("To book once what was sent twice (contract)"),
        format_lazy(_("{hours} hours"), hours=24 * days("answers")),
    ),
    Kept(
        ["logs"],
        _("Technical logs, and what is done in the administration"),
        _("To find faults and attacks (security)"),
        format_lazy(_("{months} months at most"), months=months("logs")),
    ),
    Kept(
        ["mails sent", "mails failed"],
        _("E-mails sent to you"),
        _("To send them again if they fail"),
        format_lazy(
            _("{days} days, {failed} if they could not be sent"),
            days=days("mails sent"),
            failed=days("mails failed"),
        ),
    ),
)
