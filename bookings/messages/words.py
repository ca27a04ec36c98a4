"""What a mail about a booking says, sentence by sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.showing.telling import Price
from billing.templatetags.losses import done_words
from billing.templatetags.prices import (
    payer_words,
    price_left,
    price_reasons,
    price_words,
)
from bookings.access import access_to
from bookings.calendars import page_of
from bookings.charges.agreeing import last_loss
from bookings.charges.prices import price_of
from bookings.charges.repriced import repriced_with
from bookings.charges.terms import terms_told
from bookings.messages.letters import Change, Letter
from bookings.messages.repriced import repriced_words
from bookings.models import Booking
from sites.intervals import Interval
from sites.models import Site
from sites.telling import UNTOLD, Told, reading_language, source_language
from sites.templatetags.when import day_words, when


def headline(fact: str, times: Sequence[tuple[Site, Interval]]) -> str:
    """Return a subject: "Rappel : La Fabrique, mardi 24 novembre, 9 h – 12 h 30"."""
    (site, first), *others = times
    told = {"fact": fact, "site": site, "when": when(first, site.zone)}
    if not others:
        return _("%(fact)s: %(site)s, %(when)s") % told
    return ngettext(
        "%(fact)s: %(site)s, %(when)s and %(others)d other time",
        "%(fact)s: %(site)s, %(when)s and %(others)d other times",
        len(others),
    ) % {**told, "others": len(others)}


def fact_words(letter: Letter) -> str:
    """Return what has happened, in a sentence or two."""
    if letter.is_withdrawal:
        return withdrawal_words(letter)
    if letter.missed:
        return missed_words(letter)
    if not letter.is_first and not letter.about.is_cancelled:
        return _("Another appointment of your booking, for your calendar.")
    if letter.change == Change.CLOSED:
        return closed_words(letter)
    return change_words(letter.change)


def withdrawal_words(letter: Letter) -> str:
    """Return why an event goes from a calendar, the booking going on."""
    if letter.is_farewell:
        return _("Messages about this booking now go to another address. You have nothing to do.")
    if letter.is_neutral:
        return replacement_words(letter)
    lost, held = lost_words(letter.change), _("It holds for the others.")
    return f"{lost} {held}" if letter.is_whole else lost


def lost_words(change: Change) -> str:
    """Return that times were given up, and whether the site was closed then."""
    if change == Change.CLOSED:
        return _(
            "These times are given back because of a closure of the site: you do not pay for them."
        )
    return _("These times are no longer part of your booking.")


def replacement_words(letter: Letter) -> str:
    """Return why an event goes from a calendar though no time is lost."""
    if not letter.is_whole:
        return _("An appointment of your booking is replaced in your calendar.")
    return _(
        "Your booking holds: an appointment of it is replaced in your calendar."
        " You have nothing to do."
    )


def missed_words(letter: Letter) -> str:
    """Return that times can no longer be had, after what else happened to the booking."""
    before = {
        Change.CHANGED: _("Your booking has changed."),
        Change.MOVED: _("The site has changed its name, its address or how to get in."),
    }.get(letter.change)
    if letter.kept:
        words = _("Part of what you booked can no longer be had.")
    else:
        words = _("What you booked can no longer be had.")
    return f"{before} {words}" if before else words


def closed_words(letter: Letter) -> str:
    """Return that what is given up of a booking is so because the site is closed then, or was."""
    if letter.booking.is_active:
        return _(
            "A part of your booking is given back because of a closure of the site:"
            " you do not pay for that part. Here is what holds now."
        )
    if letter.booking.ends_at > letter.now:
        closed = _("The site is closed during your booking.")
    else:
        closed = _("The site was closed during your booking.")
    cancelled = _("It is cancelled, and you do not pay for it. You have nothing else to do.")
    return f"{closed} {cancelled}"


def change_words(change: Change) -> str:
    """Return what happened to the whole of a booking that can be had."""
    match change:
        case Change.BOOKED:
            return _("Your place is booked.")
        case Change.CHANGED:
            return _("Your booking has changed. Here is what holds now.")
        case Change.MOVED:
            return _(
                "The site has changed its name, its address or how to get in."
                " Your booking holds: here it is as it reads now."
            )
        case Change.CANCELLED:
            return _("Your booking is cancelled. You have nothing else to do.")
    return _("Your booking holds. Here it is as it reads now.")


def plans_words(letter: Letter) -> str:
    """Return what to do when plans change, or nothing."""
    if letter.about.is_cancelled:
        return ""
    if letter.can_change and not letter.missed:
        return _(
            "Your plans change? You can change or cancel until the booking begins:"
            " the place will serve somebody else."
        )
    if letter.can_give_back:
        return _(
            "Your plans change? You can give back the time left:"
            " the place will serve somebody else."
        )
    return ""


def calendar_words(letter: Letter) -> str:
    """Return what the attached file does, and which messages follow."""
    if letter.about.is_cancelled:
        return _(
            "The appointment is taken out of your calendar by the file attached to this message."
        )
    words = _("The appointment is attached to this message, for your calendar.")
    if not letter.is_first or not letter.others:
        return words
    return f"{words} {following_words(letter.others)}"


def following_words(others: int) -> str:
    """Return that as many messages follow."""
    return ngettext(
        "A calendar takes one appointment a message: another message follows, for the other hours.",
        "A calendar takes one appointment a message:"
        " %(others)s others follow, for the other hours.",
        others,
    ) % {"others": others}


def time_style(letter: Letter) -> str:
    """Return how the times of an HTML mail look: struck through where they are lost."""
    if letter.about.is_cancelled and not letter.is_neutral:
        return "text-decoration:line-through;color:#526064"
    return ""


def action_of(letter: Letter) -> str:
    """Return what can be done now: with the booking on its page, or instead of it at the site."""
    if letter.is_cancellation:
        return _("Book another time")
    if letter.missed and letter.can_change:
        if letter.kept:
            return _("Drop these times, choose others, or cancel")
        return _("Choose another time, or cancel the booking")
    if letter.can_change:
        return _("See, change or cancel")
    return _("See, or give back the time left") if letter.can_give_back else _("See the booking")


def as_typed(text: str) -> Told:
    """Return words of a language that nobody knows, or of none."""
    return Told(text, "")


def details_of(booking: Booking, places: Sequence[str]) -> list[tuple[str, Told]]:
    """Return what there is to know of the booking: labels and words."""
    is_by_another = booking.booked_by != booking.person
    details = [
        (_("Place:"), Told(" / ".join(places), source_language())),
        (_("Space:"), Told(booking.space.name, source_language())),
        (_("People:"), as_typed(str(booking.people) if booking.people > 1 else "")),
        (_("Reference:"), as_typed(booking.reference)),
        (_("Booked by:"), as_typed(str(booking.booked_by) if is_by_another else "")),
        (_("Your note:"), as_typed(booking.note)),
    ]
    return [(label, words) for label, words in details if words]


def price_details(letter: Letter) -> list[tuple[str, Told]]:
    """Return what the booking costs and why, how it is paid, until when cancelling is free.

    Of passes that cover it, what is left. Nothing unpriced, nor to who may be a stranger by now.
    """
    price = None if letter.is_farewell else price_of(letter.booking, letter.now)
    if price is None:
        return []
    details = [
        (_("Price:"), [f"{price_words(price)}.", *price_reasons(price), *back_words(letter)]),
        (_("Payment:"), [payer_words(price), *price_left(price)]),
        (_("Terms:"), [terms_of(letter, price)]),
    ]
    told = [(label, " ".join(filter(None, words))) for label, words in details]
    return [(label, Told(words, reading_language())) for label, words in told if words]


def terms_of(letter: Letter, price: Price) -> str:
    """Return on what terms the booking is cancelled; nothing once it can no longer be."""
    if not letter.can_change:
        return ""
    missed = [time for one in letter.events for time, _reason in one.missed]
    return terms_told(letter.booking, price, missed, letter.now)


def back_words(letter: Letter) -> list[str]:
    """Return what was given back with a part of a booking, because the site was closed then."""
    if letter.change != Change.CLOSED or not letter.booking.is_active:
        return []
    return done_words(last_loss(letter.booking))


def others_told(letter: Letter) -> list[tuple[str, str]]:
    """Return what the person's other bookings cost since: a sentence and the page of each."""
    others = repriced_with(letter.booking) if letter.is_first else []
    return [(repriced_words(one), page_of(one.booking)) for one in others]


def entry_words(letter: Letter) -> Told:
    """Return how to get in, or from when it will be told, or nothing."""
    if letter.about.is_cancelled:
        return UNTOLD
    access = access_to(letter.booking, letter.times, letter.now)
    if access.notes or access.from_day is None:
        return access.notes
    words = _(
        "How to get in will be shown from %(day)s, on the page of your booking and in the"
        " calendar you subscribe to."
    )
    return Told(words % {"day": day_words(access.from_day)}, reading_language())
