// Names of members, offered while one is begun after an @ in a field.
//
// Markup: a textarea, and a list that takes a button[data-member=USERNAME] for each.

import { call } from "./api.js";

const BEGUN = /(?:^|[^\w.+-])@([\w.@+-]*)$/u;

export class Naming {
  constructor(field, list) {
    Object.assign(this, { field, list });
    field.addEventListener("input", () => this.#offer());
    field.form.addEventListener("submit", () => list.replaceChildren());
    list.addEventListener("click", ({ target }) => this.#name(target.closest("[data-member]")?.dataset.member));
  }

  async #offer() {
    const [, begun] = this.field.value.slice(0, this.field.selectionStart).match(BEGUN) ?? [];
    const wanted = (this.begun = begun);
    const found = begun === undefined ? null : await call("GET", `/api/members/?q=${encodeURIComponent(begun)}`).catch(() => null);
    if (wanted !== this.begun) return;
    const buttons = (found?.members ?? []).map(({ username, name }) => {
      const item = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
      button.dataset.member = username;
      item.append(button);
      return item;
    });
    this.list.replaceChildren(...buttons);
  }

  #name(username) {
    if (!username) return;
    const { value, selectionStart } = this.field;
    const start = selectionStart - this.begun.length;
    this.field.focus();
    this.field.setRangeText(`${username} `, start, selectionStart, "end");
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.list.replaceChildren();
  }
}
