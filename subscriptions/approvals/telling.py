"""What is asked, in words: who, on which days, where, for how much. Never hours, never a desk."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.passes.telling import as_read
from network.templatetags.dates import date_words
from network.templatetags.money import money
from sites.telling import Told
from sites.templatetags.told import own_words
from subscriptions.models import Approval
from subscriptions.teams.refusing import listed

#: Days that are told one by one; of more, how many they are.
MOST_DAYS = 3


def person_words(approval: Approval) -> str:
    """Return the name of who asks."""
    return str(approval.person or _("Somebody whose account was deleted"))


def site_words(approval: Approval) -> str:
    """Return the name of the site."""
    return approval.site.name if approval.site else "–"


def days_words(approval: Approval) -> str:
    """Return "24 November 2026 and 26 November 2026"; of many the first, and how many more."""
    days = [date.fromisoformat(day) for day in approval.days]
    if len(days) <= MOST_DAYS:
        return listed(date_words(day) for day in days)
    rest = len(days) - 1
    words = ngettext("%(day)s and %(count)s more day", "%(day)s and %(count)s more days", rest)
    return words % {"day": date_words(days[0]), "count": rest}


def details_of(approval: Approval) -> list[tuple[str, Told]]:
    """Return labels and words of what is asked."""
    price = f"{money(approval.price_cents)} {_('VAT included')}"
    return [
        (_("Person:"), own_words(person_words(approval))),
        (_("Day:"), as_read(days_words(approval))),
        (_("Site:"), own_words(site_words(approval))),
        (_("Price:"), as_read(price)),
    ]
