"""The form of a search is drawn once for many: filled in, it is the one drawn by itself."""

import re
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings.forms.search import SearchForm
from bookings.search.choices import choices_of
from config.design.search_forms import TEMPLATE, search_form
from sites.models import Equipment, Space, Specialisation
from tests.factories import MONDAY, NOW, TUESDAY, make_commune, make_space

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
#: A figure behind the words of a choice: the form drawn by itself counts nothing.
FIGURE = re.compile("\u00a0\\(\\+?\\d+\\)$")
ODD_WORDS = ["", "Villé", 'Villé "<b>&amp;', "[[typed:on]]", '\' data-of="state:part="']
#: Of each field some values that may be asked together.
ASKED: dict[str, st.SearchStrategy[list[str]]] = {
    "people": st.sampled_from([[], ["2"], [""]]),
    "kind": st.sampled_from([[], ["meeting_room"], ["desk"]]),
    "part": st.sampled_from([[], [""], ["morning"], ["hours"]]),
    "also": st.sampled_from([[], ["2026-11-25"], ["2026-11-25", "2026-12-20"]]),
    "radius_km": st.sampled_from([[], [""], ["10"], ["0"], ["49"]]),
    "category": st.sampled_from([[], ["rural"], ["rural", "urban"]]),
    "specialisation": st.sampled_from([[], ["oak"]]),
    "step_free": st.sampled_from([[], ["on"], ["false"]]),
    "on_saturday": st.sampled_from([[], ["true"]]),
    "min_mbps": st.sampled_from([[], [""], ["100"]]),
    "equipment": st.sampled_from([[], ["screen"], ["lamp"]]),
}
HOURS = st.sampled_from([[], ["09:00", "24:00"], ["9:15", "12:30"]])


class Read(HTMLParser):
    """What a browser makes of markup: tags with their attributes, and words."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Whether a choice is forbidden is counted; an empty value says what none says.
        told = {name: value or "" for name, value in attrs if name != "disabled"}
        self.found.append(
            (tag, {name: one for name, one in told.items() if one or name != "value"})
        )

    def handle_endtag(self, tag: str) -> None:
        self.found.append(tag)

    def handle_data(self, data: str) -> None:
        if words := FIGURE.sub("", re.sub(r"[ \n]+", " ", data).strip(" ")):
            self.found.append(words)


def form_of(query: dict[str, list[str]]) -> SearchForm:
    asked = urlencode({"on": [TUESDAY.isoformat()], **query}, doseq=True)
    form = SearchForm(QueryDict(asked), today=MONDAY)
    assert form.is_valid(), form.errors
    return form


def filled_in(form: SearchForm) -> str:
    day = form.when.days[0]
    return search_form(form, choices_of(form.search(), day, form.reach_of, NOW))


@pytest.fixture
def network() -> None:
    """Make a commune with a desk that has a lamp, and a room that has a screen."""
    make_commune("Villé")
    for kind, code in ((Space.Kind.DESK, "lamp"), (Space.Kind.MEETING_ROOM, "screen")):
        made = Equipment.objects.create(code=code, name=code.title())
        make_space(kind=kind).equipment.add(made)
    Specialisation.objects.create(code="oak", name="Oak & beech")


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize("language", ["fr", "de", "en"])
def test_it_says_of_any_search_what_its_own_form_would(language: str) -> None:
    @settings(max_examples=40, deadline=None, database=None)
    @given(st.fixed_dictionaries(ASKED), HOURS)
    def compared(query: dict[str, list[str]], hours: list[str]) -> None:
        if hours or query["part"] == ["hours"]:
            starts, ends = hours or ["09:00", "12:00"]
            query |= {"part": ["hours"], "starts": [starts], "ends": [ends]}
        form = form_of(query)

        own = render_to_string(TEMPLATE, {"form": form, "with_filters": True, "is_counted": True})

        assert Read(filled_in(form)).found == Read(own).found

    with translation.override(language):
        compared()


@pytest.mark.parametrize("words", ODD_WORDS)
def test_what_is_typed_stays_words(client: Client, network: None, words: str) -> None:
    position = {"latitude": "48.3", "longitude": "7.3"} if not words else {}
    query = {"on": TUESDAY.isoformat(), "where": words, **position}

    page = client.get(reverse("search"), query).content.decode()

    fields = [told for tag, told in pairs(Read(page).found) if tag == "input"]
    (where,) = [one for one in fields if one["name"] == "where"]
    assert where.get("value", "") == words


def pairs(found: list[object]) -> list[tuple[str, dict[str, str]]]:
    return [one for one in found if isinstance(one, tuple)]


def test_one_person_s_words_are_not_shown_to_another(client: Client, network: None) -> None:
    address = reverse("search")
    first = client.get(address, {"where": "Villé", "people": "7", "category": "rural"})

    second = client.get(address)

    assert 'value="7"' in first.content.decode()
    assert 'value="Villé"' not in second.content.decode()
    assert 'value="7"' not in second.content.decode()
    assert 'value="rural" id="id_category_0" checked' not in second.content.decode()
    assert "[[" not in second.content.decode()
