// Going from mark to mark and deciding: J and K through what waits for a decision (where nothing waits, through all
// marks), with Shift through all marks; after a decision the next one is at hand, after the last the way leads on to the
// next article of the queue, by N. Ctrl+Z takes back, with Shift does again; Shift+A decides many.
//
// Markup: a.ledger-next leads on; buttons [data-do="undo|redo|step-on"] in #marking.

import { isNoPlace, meaning } from "./keys.js";
import { undecided } from "./marks.js";

export class Stepping {
  constructor({ text, ledger, editing, workbench, decideMany }) {
    Object.assign(this, { text, ledger, editing, workbench, decideMany });
    document.addEventListener("keydown", (event) => this.#pressed(event));
    ledger.container.addEventListener("click", (event) => this.#clicked(event));
  }

  accept(mark) {
    return this.#decide(mark, "accepted", this.editing.accept(mark));
  }

  reject(mark) {
    return this.#decide(mark, "rejected", this.editing.reject(mark));
  }

  async #decide(mark, done, edit) {
    const wasSuggested = mark.status === "suggested";
    const outcome = await edit;
    const { chosen, words } = this.workbench;
    if (!outcome || words || (chosen && chosen.uuid !== mark.uuid)) return; // The person is at something else by now.
    const rest = undecided(this.ledger.marks).filter(({ uuid }) => uuid !== mark.uuid);
    const next = rest.find((one) => one.parts[0].start >= mark.parts[0].start) ?? rest[0];
    if (wasSuggested && next) this.workbench.edit(next);
    else this.workbench.close();
    if (wasSuggested && !next && this.#onward) this.ledger.say(`${this.ledger.line(done)} ${this.ledger.line("all-decided")}`);
  }

  get #onward() {
    return this.ledger.section.querySelector("a.ledger-next");
  }

  #pressed(event) {
    const { target } = event;
    const near = isNoPlace(target) || this.text.root.contains(target) || target.closest("#palette, #ledger");
    if (!near || event.defaultPrevented || target.matches("input, textarea, select")) return;
    const acts = isUndo(event)
      ? { KeyZ: () => (event.shiftKey ? this.editing.redo() : this.editing.undo()), KeyY: () => this.editing.redo() }
      : this.#actsFor(event.shiftKey);
    const usual = isUndo(event) ? event.code : meaning(event, { shift: event.shiftKey });
    if (!acts[usual]) return;
    event.preventDefault();
    acts[usual]();
  }

  #actsFor(shift) {
    const all = this.ledger.marks;
    if (shift) return { KeyJ: () => this.#step(1, all), KeyK: () => this.#step(-1, all), KeyA: this.decideMany };
    const onward = () => this.workbench.words || this.#onward?.click();
    return { KeyJ: () => this.step(1), KeyK: () => this.step(-1), KeyN: onward };
  }

  // To the next suggestion, or back; to any mark where none waits.
  step(step) {
    const waiting = undecided(this.ledger.marks);
    this.#step(step, waiting.length ? waiting : this.ledger.marks);
  }

  #step(step, row) {
    const { chosen } = this.workbench;
    const index = row.findIndex(({ uuid }) => uuid === chosen?.uuid);
    const place = chosen?.parts[0].start;
    const beside = step > 0 ? row.find((one) => one.parts[0].start > place) : row.findLast((one) => one.parts[0].start < place);
    const next = index >= 0 ? row[index + step] : chosen ? beside : row.at(step > 0 ? 0 : -1);
    if (next) this.workbench.edit(next);
  }

  #clicked(event) {
    const button = event.target.closest("[data-do=undo], [data-do=redo], .marking-tools [data-do=step-on]");
    if (button?.dataset.do === "step-on") this.step(1);
    else if (button) this.editing[button.dataset.do]();
  }
}

// Ctrl+Z is no single key, so that it works while those are off.
function isUndo({ code, ctrlKey, metaKey, altKey }) {
  return (ctrlKey || metaKey) && !altKey && ["KeyZ", "KeyY"].includes(code);
}
