// What is said about a mark, opened in its entry of the ledger: tags, note, how a quote was said (circumstances.js),
// comments (comments.js) and history.
//
// Markup: template#mark-details-template with a section#mark-details: form[data-tags] with ul[data-tag-list],
// template[data-tag] (a [data-tag-name], a button [data-untag]) and an input with the datalist #tags-known;
// form[data-note] with a textarea; form[data-circumstances]; [data-comments]; details[data-history]. Entries have a
// link [data-do=details] to the history as a page, which works without scripts.

import { call, fragment } from "./api.js";
import { Circumstances } from "./circumstances.js";
import { Comments } from "./comments.js";
import { Note } from "./notes.js";

const TYPED = 200; // milliseconds without typing until tags are asked for

export class Details {
  constructor({ ledger, editing }) {
    Object.assign(this, { ledger, editing, mark: null });
    const { content } = document.querySelector("#mark-details-template");
    this.section = document.importNode(content.querySelector("#mark-details"), true);
    this.tags = this.section.querySelector("[data-tags]");
    this.note = new Note(this.section.querySelector("[data-note]"), { ledger, editing });
    this.history = this.section.querySelector("[data-history]");
    const circumstances = this.section.querySelector("[data-circumstances]");
    this.circumstances = new Circumstances(circumstances, (fields) => this.editing.change(this.mark, fields));
    this.comments = new Comments(this.section.querySelector("[data-comments]"), ledger, editing);
    this.tags.addEventListener("submit", (event) => this.#tag(event));
    this.tags.addEventListener("click", (event) => this.#untag(event.target.closest("[data-untag]")));
    this.tags.elements.tag.addEventListener("input", () => this.#typed());
    this.history.addEventListener("toggle", () => this.history.open && this.#showHistory());
    this.section.addEventListener("keydown", (event) => event.code === "Escape" && this.#escape(event));
  }

  // Opens, or closes when it is that mark's already.
  toggle(mark) {
    if (this.mark?.uuid === mark.uuid && this.section.isConnected) return this.close();
    const isOther = this.mark?.uuid !== mark.uuid;
    this.mark = mark;
    this.ledger.entry(mark.uuid)?.append(this.section);
    this.#mark(true);
    if (isOther) this.history.open = false;
    this.#fill({ all: isOther });
    this.comments.show(mark);
    this.tags.elements.tag.focus();
    this.section.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.#mark(false);
    this.section.remove();
    this.ledger.entry(this.mark.uuid)?.querySelector("[data-do=details]")?.focus();
    this.mark = null;
  }

  // Moves along when the ledger is renewed: what is being typed stays.
  renewing(fresh) {
    const entry = this.mark && this.section.isConnected && fresh.querySelector(`.entry[data-mark="${this.mark.uuid}"]`);
    if (!entry) return;
    const focused = document.activeElement;
    const within = this.section.contains(focused) ? focused : null;
    const selection = within?.matches("textarea") ? [within.selectionStart, within.selectionEnd] : null;
    this.refocus = () => {
      within?.focus({ preventScroll: true });
      if (selection) within.setSelectionRange(...selection);
    };
    entry.append(this.section);
  }

  renewed() {
    if (!this.mark || !this.section.isConnected) return;
    this.mark = this.ledger.mark(this.mark.uuid) ?? this.mark;
    this.#mark(true);
    this.#fill({ all: false });
    this.refocus?.();
    this.refocus = null;
  }

  #mark(open) {
    this.ledger.entry(this.mark.uuid)?.querySelector("[data-do=details]")?.setAttribute("aria-expanded", String(open));
  }

  #fill({ all }) {
    const { mark } = this;
    const row = this.tags.querySelector("template");
    const items = mark.tags.map((name) => {
      const item = row.content.cloneNode(true);
      item.querySelector("[data-tag-name]").textContent = name;
      item.querySelector("[data-untag]").dataset.untag = name;
      return item;
    });
    this.tags.querySelector("[data-tag-list]").replaceChildren(...items);
    if (all) this.note.show(mark);
    this.circumstances.fill(mark, { all });
    for (const control of [...this.tags.elements, ...this.note.form.elements]) control.disabled = !mark.may.change;
  }

  #tag(event) {
    event.preventDefault();
    const field = this.tags.elements.tag;
    const name = field.value.trim();
    field.value = "";
    if (name && !this.mark.tags.includes(name)) this.#setTags([...this.mark.tags, name]);
  }

  #untag(button) {
    if (!button) return;
    this.#setTags(this.mark.tags.filter((name) => name !== button.dataset.untag));
    this.tags.elements.tag.focus();
  }

  async #setTags(tags) {
    const answer = await this.editing.tag(this.mark, tags);
    if (answer?.tags) Object.assign(this, { mark: answer });
    this.#fill({ all: false });
  }

  #typed() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(async () => {
      const asked = encodeURIComponent(this.tags.elements.tag.value.trim());
      const { tags } = await call("GET", `/api/tags/?q=${asked}`).catch(() => ({ tags: [] }));
      const options = tags.map(({ name, description }) => new Option(description, name));
      this.section.querySelector("datalist").replaceChildren(...options);
    }, TYPED);
  }

  async #showHistory() {
    const place = this.history.querySelector("[data-changes]");
    const found = await fragment(`/marks/${this.mark.uuid}/history/`, ".mark-history");
    if (found) place.replaceChildren(found);
  }

  #escape(event) {
    event.stopPropagation();
    this.close();
  }
}
