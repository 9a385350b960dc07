// Marking all places where a speaker is named: a list to look at first, one confirmation, one undo.
//
// Markup: dialog#mentions with [data-name], ul[data-places], a template[data-place] of one row (a checkbox, [data-before],
// [data-words], [data-after], [data-unsure], [data-marked]), and a form around them.

import { articlePath, call } from "./api.js";

const AROUND = 40; // code points shown on either side

export class Mentions {
  constructor({ text, ledger, editing }) {
    Object.assign(this, { text, ledger, editing });
    this.dialog = document.querySelector("#mentions");
    this.list = this.dialog.querySelector("[data-places]");
    this.row = this.dialog.querySelector("[data-place]");
    this.dialog.querySelector("form").addEventListener("submit", (event) => this.#submit(event));
    this.dialog.querySelector("[data-close]").addEventListener("click", () => this.dialog.close());
    this.list.addEventListener("change", () => this.#count());
  }

  async open(speaker) {
    const { article, revision } = this.editing;
    const body = { speaker: speaker.uuid, revision };
    try {
      const { name, places } = await call("POST", articlePath(article, "mentions-of"), body);
      this.places = places;
      this.dialog.querySelector("[data-name]").textContent = name;
      this.list.replaceChildren(...places.map((place) => this.#rowOf(place)));
      this.#count();
      this.dialog.showModal();
    } catch (error) {
      this.ledger.say(error.message, { problem: true });
    }
  }

  #rowOf({ start, end, sure, marked }) {
    const row = this.row.content.cloneNode(true);
    const say = (name, from, to) => (row.querySelector(`[data-${name}]`).textContent = this.text.slice(from, to));
    say("before", Math.max(0, start - AROUND), start);
    say("words", start, end);
    say("after", end, Math.min(this.text.end, end + AROUND));
    const box = row.querySelector("input");
    Object.assign(box, { checked: sure && !marked, disabled: Boolean(marked) });
    row.querySelector("[data-unsure]").hidden = sure || Boolean(marked);
    row.querySelector("[data-marked]").hidden = !marked;
    return row;
  }

  get #chosen() {
    const boxes = [...this.list.querySelectorAll("input")];
    return this.places.filter((_, index) => boxes[index].checked && !boxes[index].disabled);
  }

  #count() {
    const { length } = this.#chosen;
    this.dialog.querySelector("[data-count]").textContent = length;
    this.dialog.querySelector("[type=submit]").disabled = !length;
  }

  async #submit(event) {
    event.preventDefault();
    const parts = this.#chosen.map(({ start, end, exact }) => ({ start, end, exact }));
    this.dialog.close();
    const answer = await this.editing.many("mentioned", "mentions-of/marks", { parts });
    if (answer?.marks) this.ledger.say(`${this.ledger.line("mentioned")} ${answer.done}`);
  }
}
