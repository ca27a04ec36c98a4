"""What communities wrote says its language on a page of another."""

from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from network.actions import choose_language
from sites.models import Service
from tests.bookings.calendars.reading import MORNING, make_booking
from tests.factories import TUESDAY, make_site, make_space, make_user
from tests.mails import mailbox, part
from tests.network.people import make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
VOID = {"meta", "link", "input", "br", "img", "hr", "use", "path", "circle", "line", "rect"}
PAGES = ["/sites/la-fabrique/?on={on}", "/search/?on={on}", "/book/{space}/?at={at}"]
WORDS = {
    "Une grande salle au calme",
    "Derrière la mairie",
    "Une marche à l’entrée",
    "Salle bleue",
    "Café à volonté",
    "1 place de la Mairie",
}


class Languages(HTMLParser):
    """Reads a page, and keeps in which language each of its texts is."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            outer = self.open[-1][1] if self.open else ""
            self.open.append((tag, dict(attrs).get("lang") or outer))

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open:
            self.texts.append((self.open[-1][1], data.strip()))


def languages(client: Client, address: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the language of each text of the page in which one of `WORDS` stands."""
    yield from spoken_in(
        client.get(address, headers={"accept-language": language}).content.decode(), WORDS
    )


def spoken_in(page: str, words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each of `words` that stands in a page, with the language it is in there."""
    reader = Languages()
    reader.feed(page)
    for spoken, text in reader.texts:
        yield from ((word, spoken) for word in words if word in text)


@pytest.fixture
def addresses() -> list[str]:
    site = make_site(
        slug="la-fabrique",
        address="1 place de la Mairie",
        description="Une grande salle au calme",
        directions="Derrière la mairie",
        accessibility_note="Une marche à l’entrée",
    )
    site.services.add(Service.objects.create(code="coffee", name="Café à volonté"))
    space = make_space(site, name="Salle bleue", units=4)
    at = f"{TUESDAY}T08:00%2B01:00/{TUESDAY}T12:00%2B01:00"
    return [page.format(on=TUESDAY, space=space.pk, at=at) for page in PAGES]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_french_words_are_french_on_every_page(
    client: Client, addresses: list[str], language: str
) -> None:
    found = [one for address in addresses for one in languages(client, address, language)]

    assert {word for word, _ in found} == WORDS
    assert [one for one in found if one[1] != "fr"] == []


def test_a_french_page_does_not_repeat_its_language(client: Client, addresses: list[str]) -> None:
    html = client.get(addresses[0], headers={"accept-language": "fr"}).content.decode()

    assert html.count('lang="fr"') == 1


@pytest.mark.parametrize("page", ["cancel", "change", "give-back"])
def test_names_are_french_where_a_german_changes_a_booking(client: Client, page: str) -> None:
    person = make_member()
    choose_language(by=person, language="de")
    sign_in(client)
    space = make_space(make_site(name="Moulin vert"), name="Salle bleue")
    booking = make_booking(person, MORNING, space=space)

    text = client.get(f"/bookings/{booking.reference}/{page}/").content.decode()

    names = {"Moulin vert", "Salle bleue"}
    assert set(spoken_in(text.partition("<main")[2], names)) == {(name, "fr") for name in names}


def test_names_are_french_in_a_german_mail(run_tasks: Callable[..., object]) -> None:
    person = make_user(language="de")
    site = make_site(name="Moulin vert", address="1 place de la Mairie")
    make_booking(person, MORNING, space=make_space(site, name="Salle bleue"))

    run_tasks()

    page = part(mailbox()[0], "text/html")
    words = {"1 place de la Mairie", "Salle bleue"}
    assert set(spoken_in(page, words)) == {(word, "fr") for word in words}


def test_the_publisher_is_french_on_legal_pages(client: Client, settings: Settings) -> None:
    settings.PUBLISHER = settings.PUBLICATION_DIRECTOR = settings.HOSTING = "Syndicat du Ried"

    spoken = [
        pair
        for address in ("/legal/", "/privacy/")
        for pair in spoken_in(
            client.get(address, headers={"accept-language": "de"}).content.decode(),
            ["Syndicat du Ried"],
        )
    ]

    assert spoken == [("Syndicat du Ried", "fr")] * 4
