"""Whether what a page holds fits it, and each thing in its box, however its text is shown."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

#: Pixels: what browsers come with, and twice that.
USUAL, LARGE = 16, 32
#: WCAG 1.4.12: what readers may set, without loss.
SPREAD = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
#: WCAG 1.4.4: text alone twice as large, on a page that takes the screen for as wide as before.
DOUBLED = "html { font-size: 200%; }"
#: A veil hides from eyes alone, and takes no room: its words are for screen readers.
SEEN = """
const kept = (ask) => {
  const known = new Map();
  return (one) => {
    if (!known.has(one)) known.set(one, ask(one));
    return known.get(one);
  };
};
const look = kept((one) => getComputedStyle(one));
const isVeil = (one) => look(one).clipPath === "inset(50%)" && look(one).position === "absolute";
const isVeiled = kept((one) => one !== null && (isVeil(one) || isVeiled(one.parentElement)));
const isSeen = kept((one) => one.checkVisibility({visibilityProperty: true})
  && !one.closest("svg, .leaflet-container") && !isVeiled(one));
const isShorn = (one) => look(one).clipPath !== "none";
const clips = (one) => look(one).overflowX !== "visible";
const inSight = (one) => {
  let { left, right, top, bottom } = one.getBoundingClientRect();
  for (let box = one.parentElement; box && box !== document.body; box = box.parentElement) {
    if (!clips(box)) continue;
    const edge = box.getBoundingClientRect();
    [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
    [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
  }
  return { left, right, top, bottom };
};
const told = (one) => `${one.tagName}.${one.className} ${one.name || ""}: `
  + `${(one.textContent || one.placeholder || "").trim().replace(/\\s+/g, " ").slice(0, 50)}`;
"""
#: Elements that reach beyond the screen, or whose content reaches beyond them, unless it scrolls.
LEAVING = """() => {
  const scrolls = (one) => one !== document.body
    && (clips(one) || (one.parentElement && scrolls(one.parentElement)));
  const leaves = (one) => {
    const box = one.getBoundingClientRect();
    const isOff = box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
    const isBlock = one.clientWidth > 0 && look(one).display !== "inline";
    return isOff || isBlock && one.scrollWidth > one.clientWidth + 1;
  };
  return [...document.body.querySelectorAll("*:not(select, option)")]
    .filter((one) => isSeen(one) && leaves(one) && !scrolls(one))
    .map(told);
}"""
#: Pairs of things to read or press of which one lies over the other.
OVERLAPPING = """() => {
  const words = "a, button, input:not([type=hidden]), select, label, h1, h2, h3, p, small, summary,"
    + " dt, dd, td, th, legend, .chip";
  const isWide = (box) => box.right - box.left > 3 && box.bottom - box.top > 3;
  const seen = [...document.querySelectorAll(words)].filter(isSeen)
    .map((one) => ({ one, ...inSight(one) })).filter(isWide).sort((a, b) => a.top - b.top);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3
    && Math.min(a.bottom, b.bottom) - b.top > 3;
  const isBelow = (a, b) => b.top > a.bottom;
  const holds = (a, b) => a.one.contains(b.one) || b.one.contains(a.one);
  return seen.flatMap((a, number) => {
    const below = seen.findIndex((b, place) => place > number && isBelow(a, b));
    return seen.slice(number + 1, below < 0 ? seen.length : below)
      .filter((b) => meet(a, b) && !holds(a, b))
      .map((b) => `${told(a.one)} / ${told(b.one)}`);
  });
}"""
#: Boxes that hide a part of their words, and fields too narrow for what they ask.
CUT = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  const asksMore = (field) => {
    const style = getComputedStyle(field);
    const asked = getComputedStyle(field, "::placeholder");
    pen.font = asked.font;
    pen.letterSpacing = asked.letterSpacing;
    pen.wordSpacing = asked.wordSpacing;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return pen.measureText(field.placeholder).width > room + 1;
  };
  const isFull = (box) =>
    box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
  const hides = (box) => box.textContent.trim() !== ""
    && (isShorn(box) || clips(box) && look(box).overflowX !== "auto" && isFull(box));
  const all = [...document.body.querySelectorAll("*:not(select, option)")].filter(isSeen);
  return all.filter((one) => one.placeholder ? asksMore(one) : hides(one)).map(told);
}"""
#: Words and numbers of what is pressed or reserved that stand on two lines.
BROKEN = """() => {
  const isSplit = (node, word) => {
    const range = document.createRange();
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const lines = [...range.getClientRects()].filter((box) => box.width > 0);
    return lines.some((box) => box.top > lines[0].top + box.height / 2);
  };
  const texts = (one) => {
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  };
  const words = (node) => [...node.data.matchAll(/[\\p{L}\\p{N}:,.'’]+/gu)];
  return [...document.querySelectorAll(".slot, .button, .chip, .hours, .day")].filter(isSeen)
    .flatMap((one) => texts(one).filter((node) => isSeen(node.parentElement)).flatMap((node) =>
      words(node).filter((word) => isSplit(node, word))
        .map((word) => `${word[0]} in ${told(one)}`)));
}"""
#: Choices that are longer than the closed list that shows them, which may take several lines.
SHORT_LISTS = """() => {
  const asked = (list, width) => {
    const free = list.cloneNode(true);
    free.style.cssText = `position: absolute; field-sizing: content; width: ${width};`
      + "min-width: 0; max-width: none; min-height: 0; height: auto";
    free.value = list.value;
    list.after(free);
    const box = free.getBoundingClientRect();
    free.remove();
    return box;
  };
  const isCut = (list) => {
    const box = list.getBoundingClientRect();
    return getComputedStyle(list).whiteSpace === "normal"
      ? asked(list, `${box.width}px`).height > box.height + 1
      : asked(list, "max-content").width > box.width + 1;
  };
  return [...document.querySelectorAll("select")].filter((list) => isSeen(list) && isCut(list))
    .map((list) => `${list.name}: ${list.selectedOptions[0].textContent}`);
}"""
#: Buttons on which the line between two things lies.
TOUCHING = """() => {
  const lined = [...document.querySelectorAll("main *")].filter(isSeen)
    .filter((one) => !one.matches(".button, .slot, .day, .chip, input, select, textarea"))
    .filter((one) => parseFloat(look(one).borderTopWidth) > 0);
  const isAbove = (one, other) => one.left < other.right && other.left < one.right
    && Math.abs(other.top - one.bottom) < 4;
  const touches = (button, line) => !line.contains(button) && !button.contains(line)
    && isAbove(button.getBoundingClientRect(), line.getBoundingClientRect());
  return [...document.querySelectorAll("main .button, main .slot")].filter(isSeen)
    .filter((button) => lined.some((line) => touches(button, line))).map(told);
}"""
#: All of them in one call, so that each element is looked at once. Lists last: they are changed.
MISFITS = f"""() => [
  ["leaves", {LEAVING}], ["overlaps", {OVERLAPPING}], ["cut", {CUT}],
  ["touches a line", {TOUCHING}], ["short list", {SHORT_LISTS}],
].flatMap(([fault, found]) => found().map((one) => `${{fault}}: ${{one}}`))"""
#: Elements that hold text, with its pixels.
SIZES = """() => {
  const isText = (node) => node.nodeType === 3 && node.data.trim() !== "";
  const holds = (one) => [...one.childNodes].some(isText);
  return [...document.body.querySelectorAll("*")].filter((one) => isSeen(one) && holds(one))
    .map((one) => [told(one), parseFloat(getComputedStyle(one).fontSize)]);
}"""
RESTYLE = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
UNFOLD = """() => document.querySelectorAll("main details:not(.map)")
  .forEach((one) => { one.open = true; })"""


@dataclass(frozen=True)
class Reading:
    """A way to show a page: width of the screen, the browser's size of text, rules of a reader."""

    name: str
    width: int
    text: int = USUAL
    css: str = ""


READINGS = [
    Reading("phone, spread text", 360, css=SPREAD),
    Reading("phone, text doubled", 360, css=DOUBLED),
    Reading("phone, large text", 360, LARGE),
    Reading("tablet, large text", 640, LARGE),
    Reading("desk, large text", 1280, LARGE),
    Reading("desk, spread text", 1280, css=SPREAD),
]


def enlarge(tab: Page, pixels: int) -> None:
    """Have the browser's text of this size, as its settings do."""
    session = tab.context.new_cdp_session(tab)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": pixels, "fixed": pixels}})
    session.detach()


def show(tab: Page, reading: Reading) -> None:
    """Show the page in `tab`, as it is, in that way."""
    tab.set_viewport_size({"width": reading.width, "height": 740})
    enlarge(tab, reading.text)
    tab.evaluate(RESTYLE, reading.css)


def told_by(tab: Page, question: str) -> Any:
    """Return what a function answers in the page that may use all that `SEEN` names."""
    return tab.evaluate(f"() => {{{SEEN} return ({question})(); }}")


def misfits(tab: Page) -> list[str]:
    """Return what leaves its box, lies over something else or is cut, a line each."""
    width = tab.viewport_size["width"] if tab.viewport_size else 0
    wide = tab.evaluate("document.documentElement.scrollWidth")
    too_wide = [f"the page is {wide} wide"] if wide > width else []
    return [*too_wide, *told_by(tab, MISFITS)]


def leaving(tab: Page) -> list[str]:
    """Return what reaches beyond the screen or its box, a line each."""
    found: list[str] = told_by(tab, LEAVING)
    return found


def broken(tab: Page) -> list[str]:
    """Return the words and numbers that stand on two lines in what is pressed, a line each."""
    found: list[str] = told_by(tab, BROKEN)
    return found


def unfold(tab: Page) -> None:
    """Open what is folded away in the page, but the map."""
    tab.evaluate(UNFOLD)


def sizes(tab: Page) -> list[tuple[str, float]]:
    """Return each element that holds text, and the pixels of its text."""
    found: list[tuple[str, float]] = told_by(tab, SIZES)
    return found
