"""What axe-core finds wrong with a page for people who cannot see, hear or point."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

#: Rules that another colour scheme alone can break: it changes no element and no word.
COLOURS = ("color-contrast", "link-in-text-block")
#: Style sheets are read anew for none of these rules: of what axe would load first, only media.
RUN = """async (rules) => {
  const runOnly = rules.length ? {type: "rule", values: rules} : undefined;
  const preload = {assets: ["media"]};
  const found = await axe.run({resultTypes: ["violations"], preload, ...(runOnly && {runOnly})});
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html}`));
}"""


def violations(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """Return what breaks `rules`, by default all of axe-core's usual ones, a line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(RUN, list(rules))
    return found
