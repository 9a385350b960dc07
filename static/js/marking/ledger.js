// The ledger beside the text: renewed after every change, its links and buttons acting without leaving the page.
//
// Markup: #ledger (data-url: its own address as a fragment) with the marks as JSON in #marks; entries li[data-mark=UUID]
// with a link to the place and buttons data-do="accept|reject|delete|edit|details|copy"; #marking-status, whose data-*
// attributes hold the lines to say.

import { fragment } from "./api.js";
import { copy } from "./copying.js";

export class Ledger {
  // `acts`: what else there is to do, by name: jump(uuid) and, for those who may mark, the names of the buttons.
  constructor(acts) {
    this.acts = acts;
    this.container = document.querySelector("#marking");
    this.status = document.querySelector("#marking-status");
    this.container.addEventListener("click", (event) => this.#clicked(event));
    this.settled = Promise.resolve();
    this.marks = this.#read();
  }

  get section() {
    return this.container.querySelector("#ledger");
  }

  mark(uuid) {
    return this.marks.find((mark) => mark.uuid === uuid);
  }

  // A line for everyone, read aloud too: one of the data-* attributes, or a text. `act` and `words` say about what, `undo`
  // that it can be taken back: the line has a button for that, and stays a little longer.
  say(name, { problem = false, act = null, words = "", undo = false } = {}) {
    const about = act ? ` ${this.line(`act-${act}`)} ${quoted(words)}`.trimEnd() : "";
    this.status.textContent = this.line(name) + about;
    this.status.classList.toggle("is-problem", problem);
    this.status.classList.toggle("is-undoable", undo);
    this.status.classList.add("is-new");
    clearTimeout(this.fading);
    if (!problem) this.fading = setTimeout(() => this.status.classList.remove("is-new"), undo ? 6000 : 4000);
  }

  line(name) {
    const key = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    return this.status.dataset[key] ?? name;
  }

  // The marks as an answer of the server says they are; the entries follow with `renew`.
  learn({ marks, gone = [] }) {
    const fresh = new Map(marks.map((mark) => [mark.uuid, mark]));
    const others = this.marks.filter(({ uuid }) => !fresh.has(uuid) && !gone.includes(uuid));
    const shown = [...fresh.values()].filter((mark) => mark.status !== "rejected");
    this.marks = [...others, ...shown].sort((one, other) => startOf(one) - startOf(other));
  }

  // The ledger and the marks as the server has them now; asked for again meanwhile, it is done once more after that.
  renew() {
    this.isStale = true;
    this.renewing ??= this.#renewAll().finally(() => (this.renewing = null));
    this.settled = this.renewing;
    return this.renewing;
  }

  // Shows which entry belongs to the mark at hand.
  point(uuid) {
    for (const entry of this.section.querySelectorAll(".entry.is-chosen")) entry.classList.remove("is-chosen");
    if (uuid) this.entry(uuid)?.classList.add("is-chosen");
  }

  // Where the ledger scrolls beside the text, it follows what is chosen there.
  follow(uuid) {
    const beside = this.container.closest(".beside");
    const entry = this.entry(uuid);
    if (!entry || beside.scrollHeight <= beside.clientHeight) return;
    const [one, around] = [entry.getBoundingClientRect(), beside.getBoundingClientRect()];
    if (one.top >= around.top && one.bottom <= around.bottom) return;
    beside.scrollBy({ top: one.top - around.top - around.height / 4, behavior: "instant" });
  }

  entry(uuid) {
    return this.section.querySelector(`.entry[data-mark="${uuid}"]`);
  }

  async #renewAll() {
    while (this.isStale) {
      this.isStale = false;
      const fresh = await fragment(this.section.dataset.url, "#ledger");
      if (!fresh || this.isStale) continue;
      const place = this.#focusedPlace();
      const chosen = this.section.querySelector(".entry.is-chosen")?.dataset.mark;
      this.acts.renewing?.(fresh);
      this.section.replaceWith(fresh);
      this.marks = this.#read();
      this.point(chosen);
      this.#refocus(place);
      this.acts.renewed?.();
    }
  }

  #read() {
    return JSON.parse(this.section.querySelector("#marks").textContent).marks;
  }

  #clicked(event) {
    const entry = event.target.closest(".entry");
    const link = event.target.closest("a.entry-words");
    const button = event.target.closest("[data-do]");
    if (!entry || !(link || button) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!link && button.dataset.do !== "copy" && !this.acts[button.dataset.do]) return;
    event.preventDefault();
    const { mark: uuid } = entry.dataset;
    if (link) this.acts.jump(uuid);
    else if (button.dataset.do === "copy") this.#copy(button);
    else this.acts[button.dataset.do](uuid);
  }

  async #copy(button) {
    const page = button.dataset.page ? `${button.dataset.comma}${new URL(button.dataset.page, location.href)}` : "";
    const citation = button.dataset.citation + page;
    if (await copy(citation)) this.say("copied");
    else this.say(`${this.status.dataset.notCopied} ${citation}`, { problem: true });
    button.focus();
  }

  // After a decision the entry at hand may be gone or elsewhere: the focus goes to the same mark, else to the same place.
  #focusedPlace() {
    const inside = document.activeElement?.closest("#ledger");
    const entry = document.activeElement?.closest("#ledger .entry");
    if (!entry) return inside ? { uuid: null, index: 0 } : null;
    if (document.activeElement.closest("#mark-details")) return null; // Moved along with what it stands in.
    return { uuid: entry.dataset.mark, index: [...this.section.querySelectorAll(".entry")].indexOf(entry) };
  }

  #refocus(place) {
    if (!place) return;
    const entries = [...this.section.querySelectorAll(".entry")];
    const entry = entries.find((one) => one.dataset.mark === place.uuid) ?? entries[Math.min(place.index, entries.length - 1)];
    (entry?.querySelector("button, a") ?? this.section).focus({ preventScroll: Boolean(entry) });
  }
}

function startOf(mark) {
  return mark.parts.find((part) => part.role === "content").start;
}

// In quotation marks, unless they have their own.
function quoted(words) {
  const letters = Array.from(words);
  const shown = letters.length > 60 ? `${letters.slice(0, 60).join("")}…` : words;
  return !words || /^[«"“]/u.test(words) ? shown : `«${shown}»`;
}
