"""Which day is today and which is chosen, as a screen reader is told."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import NOW, PARIS, make_site, make_space

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
TODAY = NOW.astimezone(PARIS).date()
LATER = TODAY + timedelta(days=1)


def days_of(client: Client, address: str) -> dict[str, tuple[str, str]]:
    """Return by its words what each day of the strip says of itself: attributes, contents."""
    html = client.get(address, headers={"accept-language": "en"}).content.decode()
    days = re.findall(r'<(?:a|span)\s+class="day([^>]*)>(.*?)</(?:a|li)>', html, re.DOTALL)
    found = {}
    for attributes, inside in days:
        words = re.search(r'visually-hidden">(.*?), </span>', inside)
        assert words is not None
        found[words[1]] = (attributes, inside)
    return found


@pytest.mark.parametrize("page", ["/sites/la-fabrique/?on={on}", "/search/?on={on}"])
def test_only_today_is_the_current_date_and_the_chosen_day_says_so(
    client: Client, page: str
) -> None:
    make_space(make_site(slug="la-fabrique"), units=4)

    days = days_of(client, page.format(on=LATER))

    current = [day for day, (attributes, _) in days.items() if 'aria-current="date"' in attributes]
    chosen = [day for day, (_, inside) in days.items() if ">chosen, <" in inside]
    assert len(days) == 7
    assert current == [f"{TODAY:%A} {TODAY.day} {TODAY:%B}"]
    assert chosen == [f"{LATER:%A} {LATER.day} {LATER:%B}"]


def test_a_week_to_come_has_no_current_date(client: Client) -> None:
    make_space(make_site(slug="la-fabrique"), units=4)
    on = TODAY + timedelta(days=14)

    html = client.get(f"/sites/la-fabrique/?on={on}").content.decode()

    assert 'aria-current="date"' not in html


def test_the_hours_of_the_week_say_which_day_is_shown(client: Client) -> None:
    make_space(make_site(slug="la-fabrique"), units=4)

    html = client.get(
        f"/sites/la-fabrique/?on={LATER}", headers={"accept-language": "en"}
    ).content.decode()

    start = html.index('<table class="week">')
    table = html[start : html.index("</table>", start)]
    rows = re.findall(r"<th scope=\"row\"([^>]*)>\s*(\w+ \d+)(.*?)</th>", table, re.DOTALL)
    assert [day for attributes, day, _ in rows if "aria-current" in attributes] == [
        f"{TODAY:%A} {TODAY.day}"
    ]
    assert [day for _, day, rest in rows if "(chosen)" in rest] == [f"{LATER:%A} {LATER.day}"]
