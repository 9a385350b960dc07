// How a quote was said, corrected in its details: stance, channel, occasion, day, whether it is translated. Only what
// the person changed is sent.
//
// Markup: form[data-circumstances] with a control for each of NAMES, and [data-said-when] around a bdi for the text's
// own words for the day.

const NAMES = ["stance", "channel", "occasion", "said_on", "translated"];

export class Circumstances {
  // `changed(fields)` is told what to store, by the names that the API takes.
  constructor(form, changed) {
    Object.assign(this, { form, changed, known: {} });
    this.saidWhen = form.querySelector("[data-said-when]");
    form.addEventListener("submit", (event) => this.#keep(event));
  }

  // What is being changed stays, unless it is another mark (`all`).
  fill(mark, { all }) {
    const { form } = this;
    form.hidden = !mark.circumstances;
    for (const control of form.elements) control.disabled = !mark.circumstances || !mark.may.change;
    if (form.hidden) return;
    const stored = { ...mark.circumstances, stance: mark.stance };
    for (const name of NAMES) {
      if (all || this.#value(name) === this.known[name]) this.#write(name, stored[name]);
      this.known[name] = this.#stored(stored[name]);
    }
    this.saidWhen.hidden = !stored.said_when;
    this.saidWhen.querySelector("bdi").textContent = stored.said_when;
  }

  #keep(event) {
    event.preventDefault();
    const names = NAMES.filter((name) => this.#value(name) !== this.known[name]);
    if (names.length) this.changed(Object.fromEntries(names.map((name) => [name, this.#value(name)])));
  }

  #value(name) {
    const control = this.form.elements[name];
    return control.type === "checkbox" ? control.checked : control.value.trim();
  }

  #write(name, value) {
    const control = this.form.elements[name];
    if (control.type === "checkbox") control.checked = value;
    else control.value = this.#stored(value);
  }

  // A day that is not known is an empty line in its control, and clears it in the API.
  #stored(value) {
    return value ?? "";
  }
}
