// A field that typing narrows a list with: who said a quote, or which quote a claim stands in.
//
// Markup: a section with input[data-filter] (role combobox) and ul[data-list] (role listbox) of li role="option" with
// data-do. Those marked data-proposed are gone through with Tab, all that are shown with the arrows; Enter takes the one
// at hand (aria-selected). li[data-typed-choice] takes what is typed as it is, shown in [data-typed]; [data-found-line]
// (role status) says how many fit, in its data-line.

import { folded, optionOf } from "./options.js";

const TYPED = 120; // milliseconds without typing until it is looked for elsewhere
const TELLING = 2; // letters

let number = 0;

export class Choices {
  // `elsewhere(text)` promises further options for what is typed, from beyond the page.
  constructor(section, { elsewhere = null } = {}) {
    Object.assign(this, { section, elsewhere, pending: null, searching: null, inHaste: false });
    this.filter = section.querySelector("[data-filter]");
    this.list = section.querySelector("[data-list]");
    this.asTyped = section.querySelector("[data-typed-choice]");
    this.line = section.querySelector("[data-found-line]");
    this.filter.addEventListener("input", () => this.#typed());
    this.filter.addEventListener("keydown", (event) => this.#pressed(event));
  }

  get typed() {
    return this.filter.value.trim();
  }

  // These first, then those that the page came with. `wanted` promises proposals, which go before all.
  prepare(options, wanted = null) {
    for (const old of this.list.querySelectorAll("[data-made]")) old.remove();
    this.list.prepend(...options.map((option) => optionOf(option)));
    this.filter.value = "";
    this.#typed();
    this.pending = wanted?.then((proposed) => {
      this.list.prepend(...proposed.map((option) => optionOf(option, "proposed")));
      this.pending = null;
      this.#narrow();
    });
  }

  get #shown() {
    return [...this.list.children].filter((one) => !one.hidden);
  }

  get #current() {
    return this.list.querySelector("[aria-selected=true]:not([hidden])");
  }

  #typed() {
    for (const old of this.list.querySelectorAll("[data-found]")) old.remove();
    this.#narrow();
    this.searching = this.elsewhere && this.typed.length >= TELLING ? this.#search(this.typed) : null;
  }

  // Nothing is at hand until something was proposed or typed: Enter never takes whoever happens to come first.
  #narrow() {
    const wanted = folded(this.typed);
    for (const item of this.list.children) item.hidden = !folded(item.textContent).includes(wanted);
    if (this.asTyped) {
      this.asTyped.hidden = !wanted;
      this.asTyped.querySelector("[data-typed]").textContent = this.typed;
    }
    const [first] = this.#shown;
    this.#point(wanted || first?.dataset.proposed !== undefined ? first : null);
    this.#count();
  }

  // What is found elsewhere stands behind what the page has; it is at hand where nothing else was but the words as typed.
  async #search(wanted) {
    await new Promise((resolve) => setTimeout(resolve, TYPED));
    if (wanted !== this.typed) return;
    const options = await this.elsewhere(wanted);
    if (wanted !== this.typed) return;
    const items = options.map((option) => this.#known(option) ?? this.#added(option));
    // Who pressed Enter before they came takes nobody unseen, but for who is called exactly so.
    const same = items.find((item) => folded(item.querySelector("bdi").textContent) === folded(wanted));
    if (this.#current === this.asTyped) this.#point(same ?? (this.inHaste ? this.asTyped : (items[0] ?? this.asTyped)));
    this.#count();
  }

  // One that the page has already, under another form of the name.
  #known({ data }) {
    const item = this.list.querySelector(`[data-entity="${data.entity}"]`);
    if (item) item.hidden = false;
    return item;
  }

  #added(option) {
    const item = optionOf(option, "found");
    this.list.insertBefore(item, this.asTyped);
    return item;
  }

  #point(item) {
    for (const other of this.list.children) other.setAttribute("aria-selected", String(other === item));
    if (item) this.filter.setAttribute("aria-activedescendant", (item.id ||= `choice-${(number += 1)}`));
    else this.filter.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  #count() {
    const { length } = this.#shown.filter((one) => one !== this.asTyped);
    if (this.line) this.line.textContent = this.typed ? `${this.line.dataset.line} ${length}` : "";
  }

  #pressed(event) {
    if (event.isComposing) return;
    const { code, shiftKey } = event;
    if (code === "Enter") this.#take();
    else if (code === "ArrowDown") this.#go(this.#shown, 1, { round: true });
    else if (code === "ArrowUp") this.#go(this.#shown, -1, { round: true });
    else if (code !== "Tab" || !this.#go(this.#tabbed, shiftKey ? -1 : 1)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  // Tab goes through the proposals, once something is typed through all that fits.
  get #tabbed() {
    return this.#shown.filter(({ dataset }) => this.typed || "proposed" in dataset);
  }

  // Who presses Enter before the proposals are there means the first of them.
  async #take() {
    this.inHaste = true;
    await this.pending;
    if (this.#current === this.asTyped) await this.searching;
    this.inHaste = false;
    this.#current?.click();
  }

  // False where there is no further one: Tab then leaves the field, as everywhere.
  #go(items, step, { round = false } = {}) {
    const index = items.indexOf(this.#current);
    const next = items[index < 0 && step < 0 ? items.length - 1 : index + step] ?? (round ? items.at(step > 0 ? 0 : -1) : null);
    if (next) this.#point(next);
    return Boolean(next);
  }
}
