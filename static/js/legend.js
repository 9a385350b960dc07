// <entity-legend>: remembers which kinds of names the reader wants to see in every text.
//
// Markup: checkboxes named "show" inside the element, the kind as their value. Showing and hiding is CSS (article.css
// asks which boxes are checked), so the legend works without this; here the choice is only kept and restored.

const KEY = "newsdesk.kinds";

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

class EntityLegend extends HTMLElement {
  connectedCallback() {
    const kinds = kept();
    for (const box of this.boxes()) {
      if (typeof kinds[box.value] === "boolean") box.checked = kinds[box.value];
    }
    this.addEventListener("change", () => this.keep());
  }

  boxes() {
    return this.querySelectorAll('input[name="show"]');
  }

  keep() {
    const kinds = kept(); // A text without places says nothing about places: what is not shown here stays as it was.
    for (const box of this.boxes()) kinds[box.value] = box.checked;
    try {
      localStorage.setItem(KEY, JSON.stringify(kinds));
    } catch {
      // Storage may be switched off; the choice then holds for this page.
    }
  }
}

customElements.define("entity-legend", EntityLegend);
