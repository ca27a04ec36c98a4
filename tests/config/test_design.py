"""The design: readable colours in both themes, one place for literals, pieces anybody can use."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from django.views.defaults import bad_request, server_error
from playwright.sync_api import Locator, Page, expect
from pytest_django.fixtures import Settings

from config import design

CSS = Path(settings.BASE_DIR) / "static" / "css"
ICONS = Path(settings.BASE_DIR) / "static" / "img" / "icons.svg"
TEMPLATES = Path(settings.BASE_DIR) / "templates"

TEXT_ON = [
    ("ink", "paper surface sunken rhine-soft free-soft few-soft alert-soft full-soft"),
    ("ink-soft", "paper surface sunken"),
    ("rhine", "paper surface sunken rhine-soft free-soft few-soft alert-soft"),
    ("rhine-strong", "surface rhine-soft"),
    ("rhine-ink", "rhine rhine-strong"),
    ("accent-ink", "accent accent-strong"),
    ("free", "paper surface free-soft"),
    ("few", "paper surface few-soft"),
    ("full", "paper surface sunken full-soft"),
    ("alert", "paper surface alert-soft"),
]
EDGE_ON = [("line-strong", "paper surface sunken"), ("focus", "paper surface sunken rhine-soft")]


def colours() -> dict[str, tuple[str, str]]:
    """Return each colour token as (light, dark)."""
    found = re.findall(
        r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", (CSS / "tokens.css").read_text()
    )
    return {name: (light, dark) for name, light, dark in found}


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    darker, lighter = sorted((luminance(a), luminance(b)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_guidelines_say() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_ON, 4.5), (EDGE_ON, 3.0)], ids=["text", "edge"])
def test_colours_used_together_are_told_apart(
    theme: int, pairs: list[tuple[str, str]], least: float
) -> None:
    known = colours()

    weak = {
        f"{front} on {back}": round(ratio, 2)
        for front, backs in pairs
        for back in backs.split()
        if (ratio := contrast(known[front][theme], known[back][theme])) < least
    }

    assert weak == {}


@pytest.mark.parametrize(
    "name", sorted(sheet.name for sheet in CSS.glob("*.css") if sheet.name != "tokens.css")
)
def test_literal_colours_and_sizes_live_in_the_tokens_only(name: str) -> None:
    css = re.sub(r"/\*.*?\*/", "", (CSS / name).read_text(), flags=re.DOTALL)
    rules = re.sub(r"@(media|supports)[^{]*", "", css)  # conditions cannot read variables

    literals = re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|\b[\d.]+(?:px|rem|pt|ms)\b", rules)

    assert literals == []


def test_every_token_used_is_defined_and_every_token_defined_is_used() -> None:
    tokens = (CSS / "tokens.css").read_text()
    sheets = [sheet.read_text() for sheet in CSS.glob("*.css")]

    defined = set(re.findall(r"(--[\w-]+):", tokens))
    used = {name for sheet in sheets for name in re.findall(r"var\((--[\w-]+)\)", sheet)}

    assert used == defined


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', ICONS.read_text()))
    texts = [template.read_text() for template in TEMPLATES.rglob("*.html")]

    named = {
        name
        for text in texts
        for name in re.findall(r'components/icon\.html" with name="([\w-]+)"', text)
        + re.findall(r'\bicon(?:_after)?="([\w-]+)"', text)
    }

    assert named - drawn == set()
    assert drawn == set(design.ICONS)


def test_no_template_holds_inline_style_or_script() -> None:
    forbidden = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*(?:src=|application/json))")

    guilty = [
        str(template.relative_to(TEMPLATES))
        for template in TEMPLATES.rglob("*.html")
        if "email" not in template.parts and forbidden.search(template.read_text())
    ]

    assert guilty == []


@pytest.mark.django_db
def test_the_catalogue_is_shown_to_developers_only(client: Client, settings: Settings) -> None:
    settings.DEBUG = False
    hidden = client.get("/design")
    settings.DEBUG = True
    shown = client.get("/design")

    assert (hidden.status_code, shown.status_code) == (404, 200)


def test_pages_of_refusal_and_failure_need_no_request() -> None:
    request = HttpRequest()

    failed = server_error(request)
    refused = bad_request(request, Exception("boom"))

    assert (failed.status_code, refused.status_code) == (500, 400)
    assert "<h1>" in failed.content.decode()
    assert "boom" not in refused.content.decode()


def test_a_slot_without_room_is_no_control() -> None:
    html = render_to_string("components/slot.html", {"time": "8 h – 13 h", "free": 0, "href": "#"})

    assert "<a" not in html
    assert "<button" not in html


def test_what_a_piece_is_given_is_escaped() -> None:
    html = render_to_string(
        "components/card.html",
        {"title": "<b>x</b>", "href": '"><script>', "subtitle": "<i>", "chip_text": "<u>"},
    )

    assert not re.search(r"<(b|script|i|u)>", html)


def test_positions_in_a_picture_are_written_for_machines_whatever_the_language() -> None:
    lanes = [{"title": "Poste 1", "parts": [{"state": "taken", "start": 12.5, "width": 30.25}]}]

    html = render_to_string("components/timeline.html", {"lanes": lanes, "now": 33.3})

    assert 'x="12.5%"' in html
    assert 'width="30.25%"' in html
    assert 'x1="33.3%"' in html


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_any_piece(
    page: Callable[..., Page], settings: Settings, theme: str
) -> None:
    settings.DEBUG = True
    opened = page(f"/design?theme={theme}", dark=theme == "dark")

    found = Axe().run(opened).response["violations"]

    assert [(item["id"], [node["html"] for node in item["nodes"]]) for item in found] == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nothing_overflows_a_screen_of_320_pixels(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page()
    opened.set_viewport_size({"width": 320, "height": 640})
    opened.goto("/design")

    assert opened.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_menu_of_a_phone_opens_without_script_and_closes_with_escape(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    plain = page("/design?theme=light", viewport="phone", script=False)
    plain.locator(".nav-phone summary").click()
    scripted = page("/design?theme=light", viewport="phone")
    scripted.locator(".nav-phone summary").click()
    scripted.keyboard.press("Escape")

    assert plain.locator(".nav-phone .menu-panel").is_visible()
    assert not scripted.locator(".nav-phone .menu-panel").is_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_map_keeps_its_land_and_its_links_when_no_tile_comes(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light")  # the test network lets no tile through
    opened.locator("[data-map]").scroll_into_view_if_needed()

    opened.locator(".map-tiles .pin").nth(2).click()

    assert opened.url.endswith("#c")
    assert opened.locator(".map-lands path").count() == 2
    land = opened.locator(".map-lands path").first.bounding_box()
    assert land is not None
    assert land["width"] > 50


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_map_of_a_page_without_script_is_made_of_links(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light", script=False)

    opened.get_by_role("link", name="La Filature – complet").or_(
        opened.get_by_role("link", name="La Filature – full")
    ).click()

    assert opened.url.endswith("#c")


SUGGESTIONS = """
<li role="option" data-value="Villé (67220)" data-insee="67507">Villé</li>
<li role="option" data-value="Villers (88500)" data-insee="88507">Villers</li>
"""


def place_field(opened: Page, answer: str = SUGGESTIONS, status: int = 200) -> Locator:
    """Answer suggestions without a server, and return the field of the place."""
    opened.route("**/design/places*", lambda route: route.fulfill(status=status, body=answer))
    return opened.get_by_role("combobox").first


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_suggested_place_is_picked_with_the_keyboard_and_forgotten_when_edited(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light")
    field = place_field(opened)
    code = opened.locator("#light-place-insee")

    field.press_sequentially("vil")
    expect(opened.locator(".suggestions [role=option]")).to_have_count(2)
    field.press("ArrowDown")
    field.press("Enter")
    picked = (field.input_value(), code.input_value(), field.get_attribute("aria-expanded"))
    field.press_sequentially("x")

    assert picked == ("Villé (67220)", "67507", "false")
    assert code.input_value() == ""


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_escape_closes_suggestions_and_keeps_what_was_typed(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light")
    field = place_field(opened)

    field.press_sequentially("vil")
    expect(opened.locator(".suggestions [role=option]")).to_have_count(2)
    field.press("Escape")

    expect(opened.get_by_role("listbox")).to_be_hidden()
    assert field.input_value() == "vil"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_how_many_places_are_suggested_is_told_to_screen_readers(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light")

    place_field(opened).press_sequentially("vil")

    expect(opened.locator(".place [role=status]").first).to_contain_text("2")
    assert Axe().run(opened).response["violations"] == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_refused_position_is_explained_beside_the_field(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light")
    button = opened.locator("[data-near-me]")

    button.click()

    expect(opened.locator(".place [role=alert]")).not_to_be_empty()
    expect(button).to_be_enabled()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_known_position_fills_the_form_and_sends_it(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light")
    opened.context.grant_permissions(["geolocation"])
    opened.context.set_geolocation({"latitude": 48.34, "longitude": 7.3})

    with opened.expect_navigation():
        opened.locator("[data-near-me]").click()

    assert "latitude=48.34000" in opened.url
    assert "longitude=7.30000" in opened.url


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_script_no_button_is_shown_that_would_do_nothing(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light", script=False)

    assert not opened.locator("[data-near-me]").is_visible()
    assert not opened.locator("[data-copy]").is_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_copying_says_that_it_is_done(page: Callable[..., Page], settings: Settings) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light")
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])

    opened.locator("[data-copy]").click()

    expect(opened.locator("[data-copy] + [role=status]")).not_to_be_empty()
    copied = opened.evaluate("navigator.clipboard.readText()")
    assert copied == "https://maillage.example/calendrier/8f3a.ics"
