// Draws marks over the text with the CSS Custom Highlight API: no element is added, so letters stay joined and marks
// may overlap. The colours are in css/marks.css under ::highlight(NAME).
//
// Markup: class "highlights" on <html> says that this draws, and the server's spans lose their own colours. In a browser
// without the API they keep them.

const NAMES = ["claim-suggested", "claim", "quote-suggested", "quote", "cue", "speaker-suggested", "speaker", "doubtful", "chosen", "flash"];
const FLASHES = 3;
const FLASH_TIME = 220; // milliseconds on, and as long off

export class Drawing {
  constructor(text) {
    this.text = text;
    this.works = typeof Highlight === "function" && "highlights" in CSS;
    if (!this.works) return;
    this.layers = new Map(NAMES.map((name, priority) => [name, layer(name, priority)]));
    document.documentElement.classList.add("highlights");
  }

  // All marks anew.
  draw(marks) {
    if (!this.works) return;
    for (const name of NAMES.slice(0, -2)) this.layers.get(name).clear();
    for (const mark of marks) this.add(mark);
  }

  add(mark) {
    if (!this.works) return;
    const state = mark.status === "suggested" ? "-suggested" : "";
    for (const part of mark.parts) {
      this.#paint(part.role === "cue" ? "cue" : mark.kind + state, part);
      if (mark.standing === "doubtful" && part.role !== "cue") this.#paint("doubtful", part);
    }
  }

  // The mark that a person is at work on; null for none.
  choose(mark) {
    this.#only("chosen", mark?.parts.filter((part) => part.role === "content") ?? []);
  }

  // Shows where a mark stands; once and steadily for those who asked for less motion.
  async flash(parts) {
    if (!this.works) return;
    const times = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : FLASHES;
    for (let time = 0; time < times; time += 1) {
      this.#only("flash", parts);
      await pause(times === 1 ? 4 * FLASH_TIME : FLASH_TIME);
      this.#only("flash", []);
      await pause(FLASH_TIME);
    }
  }

  #only(name, spans) {
    if (!this.works) return;
    this.layers.get(name).clear();
    for (const span of spans) this.#paint(name, span);
  }

  #paint(name, { start, end }) {
    for (const range of this.text.rangesOf(start, end)) this.layers.get(name).add(range);
  }
}

function layer(name, priority) {
  const highlight = new Highlight();
  highlight.priority = priority;
  CSS.highlights.set(name, highlight);
  return highlight;
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
