"""What the links and buttons of a page are called, as a screen reader says it."""

from playwright.sync_api import Page

#: Pairs of links or buttons of one name that lead to different places.
NAMESAKES = """() => {
  const said = (node) => {
    if (node.nodeType === 3) return node.data;
    const isMute = node.nodeType !== 1 || node.hidden;
    if (isMute || node.getAttribute("aria-hidden") === "true") return "";
    return node.getAttribute("aria-label") ?? node.getAttribute("alt")
      ?? [...node.childNodes].map(said).join("");
  };
  const fields = (one) => {
    if (!one.form) return one.outerHTML;
    const sent = new FormData(one.form, one.type === "submit" ? one : null);
    sent.delete("csrfmiddlewaretoken");
    return `${one.form.action} ${new URLSearchParams(sent)}`;
  };
  const place = (link) => new URL(link.getAttribute("href"), location.href).href;
  const aim = (one) => one.localName === "button" ? fields(one) : place(one);
  const aims = new Map();
  for (const one of document.querySelectorAll("a[href], button")) {
    const name = said(one).replace(/\\s+/g, " ").trim();
    const role = `${one.localName} ${name}`;
    aims.set(role, (aims.get(role) ?? new Set()).add(aim(one)));
  }
  return [...aims].filter(([role, places]) => /^\\w+ $/.test(role) || places.size > 1)
    .map(([role, places]) => [role, ...places].join(" | "));
}"""


def namesakes(page: Page) -> list[str]:
    """Return each name, or want of one, that links or buttons to different places share."""
    found: list[str] = page.evaluate(NAMESAKES)
    return found
