// Suggestions under a text field, after the ARIA practices ("combobox with list autocomplete").
// data-suggest-url answers `?q=` with <li role="option" data-value data-code> elements, of which
// one may be data-all (picked, it asks again for all) or aria-disabled (it only says something).
// data-target is the id of the field that receives the code of the place. What is typed wins:
// it empties every hidden field of the host. Words: data-none, data-one, data-many ("{count}…"), data-list,
// data-failed.
const PAUSE = 180;
const SHORTEST = 2;
let lists = 0;

export function combobox(host) {
  const input = host.matches("input") ? host : host.querySelector("input:not([type=hidden])");
  new Suggestions(input, host).listen();
}

class Suggestions {
  constructor(input, host) {
    this.input = input;
    this.words = host.dataset;
    this.hidden = [...host.querySelectorAll("input[type=hidden]")];
    this.target = document.getElementById(this.words.target);
    this.list = this.makeList();
    this.status = this.makeStatus();
    this.active = -1;
  }

  makeList() {
    const holder = document.createElement("div");
    holder.className = "suggest";
    const list = document.createElement("ul");
    Object.assign(list, { className: "suggestions", role: "listbox", id: `suggestions-${++lists}`, hidden: true });
    list.setAttribute("aria-label", this.words.list ?? "");
    this.input.before(holder);
    holder.append(this.input, list);
    for (const [name, value] of Object.entries({
      role: "combobox", autocomplete: "off", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": list.id,
    })) this.input.setAttribute(name, value);
    return list;
  }

  makeStatus() {
    const status = document.createElement("span");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    this.list.after(status);
    return status;
  }

  listen() {
    this.input.addEventListener("input", () => this.edited());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    // Keep the focus in the field: a click on the list must not blur it first.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.pick(event.target.closest("[role=option]")));
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  forget() {
    for (const field of this.hidden) field.value = "";
  }

  edited() {
    this.forget();
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.input.value.trim().length < SHORTEST) return this.close();
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask({ all = false } = {}) {
    this.request = new AbortController();
    const url = new URL(this.words.suggestUrl, location.href);
    url.searchParams.set("q", this.input.value.trim());
    if (all) url.searchParams.set("all", "1");
    try {
      const answer = await fetch(url, { signal: this.request.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.statusText);
      this.show(await answer.text());
    } catch (error) {
      if (error.name === "AbortError") return;
      this.close();
      this.status.textContent = this.words.failed ?? "";
    }
  }

  show(html) {
    this.list.innerHTML = html;
    this.options.forEach((option, index) => {
      option.id = `${this.list.id}-${index}`;
      option.setAttribute("aria-selected", "false");
    });
    const options = this.options;
    const count = options.filter((option) => "value" in option.dataset).length;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.toggle(count > 0 && document.activeElement === this.input);
    const words = count === 0 ? this.words.none : count === 1 ? this.words.one : this.words.many;
    const rest = options.find((option) => !("value" in option.dataset))?.textContent.trim() ?? "";
    this.status.textContent = `${(words ?? "").replace("{count}", count)} ${rest}`.trim();
  }

  toggle(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.toggle(false);
  }

  key(event) {
    const open = !this.list.hidden;
    if (event.key === "Escape" && open) this.close();
    else if (event.key === "Enter" && open && this.active >= 0) this.pick(this.options[this.active]);
    else if (event.key === "ArrowDown" && (open || this.options.length)) this.move(1);
    else if (event.key === "ArrowUp" && open) this.move(-1);
    else return;
    event.preventDefault();
  }

  move(step) {
    const options = this.options;
    this.toggle(true);
    // One place past either end is the field itself: no option active.
    this.active = ((this.active + 1 + step + options.length + 1) % (options.length + 1)) - 1;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.active)));
    if (this.active < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", options[this.active].id);
    options[this.active].scrollIntoView({ block: "nearest" });
  }

  pick(option) {
    if (!option || option.ariaDisabled === "true") return;
    if ("all" in option.dataset) return this.ask({ all: true });
    this.input.value = option.dataset.value;
    this.forget();
    if (this.target) this.target.value = option.dataset.code ?? "";
    this.close();
    this.input.dispatchEvent(new CustomEvent("combobox:picked", { bubbles: true }));
  }
}
