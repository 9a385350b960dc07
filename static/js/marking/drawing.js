// Draws marks over the text with the CSS Custom Highlight API: no element is added, so letters stay joined and marks
// may overlap. The colours are in css/marks.css under ::highlight(NAME).
//
// Markup: class "highlights" on <html> says that this draws, and the server's spans lose their own colours. In a browser
// without the API they keep them.

const NAMES = [
  "claim-suggested", "claim", "quote-suggested", "quote", "cue", "speaker-suggested", "speaker", "doubtful", "waiting",
  "chosen", "flash",
];
const WAITING = "waiting";
const FLASHES = 3;
const FLASH_TIME = 220; // milliseconds on, and as long off

export class Drawing {
  constructor(text) {
    this.text = text;
    this.works = typeof Highlight === "function" && "highlights" in CSS;
    this.painted = new Map(); // by uuid: what was drawn for the mark, and how it looked then
    if (!this.works) return;
    this.layers = new Map(NAMES.map((name, priority) => [name, layer(name, priority)]));
    document.documentElement.classList.add("highlights");
  }

  // These marks and no others; what has not changed since stays as it is. Marks that only wait to be saved stay too.
  draw(marks) {
    const wanted = new Map(marks.map((mark) => [mark.uuid, mark]));
    for (const [uuid, { look }] of [...this.painted]) {
      const mark = wanted.get(uuid);
      if (look !== WAITING && (!mark || lookOf(mark) !== look)) this.remove(uuid);
    }
    for (const mark of marks) this.add(mark);
  }

  // `status` is also "waiting", for what the server does not have yet.
  add(mark) {
    if (!this.works || this.painted.has(mark.uuid)) return;
    const state = mark.status === "suggested" ? "-suggested" : "";
    const ranges = mark.parts.flatMap((part) => {
      const isCue = part.role === "cue";
      const names = [isCue ? "cue" : mark.kind + state];
      if (mark.status === WAITING) names.push(WAITING);
      if (mark.standing === "doubtful" && !isCue) names.push("doubtful");
      return names.flatMap((name) => this.#paint(name, part));
    });
    this.painted.set(mark.uuid, { look: lookOf(mark), ranges });
  }

  remove(uuid) {
    for (const [name, range] of this.painted.get(uuid)?.ranges ?? []) this.layers.get(name).delete(range);
    this.painted.delete(uuid);
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
    const ranges = this.text.rangesOf(start, end);
    for (const range of ranges) this.layers.get(name).add(range);
    return ranges.map((range) => [name, range]);
  }
}

function lookOf({ kind, status, standing, parts }) {
  if (status === WAITING) return WAITING;
  return JSON.stringify([status, standing, kind, parts.map(({ role, start, end }) => [role, start, end])]);
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
