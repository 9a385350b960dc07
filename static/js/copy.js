// <copy-text>: puts what stands in its field on the clipboard.
//
// Markup: a text field and a hidden button; the button's data-copied is what it says for a moment afterwards.
// Without this module the field is copied by hand.

import { copy } from "./marking/copying.js";

const MOMENT = 2000;

class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => this.copy(button));
  }

  async copy(button) {
    const label = button.textContent;
    if (label === button.dataset.copied || !(await copy(this.querySelector("input").value))) return;
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = label), MOMENT);
  }
}

customElements.define("copy-text", CopyText);
