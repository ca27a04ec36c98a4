// Says how long something is still held, in words and by the minute; a screen reader hears it once,
// when little time is left, and once at the end. Without script the page says it as it opens.
const MINUTE = 60_000;
const SOON = 2 * MINUTE;

export function holding(card) {
  const end = Date.now() + Number(card.dataset.held) * 1000;
  const words = card.dataset.words.split("|");
  const left = card.querySelector("[data-held-left]");
  const status = card.querySelector("[data-held-soon]");
  let said = end - Date.now() <= SOON ? "soon" : "";

  function say(what) {
    if (said === what) return;
    said = what;
    status.textContent = card.dataset[what];
  }

  function tell() {
    const rest = end - Date.now();
    left.textContent = rest > 0 ? (words[Math.floor(rest / MINUTE)] ?? "") : "";
    if (rest <= 0) return say("over");
    if (rest <= SOON) say("soon");
    // A moment after the minute is over: on time it would still be counted.
    setTimeout(tell, (rest % MINUTE) + 50);
  }

  tell();
}
