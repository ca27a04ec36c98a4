"""Who presses after the session has ended signs in and comes back to the page with the button."""

import pytest
from django.test import Client

from billing.prices.durations import Duration
from sites.models import Site
from tests.billing.pages.reading import signed_in
from tests.billing.tariffs import local_price, make_draft, make_grid, off_peak
from tests.factories import TUESDAY, holder, make_manager, make_site, make_space

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def addresses() -> dict[str, str]:
    """Make a site with a planned price and a draft, and return what is pressed, by its page."""
    make_grid()
    site, draft = make_site(), make_draft()
    make_space(site)
    local_price(site, Duration.DAY, 1400, starts_on=TUESDAY)
    off_peak(draft, 0, "16:00", "00:00")
    price, grid = f"/manage/prices/{site.slug}/desk/day/standard/", f"/manage/grids/{draft.pk}/"
    rule = f"/manage/cancelling/sites/{site.slug}/desk/"
    return {
        price: f"{price}planned/",
        rule: f"{rule}withdraw/",
        f"{grid}off-peak/": f"{grid}off-peak/remove/",
    }


@pytest.mark.parametrize("number", range(3))
def test_the_way_back_is_a_page(client: Client, addresses: dict[str, str], number: int) -> None:
    shown, pressed = list(addresses.items())[number]

    answer = client.post(pressed, {"row": "1"})

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"next={shown}")
    manager = (
        make_manager(Site.objects.get()) if "grids" not in shown else holder("adopt_tariffgrid")
    )
    signed_in(client, manager)
    assert client.get(shown).status_code == 200
