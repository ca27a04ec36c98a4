// Wires the enhancements that pages ask for by data attributes; every page works without them.
import { closeMenusOutside } from "./menus.js";
import { combobox } from "./combobox.js";
import { copyButton } from "./copy.js";
import { holding } from "./holding.js";
import { nearMe } from "./near-me.js";

const enhancements = [
  ["[data-suggest-url]", combobox],
  ["[data-near-me]", nearMe],
  ["[data-copy]", copyButton],
  ["[data-held]", holding],
  ["[data-map]", async (frame) => (await import("./map.js")).map(frame)],
  ["[data-focus]", (element) => element.focus()],
  // In a row of days that scrolls, the chosen one is in sight.
  [".date-strip .is-chosen", (day) => { const row = day.closest("ol"); row.scrollLeft = day.offsetLeft - row.clientWidth / 3; }],
];
const done = new WeakMap();

function enhance(root) {
  for (const [selector, enhancement] of enhancements) {
    const inside = [...root.querySelectorAll(selector)];
    for (const element of root.matches?.(selector) ? [root, ...inside] : inside) {
      const known = done.get(element) ?? new Set();
      if (known.has(enhancement)) continue;
      done.set(element, known.add(enhancement));
      enhancement(element);
    }
  }
}

closeMenusOutside();
enhance(document);
// Fragments that htmx swaps in ask the same way.
document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
