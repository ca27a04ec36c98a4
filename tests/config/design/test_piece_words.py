"""What pieces of pages are written with: attributes, classes, icons, the words of a state."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.template import engines
from django.urls import get_script_prefix, set_script_prefix
from django.utils.translation import override

from bookings.search.counting import Count, Why
from bookings.templatetags.grids import free_words
from config.design.pieces import (
    attributes,
    beside,
    classes,
    day_mark,
    icon,
    lang,
    marker_label,
    notice_icon,
)
from sites.geo import Point
from sites.maps.pins import Pin
from sites.models import Space


def drawn(source: str, **context: object) -> str:
    """Return what a template of this source draws, without blanks at its ends and lines."""
    html = engines["django"].from_string("{% load pieces %}" + source).render(context)
    return " ".join(html.split())


@contextmanager
def script_prefix(prefix: str) -> Iterator[None]:
    """Answer below a prefix, as a server that gives the product a folder of its own."""
    before = get_script_prefix()
    set_script_prefix(prefix)
    yield
    set_script_prefix(before)


def test_a_class_is_written_when_its_condition_holds() -> None:
    written = classes("button", "", None, "quiet", has_error=["wrong"], wide=False)

    assert written == "button quiet has-error"


def test_an_attribute_without_value_is_left_out_and_zero_is_one() -> None:
    written = attributes(
        aria_current="date", id="", name=None, value=0, disabled=True, hidden=False
    )

    assert written == ' aria-current="date" value="0" disabled'


def test_what_an_attribute_or_a_class_is_given_is_escaped() -> None:
    html = drawn('<a class="{% classes x %}"{% attributes title=x %}>', x='"><b>')

    assert "<b>" not in html


def test_an_icon_is_silent_unless_it_has_words() -> None:
    silent, told = icon("key"), icon("key", "Clé", "turn")

    assert 'class="icon"' in silent
    assert 'aria-hidden="true"' in silent
    assert 'class="icon turn"' in told
    assert 'role="img" aria-label="Clé"' in told
    assert "aria-hidden" not in told


@pytest.mark.parametrize(
    ("count", "is_past", "state", "text", "icon"),
    [
        (Count(12), False, "", "12 free", "check"),
        (Count(3), False, "few", "3 free", "check"),
        (Count(0), False, "full", "full", "full"),
        (Count(why=Why.SHUT), False, "closed", "closed", "closed"),
        (Count(why=Why.OVER), False, "closed", "past", ""),
        (None, True, "closed", "past", ""),
        (None, False, "", "\u00a0", ""),
    ],
)
def test_a_day_says_what_there_is_in_words_and_by_a_sign(
    count: Count | None, is_past: bool, state: str, text: str, icon: str
) -> None:
    with override("en"):
        assert day_mark(count, is_past) == {"state": state, "text": text, "icon": icon}


def test_a_day_too_far_ahead_is_not_called_closed() -> None:
    with override("en"):
        assert day_mark(Count(why=Why.NOT_THEN), False)["label"] == "not bookable then"


def test_an_open_day_without_enough_places_is_full_and_says_why() -> None:
    with override("en"):
        mark = day_mark(Count(why=Why.TOO_SMALL), False)

    assert (mark["state"], mark["text"], mark["label"]) == ("full", "full", "too small for so many")


def test_a_closed_day_is_told_shortly_enough_for_a_seventh_of_a_phone() -> None:
    with override("de"):
        assert day_mark(Count(why=Why.SHUT), False)["text"] == "zu"


def test_free_places_are_one_or_several() -> None:
    with override("fr"):
        assert (free_words(1), free_words(2)) == ("1 libre", "2 libres")


def test_a_marker_tells_its_places() -> None:
    here = Point(48.6, 7.75)

    with override("en"):
        labels = [marker_label(Pin("a", "Ici", "#", here, count)) for count in (None, 0, 1, 5)]

        closed = marker_label(Pin("a", "Ici", "#", here, is_closed=True))
        office = marker_label(Pin("a", "Ici", "#", here, 2, kind=Space.Kind.OFFICE))

    assert labels == ["Ici", "Ici – full", "Ici – 1 desk left", "Ici – 5 desks free"]
    assert (closed, office) == ("Ici – closed", "Ici – Office: 2 free")


def test_a_notice_of_no_known_state_informs() -> None:
    assert [notice_icon(state) for state in ("success", "error", "", None)] == [
        "check",
        "alert",
        "info",
        "info",
    ]


def test_a_cell_stands_beside_its_column() -> None:
    assert list(beside(["Villé", 8], ["Site", "Postes"])) == [("Villé", "Site"), (8, "Postes")]


def test_a_piece_reads_what_it_is_given_and_nothing_of_the_page() -> None:
    html = drawn(
        '{% piece "button" action variant="quiet" %}',
        action={"text": "Changer", "href": "/la"},
        about="of the page",
    )

    assert html == '<a class="button quiet" href="/la"> <span>Changer</span> </a>'


def test_a_button_says_what_it_sends_and_a_link_says_nothing_of_it() -> None:
    sent = drawn('{% piece "button" text="A" name="n" value="1" form_id="f" is_disabled=True %}')
    led = drawn('{% piece "button" text="A" href="/x" name="n" is_wide=True %}')

    assert ' name="n" value="1" form="f" disabled>' in sent
    assert led.startswith('<a class="button wide" href="/x">')


@pytest.mark.parametrize(
    "told",
    [
        'text="A"',
        'text="<b>" about="Salle <i>" is_own=True icon="pin"',
        'text="A" href="/x?a=1&b=2" label="A, là" icon_after="arrow-right" variant="quiet"',
        'text="A" type="button" name="n" value=0 is_disabled=False is_wide=True',
    ],
)
def test_a_button_is_the_same_by_its_tag_its_piece_and_its_template(told: str) -> None:
    whole = f'{{% include "components/button.html" with {told} only %}}'

    with override("en"):
        ways = {
            drawn(source)
            for source in (f"{{% button {told} %}}", f'{{% piece "button" {told} %}}', whole)
        }

    assert len(ways) == 1


def test_words_of_a_community_say_their_language_on_pages_of_another() -> None:
    with override("en"):
        assert lang() == ' lang="fr"'
        assert lang("en") == ""
        assert lang("de") == ' lang="de"'
    with override("fr"):
        assert lang() == ""
        assert lang("de") == ' lang="de"'


@pytest.mark.parametrize(
    ("language", "others"),
    [
        ("fr", ["Deutsch", "English"]),
        ("de", ["Français", "English"]),
        ("en", ["Français", "Deutsch"]),
    ],
)
def test_a_page_offers_the_languages_that_it_is_not_in(language: str, others: list[str]) -> None:
    with override(language):
        html = drawn("{% language_buttons %}")

    assert re.findall(r'<span lang="\w\w">(\w+)</span></button>', html) == others
    assert f'value="{language}"' not in html


def test_a_language_is_announced_in_the_pages_own() -> None:
    with override("fr"):
        html = drawn("{% language_buttons %}")

    assert html.startswith(
        '<button type="submit" name="language" value="de">'
        '<span class="visually-hidden">Langue : </span><span lang="de">Deutsch</span></button>'
    )


def test_an_address_is_below_the_prefix_that_the_server_sets() -> None:
    with script_prefix("/"):
        at_the_root = drawn('{% address "privacy" %}')
    with script_prefix("/network/"):
        below = drawn('{% address "privacy" %}')

    assert (at_the_root, below) == ("/privacy/", "/network/privacy/")
