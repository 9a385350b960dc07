// Deciding many suggestions at once, by how sure the detector was of them. How many that is stands there before.
//
// Markup: dialog#decide-many with a form: radio buttons "decision" (accept, reject), select "kind" ("" for all), number
// input "confidence" (per cent, the least); [data-count] shows how many, the submit button is off when there are none.
// Opened by buttons [data-do=decide-many] in #marking, and by Shift+A (stepping.js).

import { undecided } from "./marks.js";

export class DecidingMany {
  constructor({ ledger, editing }) {
    Object.assign(this, { ledger, editing });
    this.dialog = document.querySelector("#decide-many");
    this.form = this.dialog.querySelector("form");
    this.form.addEventListener("input", () => this.#count());
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.dialog.querySelector("[data-close]").addEventListener("click", () => this.dialog.close());
    ledger.container.addEventListener("click", (event) => event.target.closest("[data-do=decide-many]") && this.open());
  }

  open() {
    this.#count();
    this.dialog.showModal();
    this.form.elements.confidence.focus();
  }

  // The marks that were counted are those that are decided, whatever comes in the meantime.
  #count() {
    const { kind, confidence, decision } = this.form.elements;
    const least = Number(confidence.value) / 100;
    const rejecting = decision.value === "reject";
    const fits = ({ origin }) => (rejecting ? origin.confidence <= least : origin.confidence >= least);
    this.marks = undecided(this.ledger.marks).filter((mark) => (!kind.value || mark.kind === kind.value) && fits(mark));
    this.dialog.querySelector("[data-count]").textContent = this.marks.length;
    this.dialog.querySelector("[data-least]").hidden = rejecting;
    this.dialog.querySelector("[data-most]").hidden = !rejecting;
    this.form.querySelector("[type=submit]").disabled = !this.marks.length;
  }

  async #submit(event) {
    event.preventDefault();
    const uuids = this.marks.map(({ uuid }) => uuid);
    this.dialog.close();
    const answer = await this.editing.many("decided", "decide", { decision: this.form.elements.decision.value, uuids });
    if (!answer?.marks) return;
    const refused = answer.refused.map(({ detail }) => detail);
    const line = `${this.ledger.line("decided")} ${answer.done}`;
    this.ledger.say([line, ...new Set(refused)].join(" — "), { problem: refused.length > 0 });
  }
}
