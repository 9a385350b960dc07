// Edits that did not go through: how many wait, and those that the server refused because somebody else was there before,
// one after the other with both states side by side, until the person has chosen.
//
// Markup: #saving-line with [data-waiting] around [data-number], [data-refused] likewise, buttons [data-retry] and
// [data-review]; dialog#conflict with [data-reason], dl[data-theirs] and dl[data-yours], template[data-fact], a note
// [data-gone], and buttons value="mine|theirs|again". Names of facts and values: the dialog's data-* attributes.

import { speakerName, wordsOf } from "./marks.js";

export class Conflicts {
  constructor({ ledger, editing }) {
    Object.assign(this, { ledger, editing });
    this.line = document.querySelector("#saving-line");
    this.dialog = document.querySelector("#conflict");
    this.line.querySelector("[data-retry]").addEventListener("click", () => editing.saving.retry());
    this.line.querySelector("[data-review]").addEventListener("click", () => this.review());
    this.dialog.addEventListener("click", (event) => this.#chosen(event.target.closest("button")?.value));
    addEventListener("storage", () => this.count());
    this.count();
  }

  // Says how many wait for the server and how many for the person.
  count() {
    const { waiting, refused } = this.editing.outbox;
    const unsent = this.editing.saving?.run && !this.editing.saving.failing ? [] : waiting;
    for (const [name, edits] of Object.entries({ waiting: unsent, refused })) {
      const part = this.line.querySelector(`[data-${name}]`);
      part.hidden = !edits.length;
      part.querySelector("[data-number]").textContent = edits.length;
    }
    this.line.hidden = !unsent.length && !refused.length;
  }

  review() {
    [this.edit] = this.editing.outbox.refused;
    this.count();
    if (!this.edit) return this.dialog.close();
    const { problem, was } = this.edit;
    const theirs = problem.theirs ?? null;
    this.dialog.querySelector("[data-reason]").textContent = problem.detail;
    this.dialog.querySelector("[data-gone]").hidden = problem.code !== "changed_meanwhile" || theirs !== null;
    this.#list("theirs", theirs ? this.#factsOf(theirs) : {});
    this.#list("yours", this.#wanted(this.edit));
    this.#offer("mine", theirs !== null);
    this.#offer("again", theirs === null && Boolean(was || this.edit.drawn));
    if (!this.dialog.open) this.dialog.showModal();
  }

  // "theirs": what is there stays. "mine": the edit once more, on what is there. "again": the mark is made anew.
  #chosen(choice) {
    const { edit, editing } = this;
    if (!choice) return;
    if (choice === "mine") editing.saving.sendAgain(edit, { ...edit.body, version: edit.problem.theirs.version });
    else editing.drop(edit);
    if (choice === "again") {
      const { kind, parts } = { ...(edit.drawn ?? edit.was), ...(edit.body.parts ? { parts: edit.body.parts } : {}) };
      editing.create(kind, parts);
    }
    this.review();
  }

  #factsOf(mark) {
    const { dataset } = this.dialog;
    return {
      words: wordsOf(mark),
      type: dataset[`type${capital(mark.quote_type)}`] ?? "",
      speaker: speakerName(mark),
      tags: (mark.tags ?? []).join(" · "),
      note: mark.note ?? "",
      status: dataset[mark.status] ?? "",
    };
  }

  // What the edit would have made of it, as far as it says so.
  #wanted({ act, body, words, method }) {
    const { dataset } = this.dialog;
    if (method === "DELETE" || !body) return { words, status: this.ledger.line(`act-${act}`) };
    const { parts, quote_type: type, note, tags, name, part } = body;
    return {
      words: parts ? wordsOf({ parts }) : words,
      type: type ? dataset[`type${capital(type)}`] : "",
      speaker: name ?? part?.exact ?? "",
      tags: tags?.join(" · ") ?? "",
      note: note ?? "",
      status: this.ledger.line(`act-${act}`),
    };
  }

  #list(name, facts) {
    const rows = Object.entries(facts).filter(([, value]) => value).map(([fact, value]) => {
      const row = this.dialog.querySelector("[data-fact]").content.cloneNode(true);
      row.querySelector("dt").textContent = this.dialog.dataset[`fact${capital(fact)}`];
      row.querySelector("dd").textContent = value;
      return row;
    });
    this.dialog.querySelector(`[data-${name}]`).replaceChildren(...rows);
  }

  #offer(value, offered) {
    this.dialog.querySelector(`button[value=${value}]`).hidden = !offered;
  }
}

function capital(name) {
  return name ? name[0].toUpperCase() + name.slice(1) : "";
}
