"""What of a page or a mail comes from the catalogue: a copy of it marks every message it gives."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.mofile import write_mo
from django.conf import settings
from django.dispatch import receiver
from django.test.signals import setting_changed
from django.utils import dates, translation
from django.utils.text import capfirst

from billing.models import Comment, PassOffer, Proposal, Subsidy, TariffGrid
from bookings.models import Booking
from config.catalogues.messages import catalogue_path, read_catalogue, texts
from network.language import own_names
from network.models import Commune, Departement, Organisation, User
from network.wording import FORGETTING
from sites.models import Closure, Site, Space, Stop
from subscriptions.models import Approval, CostCentre, Domain, Invitation, PlanVersion, Team

OPEN, CLOSE = "\u27e6", "\u27e7"
#: Their text is code, or nothing that is read.
UNREAD = frozenset({"script", "style", "code", "pre"})
EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta", "rect", "path", "use", "source"})
#: What a date, a time, a measure, an address or a code consists of.
NO_WORDS = re.compile(
    r"https?://\S+|\b[A-Z]{4}-[A-Z]{4}\b|\b(?:Uhr|h|m|km|[MG]bit/s|1ᵉʳ|1er)\b|[\d\W_]"
)
READ_ATTRIBUTES = frozenset({"alt", "aria-label", "placeholder", "title"})


@receiver(setting_changed)
def forget_words(*, setting: str, **told: object) -> None:
    """Have what is put together once for each language be put together anew in other words."""
    if setting == "LOCALE_PATHS":
        for forget in FORGETTING:
            forget()


def marked_catalogue(language: str, folder: Path) -> Path:
    """Write the catalogue of `language`, compiled, each of its messages between ⟦ and ⟧."""
    catalogue = read_catalogue(catalogue_path(language), language)
    for message in catalogue:
        if message.id:
            marked = tuple(f"{OPEN}{text}{CLOSE}" for text in texts(message.string))
            message.string = marked if isinstance(message.id, tuple | list) else marked[0]
    path = catalogue_path(language, folder).with_suffix(".mo")
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)
    return folder


def unmarked(text: str) -> Iterator[str]:
    """Yield the stretches of `text` that no mark encloses."""
    depth = start = 0
    for place, sign in enumerate(text):
        if sign == OPEN:
            if not depth:
                yield text[start:place]
            depth += 1
        elif sign == CLOSE:
            depth -= 1
            start = place + 1
    yield text[start:]


class Reader(HTMLParser):
    """Collects what a page says to eye and ear in its own language, as one text."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.passed_over: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.said.append("\n")
        self.said += [f"\n{text}\n" for name, text in attrs if name in READ_ATTRIBUTES and text]
        foreign = given.get("lang", self.language) != self.language
        if tag not in EMPTY and (self.passed_over or foreign or tag in UNREAD):
            self.passed_over.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.said.append("\n")
        if self.passed_over and tag not in EMPTY:
            self.passed_over.pop()

    def handle_data(self, data: str) -> None:
        if not self.passed_over:
            self.said.append(data)


def names() -> Iterator[str]:
    """Yield what people or the settings have named, and what computers have."""
    for model in (Commune, Departement, Organisation, Space):
        yield from model.objects.values_list("name", flat=True)
    for row in Site.objects.values_list("name", "address", "access_notes"):
        yield from row
    for person in User.objects.values_list("name", "email"):
        yield from person
    yield from Stop.objects.values_list("place", flat=True)
    yield from Closure.objects.values_list("reason", flat=True)
    for grid in TariffGrid.objects.values_list("name", "deliberation_number"):
        yield from grid
    yield from PassOffer.objects.values_list("name", flat=True)
    yield from PlanVersion.objects.values_list("name", flat=True)
    yield from Subsidy.objects.values_list("reason", flat=True)
    yield from Proposal.objects.values_list("reasons", flat=True)
    yield from Comment.objects.values_list("text", flat=True)
    yield from Invitation.objects.values_list("email", flat=True)
    yield from Team.objects.values_list("name", flat=True)
    yield from Approval.objects.values_list("words", flat=True)
    for domain in Domain.objects.values_list("name", "proof"):
        yield from domain
    for centre in CostCentre.objects.values_list("code", "name"):
        yield from (*centre, " ".join(centre))
    for booking in Booking.objects.values_list("reference", "note"):
        yield from booking
    yield from (name for _code, name in own_names())
    yield from (settings.PUBLISHER, settings.CONTACT_EMAIL, "Maillage")


def days_and_months(language: str) -> Iterator[str]:
    with translation.override(language):
        for table in (dates.WEEKDAYS, dates.MONTHS, dates.MONTHS_AP, dates.WEEKDAYS_ABBR):
            yield from (
                form for word in table.values() for form in (str(word), capfirst(str(word)))
            )


def strangers(said: str, language: str) -> list[str]:
    """Return what is said that is no message, no name and no date, a line each."""
    known = sorted({*names(), *days_and_months(language)} - {""}, key=len, reverse=True)
    of_people = re.compile(rf"\b(?:{'|'.join(map(re.escape, known))})(?!\w)")
    lines = of_people.sub(" ", "\n".join(unmarked(said))).splitlines()
    return sorted({" ".join(NO_WORDS.sub(" ", line).split()) for line in lines} - {""})


def said_by(page: str, language: str) -> str:
    """Return what a page says to eye and ear in its own language."""
    reader = Reader(language)
    reader.feed(page)
    return "".join(reader.said)
