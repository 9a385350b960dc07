// The help with the keys: opened by ?, whatever the layout, or by its button; says each key as it is printed on the
// reader's own keyboard; lets a person give an action another key, and switch single keys off.
//
// Markup: dialog#keys with button[data-remap=USUAL] (named by its row) around kbd[data-code=USUAL]; #single-keys; a button
// [data-keys-reset]; #keys-line for what happened, its lines in data-press, data-moved, data-taken. Buttons
// [data-do=keys] in #marking open it.

import { writeKeycaps } from "./keycaps.js";
import { forgetMoves, letters, move } from "./keys.js";

export class KeysHelp {
  constructor() {
    this.dialog = document.querySelector("#keys");
    this.line = this.dialog.querySelector("#keys-line");
    this.buttons = [...this.dialog.querySelectorAll("[data-remap]")];
    this.waiting = null;
    document.addEventListener("keydown", (event) => this.#asked(event));
    this.dialog.addEventListener("keydown", (event) => this.#pressed(event), { capture: true });
    this.dialog.addEventListener("click", (event) => this.#clicked(event));
    const box = this.dialog.querySelector("#single-keys");
    box.checked = !letters.areOff;
    box.addEventListener("change", () => (letters.areOff = !box.checked));
    writeKeycaps(document);
  }

  // The ledger's own keys, when it has come anew.
  write(root) {
    writeKeycaps(root);
  }

  open() {
    this.#await(null);
    this.dialog.showModal();
  }

  // Without letters it still opens: the sign is not a letter that a command is at risk of.
  #asked(event) {
    const isSign = event.key === "?" || event.key === "؟" || (event.code === "Slash" && event.shiftKey);
    if (!isSign || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (letters.areOff || event.target.matches("input, textarea, select") || this.dialog.open) return;
    event.preventDefault();
    this.open();
  }

  #clicked(event) {
    const button = event.target.closest("[data-remap], [data-keys-reset], [data-close]");
    if (!button) return;
    if (button.dataset.remap) return this.#await(button);
    if ("close" in button.dataset) return this.dialog.close();
    forgetMoves();
    this.#await(null);
    writeKeycaps(document);
  }

  #await(button) {
    this.waiting = button;
    for (const one of this.buttons) one.setAttribute("aria-pressed", String(one === button));
    this.line.textContent = button ? this.line.dataset.press : "";
  }

  // The key pressed next is the action's; Escape leaves it as it was.
  #pressed(event) {
    const { waiting } = this;
    if (!waiting || ["Tab", "ShiftLeft", "ShiftRight"].includes(event.code)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.code === "Escape") return this.#await(null);
    const moved = move(waiting.dataset.remap, event.code, this.buttons.map(({ dataset }) => dataset.remap));
    if (moved) this.#await(null);
    this.line.textContent = this.line.dataset[moved ? "moved" : "taken"];
    writeKeycaps(document);
  }
}
