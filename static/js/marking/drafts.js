// What a person has typed and not sent yet, kept in the browser with every letter: it outlives a closed tab and is put
// back when the field is shown again.
//
// Markup: a field, and beside it a line [data-kept] with a button [data-discard], which is shown where something was put
// back.

import { keep, kept } from "./keeping.js";

export class Draft {
  // `about()` gives what else belongs to the text, to be had from `open` again; `discarded()` is told when it was given up.
  constructor(field, line, { owner, about = () => ({}), discarded }) {
    Object.assign(this, { field, line, owner, about, key: null });
    field.addEventListener("input", () => this.keep());
    line.querySelector("[data-discard]").addEventListener("click", () => {
      this.done(this.saved);
      discarded?.();
      field.focus();
    });
  }

  // The field is about this from now on, for which the server has `saved`. Answers {text, saved, …} where more was kept.
  open(name, saved = "") {
    Object.assign(this, { key: `newsdesk.draft.${this.owner}.${name}`, saved });
    const before = kept(this.key);
    this.field.value = before?.text ?? saved;
    this.line.hidden = !before;
    return before;
  }

  keep() {
    const text = this.field.value;
    keep(this.key, text.trim() === this.saved.trim() ? null : { ...this.about(), text, saved: this.saved });
  }

  // The text is in safe hands, or not wanted any more; the field has what there is now.
  done(saved = "") {
    this.saved = saved;
    this.field.value = saved;
    this.line.hidden = true;
    keep(this.key, null);
  }

  // What could not be sent after all stands in the field again, unless something else was begun there.
  putBack(text) {
    if (this.field.value.trim()) return;
    this.field.value = text;
    this.keep();
  }
}
