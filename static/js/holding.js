// Says how long something is still held, in words and by the minute, a begun one too; a screen reader
// hears it once, when little time is left, and once at the end. Then the card says so, and what asks
// for a code gives way to one button. Without script the page says it as it opens.
const MINUTE = 60_000;
const SOON = 2 * MINUTE;

export function holding(card) {
  const end = Date.now() + Number(card.dataset.held) * 1000;
  const words = card.dataset.words.split("|");
  const left = card.querySelector("[data-held-left]");
  const status = card.querySelector("[data-held-soon]");
  const name = card.getAttribute("aria-labelledby");
  let said = end - Date.now() <= SOON ? "soon" : "";

  function say(what) {
    if (said === what) return;
    said = what;
    status.textContent = card.dataset[what];
  }

  function close() {
    say("over");
    left.hidden = true;
    card.querySelector("[data-held-title]").textContent = card.dataset.over;
    const before = [...document.querySelectorAll(`[data-while-held="${name}"]`)];
    const after = [...document.querySelectorAll(`[data-once-over="${name}"]`)];
    const isTyping = before.some((part) => part.contains(document.activeElement));
    for (const part of before) part.hidden = true;
    for (const part of after) part.hidden = false;
    // Whoever was typing the code goes on at the button in its place.
    if (isTyping) after.at(-1)?.querySelector("button, a")?.focus();
  }

  function tell() {
    const rest = end - Date.now();
    if (rest <= 0) return close();
    left.textContent = words[Math.ceil(rest / MINUTE)] ?? "";
    if (rest <= SOON) say("soon");
    // A moment after the minute is over: on time it would still be counted.
    setTimeout(tell, (rest % MINUTE) + 50);
  }

  tell();
}
