"""Names of seventy letters and addresses of sixty, without a space, stay in their boxes."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from playwright.sync_api import Page

from billing.models import Comment, PassOffer, Subsidy, TariffGrid
from bookings.actions import cancel
from bookings.models import Booking
from network.models import ApiToken, Commune, Organisation, User
from sites.models import Closure, Site, Space, Stop
from tests.factories import NOW, make_label
from tests.journeys.fitting import leaving
from tests.journeys.pages import WHO, World, make_world, pages_of
from tests.journeys.who import MANAGER, REGULAR
from tests.tasks import RunTasks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
WORD = "Donaudampfschifffahrtsgesellschaftskapitänskajütentürschlüsselverlustes"[:70]
ADDRESS = "donaudampfschifffahrtsgesellschaftskapitaen@maillage.example"


def lengthen(world: World) -> None:
    """Give every row of the world a name without a space."""
    Commune.objects.update(name=WORD)
    Organisation.objects.update(name=WORD)
    Site.objects.update(
        name=WORD,
        address=WORD,
        host_name=WORD,
        description=WORD,
        directions=WORD,
        access_notes=WORD,
        accessibility_note=WORD,
        phone="+33353010011",
        email=ADDRESS,
    )
    for site in Site.objects.all():
        surround(site)
    Space.objects.update(name=WORD, description=WORD)
    Closure.objects.update(reason=WORD)
    TariffGrid.objects.update(name=WORD)
    Subsidy.objects.update(reason=WORD)
    Comment.objects.update(text=WORD)
    PassOffer.objects.update(name=WORD)
    Stop.objects.update(place=WORD)
    Booking.objects.update(note=WORD)
    User.objects.update(name=WORD)
    regular = world.people[REGULAR]
    assert regular is not None
    User.objects.filter(pk=regular.pk).update(email=ADDRESS)
    for person in User.objects.all():
        hash_ = f"{person.pk:064}"
        ApiToken.objects.create(person=person, name=WORD, hash=hash_, scopes=[], created_at=NOW)


def surround(site: Site) -> None:
    """Give a site stops, partners, funders and labels of such names."""
    start = NOW.date()
    site.specialisations.create(code=f"one-{site.pk}", name=WORD)
    site.transit_stops.create(mode="train", name=WORD, walk_minutes=8)
    site.measurements.create(
        measured_on=start, measured_by=WORD, download_mbps=480, upload_mbps=290
    )
    site.partners.create(name=WORD, offers=WORD, held=WORD, contact_url="https://site.example/")
    site.fundings.create(kind="investment", funder_name=WORD, programme=WORD, starts_on=start)
    label = make_label(WORD, owner=WORD)
    site.labels.create(version=label.versions.get(), starts_on=start)


@pytest.mark.parametrize("who", WHO)
def test_no_page_scrolls_sideways_and_nothing_leaves_its_box(page: OpenPage, who: str) -> None:
    world = make_world()
    lengthen(world)
    tab = page(user=world.people[who])
    faults = {}

    for name, path in pages_of(who):
        tab.goto(world.address(path))
        tab.set_viewport_size({"width": 320, "height": 640})
        tab.locator(".nav-phone").evaluate("menu => { menu.open = true; }")
        for width in (320, 360):
            tab.set_viewport_size({"width": width, "height": 640})
            found = leaving(tab)
            if found or tab.evaluate("document.documentElement.scrollWidth") > width:
                faults[f"{name}, {width}"] = found

    assert faults == {}, str(faults)[:3000]


@pytest.mark.parametrize("width", [720, 1440])
def test_a_statement_folds_the_names_of_customers_and_sites(page: OpenPage, width: int) -> None:
    world = make_world()
    lengthen(world)
    tab = page(user=world.people[MANAGER])
    tab.set_viewport_size({"width": width, "height": 640})

    tab.goto(world.address("/manage/statements/{operator}/earned/{month}/"))

    assert tab.evaluate("document.documentElement.scrollWidth") == width
    assert leaving(tab) == []


@pytest.mark.parametrize("width", [320, 360])
def test_a_mail_keeps_a_long_name_in_its_box(
    page: OpenPage, run_tasks: RunTasks, width: int
) -> None:
    world = make_world()
    lengthen(world)
    person = world.people[REGULAR]
    assert person is not None
    booking = Booking.objects.get(reference=world.words["reference"])
    cancel(booking=booking, by=User.objects.get(pk=person.pk), now=timezone.now())
    run_tasks()
    tab = page()
    tab.set_viewport_size({"width": width, "height": 640})

    letter = mail.outbox[-1]
    assert isinstance(letter, EmailMultiAlternatives)
    html = str(letter.alternatives[0][0])

    tab.set_content(html)

    assert WORD in tab.content()
    assert leaving(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_a_word_that_cannot_be_broken_is_found_to_leave(page: OpenPage) -> None:
    tab = page("/legal/", viewport="phone")
    tab.evaluate(
        """word => {
          const title = document.querySelector("h1");
          title.textContent = word;
          title.style.overflowWrap = "normal";
        }""",
        WORD,
    )

    assert leaving(tab) != []
