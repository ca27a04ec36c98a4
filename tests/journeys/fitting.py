"""Whether what a page holds fits it, and each thing in its box, however its text is shown."""

from dataclasses import dataclass

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
SEEN = """
const mayBeVeiled = ".visually-hidden, thead, .recap-rest, .day-grid :is(b, small),"
  + " .date-strip :is(h2, span)";
const veiled = [...document.querySelectorAll(mayBeVeiled)]
  .filter((one) => getComputedStyle(one).clipPath !== "none");
const isSeen = (one) => one.checkVisibility({visibilityProperty: true})
  && !one.closest("svg, .leaflet-container, .skip") && !veiled.some((veil) => veil.contains(one));
const clips = (one) => getComputedStyle(one).overflowX !== "visible";
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
LEAVING = f"""() => {{{SEEN}
  const scrolls = (one) => one !== document.body
    && (clips(one) || (one.parentElement && scrolls(one.parentElement)));
  const leaves = (one) => {{
    const box = one.getBoundingClientRect();
    const isOff = box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
    const isBlock = one.clientWidth > 0 && getComputedStyle(one).display !== "inline";
    return isOff || isBlock && one.scrollWidth > one.clientWidth + 1;
  }};
  return [...document.body.querySelectorAll("*:not(select, option)")]
    .filter((one) => isSeen(one) && leaves(one) && !scrolls(one))
    .map(told);
}}"""
#: Pairs of things to read or press of which one lies over the other.
OVERLAPPING = f"""() => {{{SEEN}
  const words = "a, button, input:not([type=hidden]), select, label, h1, h2, h3, p, small, summary,"
    + " dt, dd, td, th, legend, .chip";
  const seen = [...document.querySelectorAll(words)]
    .filter((one) => isSeen(one) && one.getBoundingClientRect().width > 2);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
  const boxes = new Map(seen.map((one) => [one, inSight(one)]));
  return seen.flatMap((one, number) => seen.slice(number + 1)
    .filter((other) => !one.contains(other) && !other.contains(one))
    .filter((other) => meet(boxes.get(one), boxes.get(other)))
    .map((other) => `${{told(one)}} / ${{told(other)}}`));
}}"""
#: Boxes that hide a part of their words, and fields too narrow for what they ask.
CUT = f"""() => {{{SEEN}
  const pen = document.createElement("canvas").getContext("2d");
  const asksMore = (field) => {{
    const style = getComputedStyle(field);
    const asked = getComputedStyle(field, "::placeholder");
    pen.font = asked.font;
    pen.letterSpacing = asked.letterSpacing;
    pen.wordSpacing = asked.wordSpacing;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return pen.measureText(field.placeholder).width > room + 1;
  }};
  const hides = (box) => clips(box) && box.textContent.trim() !== ""
    && getComputedStyle(box).overflowX !== "auto"
    && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1);
  const all = [...document.body.querySelectorAll("*:not(select, option)")].filter(isSeen);
  return all.filter((one) => one.placeholder ? asksMore(one) : hides(one)).map(told);
}}"""
#: Words and numbers of what is pressed or reserved that stand on two lines.
BROKEN = f"""() => {{{SEEN}
  const isSplit = (node, word) => {{
    const range = document.createRange();
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const lines = [...range.getClientRects()].filter((box) => box.width > 0);
    return lines.some((box) => box.top > lines[0].top + box.height / 2);
  }};
  const texts = (one) => {{
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  }};
  const words = (node) => [...node.data.matchAll(/[\\p{{L}}\\p{{N}}:,.'’]+/gu)];
  return [...document.querySelectorAll(".slot, .button, .chip, .hours, .day")].filter(isSeen)
    .flatMap((one) => texts(one).filter((node) => isSeen(node.parentElement)).flatMap((node) =>
      words(node).filter((word) => isSplit(node, word))
        .map((word) => `${{word[0]}} in ${{told(one)}}`)));
}}"""
#: Choices that are longer than the closed list that shows them, which may take several lines.
SHORT_LISTS = f"""() => {{{SEEN}
  const asked = (list, width) => {{
    const free = list.cloneNode(true);
    free.style.cssText = `position: absolute; field-sizing: content; width: ${{width}};`
      + "min-width: 0; max-width: none; min-height: 0; height: auto";
    free.value = list.value;
    list.after(free);
    const box = free.getBoundingClientRect();
    free.remove();
    return box;
  }};
  const isCut = (list) => {{
    const box = list.getBoundingClientRect();
    return getComputedStyle(list).whiteSpace === "normal"
      ? asked(list, `${{box.width}}px`).height > box.height + 1
      : asked(list, "max-content").width > box.width + 1;
  }};
  return [...document.querySelectorAll("select")].filter((list) => isSeen(list) && isCut(list))
    .map((list) => `${{list.name}}: ${{list.selectedOptions[0].textContent}}`);
}}"""
#: Buttons on which the line between two things lies.
TOUCHING = f"""() => {{{SEEN}
  const lined = [...document.querySelectorAll("main *")].filter(isSeen)
    .filter((one) => !one.matches(".button, .slot, .day, .chip, input, select, textarea"))
    .filter((one) => parseFloat(getComputedStyle(one).borderTopWidth) > 0);
  const touches = (button, line) => !line.contains(button) && !button.contains(line)
    && Math.abs(line.getBoundingClientRect().top - button.getBoundingClientRect().bottom) < 4;
  return [...document.querySelectorAll("main .button, main .slot")].filter(isSeen)
    .filter((button) => lined.some((line) => touches(button, line))).map(told);
}}"""
#: Elements that hold text, with its pixels.
SIZES = f"""() => {{{SEEN}
  const isText = (node) => node.nodeType === 3 && node.data.trim() !== "";
  const holds = (one) => [...one.childNodes].some(isText);
  return [...document.body.querySelectorAll("*")].filter((one) => isSeen(one) && holds(one))
    .map((one) => [told(one), parseFloat(getComputedStyle(one).fontSize)]);
}}"""
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


def misfits(tab: Page) -> list[str]:
    """Return what leaves its box, lies over something else or is cut, a line each."""
    width = tab.viewport_size["width"] if tab.viewport_size else 0
    wide = tab.evaluate("document.documentElement.scrollWidth")
    return [
        *([f"the page is {wide} wide"] if wide > width else []),
        *(f"leaves: {one}" for one in tab.evaluate(LEAVING)),
        *(f"overlaps: {one}" for one in tab.evaluate(OVERLAPPING)),
        *(f"cut: {one}" for one in tab.evaluate(CUT)),
        *(f"short list: {one}" for one in tab.evaluate(SHORT_LISTS)),
        *(f"touches a line: {one}" for one in tab.evaluate(TOUCHING)),
    ]


def broken(tab: Page) -> list[str]:
    """Return the words and numbers that stand on two lines in what is pressed, a line each."""
    found: list[str] = tab.evaluate(BROKEN)
    return found


def unfold(tab: Page) -> None:
    """Open what is folded away in the page, but the map."""
    tab.evaluate(UNFOLD)


def sizes(tab: Page) -> list[tuple[str, float]]:
    """Return each element that holds text, and the pixels of its text."""
    found: list[tuple[str, float]] = tab.evaluate(SIZES)
    return found
