// A field that typing narrows a list with: who said a quote, or which quote a claim stands in.
//
// Markup: a section with input[data-filter] (role combobox) and ul[data-list] (role listbox) of li role="option" with
// data-do. Those marked data-proposed are gone through with Tab, all that are shown with the arrows; Enter takes the one
// at hand (aria-selected). li[data-typed-choice] takes what is typed as it is, shown in [data-typed].

let number = 0;

export class Choices {
  constructor(section) {
    this.section = section;
    this.filter = section.querySelector("[data-filter]");
    this.list = section.querySelector("[data-list]");
    this.asTyped = section.querySelector("[data-typed-choice]");
    this.filter.addEventListener("input", () => this.#narrow());
    this.filter.addEventListener("keydown", (event) => this.#pressed(event));
    this.pending = null;
  }

  get typed() {
    return this.filter.value.trim();
  }

  // These first, then those that the page came with. `wanted` promises proposals, which go before all.
  prepare(options, wanted = null) {
    for (const old of this.list.querySelectorAll("[data-made]")) old.remove();
    this.list.prepend(...options.map((option) => made(option)));
    this.filter.value = "";
    this.#narrow();
    this.pending = wanted?.then((proposed) => {
      this.list.prepend(...proposed.map((option) => made(option, { proposed: true })));
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
  }

  #point(item) {
    for (const other of this.list.children) other.setAttribute("aria-selected", String(other === item));
    if (item) this.filter.setAttribute("aria-activedescendant", (item.id ||= `choice-${(number += 1)}`));
    else this.filter.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  #pressed(event) {
    if (event.isComposing) return;
    const { code, shiftKey } = event;
    if (code === "Enter") this.#take();
    else if (code === "ArrowDown") this.#go(this.#shown, 1, { round: true });
    else if (code === "ArrowUp") this.#go(this.#shown, -1, { round: true });
    else if (code !== "Tab" || !this.#go(this.#shown.filter(({ dataset }) => "proposed" in dataset), shiftKey ? -1 : 1)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  // Who presses Enter before the proposals are there means the first of them.
  async #take() {
    await this.pending;
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

// {do, words, note, data}: what it does, what it says, why it is there, and its further data-* values.
function made({ do: act, words, note = "", data = {} }, { proposed = false } = {}) {
  const item = document.createElement("li");
  Object.assign(item.dataset, data, { do: act, made: "" }, proposed ? { proposed: "" } : {});
  item.role = "option";
  const name = document.createElement("bdi");
  name.textContent = words;
  item.append(name);
  if (note) {
    const why = document.createElement("small");
    why.textContent = note;
    item.append(" ", why);
  }
  return item;
}

// For comparing only: without vowel signs and tatweel, with the letters that are often written for each other as one.
function folded(text) {
  return text
    .normalize("NFKC")
    .replace(/[\u0640\u064b-\u0652\u0670]/g, "")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه")
    .toLowerCase()
    .trim();
}
