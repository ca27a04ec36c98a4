"""Hours in a column too narrow for them: no line begins with their dash, or with a space."""

import pytest
from django.utils import translation
from playwright.sync_api import Browser

from network.templatetags.dates import foldable
from sites.templatetags.when import hours, when
from tests.factories import PARIS, TUESDAY, interval
from tests.words import plain

pytestmark = pytest.mark.browser
#: The text of each line of the paragraph, as Chromium has broken it.
LINES = """
() => {
  const text = document.querySelector("p").firstChild, lines = [];
  let top = null;
  for (let at = 0; at < text.length; at += 1) {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    const box = range.getBoundingClientRect();
    if (box.height && box.top !== top) { top = box.top; lines.push(""); }
    if (lines.length) lines[lines.length - 1] += text.data[at];
  }
  return lines;
}
"""


def lines_of(browser: Browser, words: str, width: int) -> list[str]:
    tab = browser.new_page()
    tab.set_content(f'<p style="width: {width}px; font: 20px sans-serif">{words}</p>')
    lines: list[str] = tab.evaluate(LINES)
    tab.close()
    return lines


@pytest.mark.parametrize("language", ["fr", "de", "en"])
@pytest.mark.parametrize("width", [60, 120, 180, 260])
def test_hours_are_broken_neither_at_their_dash_nor_with_an_indent(
    browser: Browser, language: str, width: int
) -> None:
    with translation.override(language):
        words = when(interval(TUESDAY, "09:00", "12:30"), PARIS)

    lines = lines_of(browser, words, width)

    assert len(lines) > 1
    assert [line for line in lines if line.rstrip("\N{WORD JOINER} ").endswith("–")] == []
    assert [line for line in lines if line[0] in "\N{NO-BREAK SPACE}\N{WORD JOINER}"] == []


@pytest.mark.parametrize(
    ("language", "folded"),
    [("fr", ["9 h –", "12 h 30"]), ("de", ["9–12:30", "Uhr"]), ("en", ["9:00 –", "12:30"])],
)
def test_in_a_narrow_box_hours_fold_after_their_dash(
    browser: Browser, language: str, folded: list[str]
) -> None:
    with translation.override(language):
        words = foldable(hours(interval(TUESDAY, "09:00", "12:30"), PARIS))

    lines = lines_of(browser, words, 100)

    shown = [plain(line).replace("\N{ZERO WIDTH SPACE}", "").strip() for line in lines]
    assert shown == folded


@pytest.mark.parametrize("width", [40, 60, 90, 140])
@pytest.mark.parametrize("language", ["fr", "de", "en"])
def test_however_narrow_the_box_no_line_of_hours_begins_with_a_dash(
    browser: Browser, language: str, width: int
) -> None:
    with translation.override(language):
        words = foldable(hours(interval(TUESDAY, "13:00", "18:30"), PARIS))

    lines = lines_of(browser, words, width)

    assert [line for line in lines if line.lstrip().startswith("–")] == []


def test_without_the_joiner_a_line_would_begin_with_a_space(browser: Browser) -> None:
    lines = lines_of(browser, "9\u00a0h\u00a0–\u00a012\u00a0h\u00a030", 60)

    assert "\N{NO-BREAK SPACE}" in [line[0] for line in lines]
