// The ledger beside the text: renewed after every change, its links and buttons acting without leaving the page.
//
// Markup: #ledger (data-url: its own address as a fragment) with the marks as JSON in #marks; entries li[data-mark=UUID]
// with a link to the place and buttons data-do="accept|reject|delete|edit|copy"; #marking-status, whose data-* attributes
// hold the lines to say.

import { call, markPath } from "./api.js";
import { copy } from "./copying.js";

export class Ledger {
  constructor({ jump, edit, save }) {
    this.jump = jump;
    this.edit = edit;
    this.save = save;
    this.container = document.querySelector("#marking");
    this.status = document.querySelector("#marking-status");
    this.container.addEventListener("click", (event) => this.#clicked(event));
    this.marks = this.#read();
  }

  get section() {
    return this.container.querySelector("#ledger");
  }

  mark(uuid) {
    return this.marks.find((mark) => mark.uuid === uuid);
  }

  // A line for everyone, read aloud too: one of the data-* attributes, or a text.
  say(name, { problem = false } = {}) {
    this.status.textContent = this.status.dataset[name] ?? name;
    this.status.classList.toggle("is-problem", problem);
    this.status.classList.add("is-new");
    clearTimeout(this.fading);
    if (!problem) this.fading = setTimeout(() => this.status.classList.remove("is-new"), 4000);
  }

  // The ledger and the marks as the server has them now.
  async renew() {
    const response = await fetch(this.section.dataset.url, { credentials: "same-origin" }).catch(() => null);
    if (!response?.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("#ledger");
    const place = this.#focusedPlace();
    this.section.replaceWith(fresh);
    this.marks = this.#read();
    this.#refocus(place);
  }

  // Shows which entry belongs to the mark at hand.
  point(uuid) {
    for (const entry of this.section.querySelectorAll(".entry.is-chosen")) entry.classList.remove("is-chosen");
    if (uuid) this.#entry(uuid)?.classList.add("is-chosen");
  }

  #read() {
    return JSON.parse(this.section.querySelector("#marks").textContent).marks;
  }

  #entry(uuid) {
    return this.section.querySelector(`.entry[data-mark="${uuid}"]`);
  }

  #clicked(event) {
    const entry = event.target.closest(".entry");
    const link = event.target.closest("a.entry-words");
    const button = event.target.closest("button[data-do]");
    if (!entry || !(link || button) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { mark: uuid } = entry.dataset;
    if (link) this.jump(uuid);
    else if (button.dataset.do === "copy") this.#copy(button);
    else if (button.dataset.do === "edit") this.edit(uuid);
    else this.#decide(button.dataset.do, uuid);
  }

  #decide(action, uuid) {
    const request = action === "delete" ? () => call("DELETE", markPath(uuid)) : () => call("POST", markPath(uuid, action));
    this.save({ accept: "accepted", reject: "rejected", delete: "deleted" }[action], request);
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
    const entry = document.activeElement?.closest("#ledger .entry");
    if (!entry) return document.activeElement?.closest("#ledger") ? { uuid: null, index: 0 } : null;
    return { uuid: entry.dataset.mark, index: [...this.section.querySelectorAll(".entry")].indexOf(entry) };
  }

  #refocus(place) {
    if (!place) return;
    const entries = [...this.section.querySelectorAll(".entry")];
    const entry = entries.find((one) => one.dataset.mark === place.uuid) ?? entries[Math.min(place.index, entries.length - 1)];
    (entry?.querySelector("button, a") ?? this.section).focus({ preventScroll: Boolean(entry) });
  }
}
