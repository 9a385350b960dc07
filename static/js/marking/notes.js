// The note of a mark. What is written and not saved is kept (drafts.js) and goes before what is there; that others changed
// the note since is said.
//
// Markup: form[data-note] with a textarea, [data-kept], and [data-changed] around [data-theirs].

import { Draft } from "./drafts.js";

export class Note {
  constructor(form, { ledger, editing }) {
    Object.assign(this, { form, editing, mark: null, field: form.elements.note });
    const { owner } = ledger.container.dataset;
    this.draft = new Draft(this.field, form.querySelector("[data-kept]"), { owner, discarded: () => this.#warn(null) });
    form.addEventListener("submit", (event) => this.#save(event));
  }

  show(mark) {
    this.mark = mark;
    const unsent = this.editing.unsentAbout(mark).findLast(({ body }) => body?.note !== undefined);
    const before = this.draft.open(`note.${mark.uuid}`, unsent?.body.note ?? mark.note);
    this.#warn(before && before.saved !== this.draft.saved ? mark.note : null);
  }

  // It stays a draft until the outbox has it: a mark's edit may wait for the marks to be known anew before.
  async #save(event) {
    event.preventDefault();
    const { mark } = this;
    const note = this.field.value;
    const outcome = await this.editing.change(this.editing.ledger.mark(mark.uuid) ?? mark, { note }, "noted");
    if (!outcome || this.mark.uuid !== mark.uuid || this.field.value !== note) return;
    this.draft.done(note);
    this.#warn(null);
  }

  #warn(theirs) {
    const line = this.form.querySelector("[data-changed]");
    line.hidden = theirs === null;
    line.querySelector("[data-theirs]").textContent = theirs;
  }
}
