// <column-map>: rows of a field and its column, in place of the textarea "field=column" that is sent.
//
// Markup: a <textarea>, [data-plain] that explains it, a <template> with a row (a <select>, an <input>, [data-remove]) and a hidden [data-add].
// What the textarea holds already becomes rows; what it holds and no row can show is left to the textarea.

class ColumnMap extends HTMLElement {
  connectedCallback() {
    this.text = this.querySelector("textarea");
    this.template = this.querySelector("template");
    const lines = this.text.value.split("\n").filter((line) => line.trim());
    const fields = [...this.template.content.querySelectorAll("option")];
    const pairs = lines.map((line) => pairOf(line, fields));
    if (!pairs.every(Boolean)) return;
    for (const plain of [this.text, this.querySelector("[data-plain]")]) plain.hidden = true;
    this.button = this.querySelector("[data-add]");
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.add("", "").querySelector("select").focus());
    this.addEventListener("input", () => this.write());
    for (const [field, column] of pairs.length ? pairs : [["", ""]]) this.add(field, column);
  }

  add(field, column) {
    const row = this.template.content.firstElementChild.cloneNode(true);
    row.querySelector("select").value = field;
    row.querySelector("input").value = column;
    row.querySelector("[data-remove]").addEventListener("click", () => this.remove(row));
    this.button.before(row);
    return row;
  }

  remove(row) {
    row.remove();
    this.write();
    this.button.focus();
  }

  write() {
    const rows = [...this.querySelectorAll(".column-row")];
    const pairs = rows.map((row) => [row.querySelector("select").value, row.querySelector("input").value.trim()]);
    this.text.value = pairs.filter(([field, column]) => field && column).map((pair) => pair.join("=")).join("\n");
  }
}

function pairOf(line, fields) {
  const at = line.indexOf("=");
  const named = line.slice(0, at).trim();
  const field = fields.find((option) => option.value && [option.value, option.dataset.label].includes(named));
  return at > 0 && field ? [field.value, line.slice(at + 1).trim()] : null;
}

customElements.define("column-map", ColumnMap);
