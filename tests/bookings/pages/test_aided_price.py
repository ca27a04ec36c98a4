"""Who pays a part of a price, and why, is read before it is booked and on the booking's page."""

import html
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from billing.prices.durations import Duration
from network.models import User
from tests.billing.tariffs import make_grid, subsidy
from tests.bookings.pages.pressing import agreed_on
from tests.factories import make_organisation, make_space
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
AT = "2026-11-24T08:00+01:00/2026-11-24T13:00+01:00"
TOLD = "Aide de : CC <Villé>. Moins de trajets."


def test_the_funder_and_its_reason_are_on_both_pages(client: Client, person: User) -> None:
    make_grid()
    space, funder = make_space(), make_organisation("CC <Villé>", "collectivity")
    subsidy(space.site, Duration.HALF_DAY, 300, funder, reason="Moins de trajets.")
    there = reverse("book", args=[space.pk])

    review = client.get(there, {"at": AT})
    form = {"at": AT, "people": "1", "key": str(uuid.uuid4())} | agreed_on(review)
    booked = client.get(client.post(there, form)["Location"])

    for page in (review, booked):
        text = page.content.decode()
        assert "CC <Villé>" not in text
        assert TOLD in plain(html.unescape(text))
