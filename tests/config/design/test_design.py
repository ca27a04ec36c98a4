"""The design: readable colours in both themes, one place for literals, pieces anybody can use."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from django.views.defaults import bad_request, server_error
from pytest_django.fixtures import Settings

from config.design import pages

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
    rules = re.sub(r"@(media|supports|container)[^{]*", "", css)  # conditions cannot read variables

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
        + re.findall(r'\{% icon "([\w-]+)"', text)
        + re.findall(r'\bicon(?:_after)?="([\w-]+)"', text)
    }

    assert named - drawn == set()
    assert drawn == set(pages.ICONS)


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
