// While a mark is at hand, light lines show what it is linked with: a quote or claim with its speaker's words, a claim with
// the quote that it stands in, a speaker with the quotes. None over a text that nobody works on, and none between marks of
// which one lies in the other: there it would only strike the words through.
//
// Markup: #article; an <svg class="links" aria-hidden> is put behind its text.

const SVG = "http://www.w3.org/2000/svg";

export class Lines {
  constructor(text, ledger) {
    Object.assign(this, { text, ledger, mark: null });
    this.canvas = document.createElementNS(SVG, "svg");
    this.canvas.setAttribute("class", "links");
    this.canvas.setAttribute("aria-hidden", "true");
    text.root.append(this.canvas);
    text.root.addEventListener("mark-chosen", ({ detail }) => this.draw(detail.mark));
    new ResizeObserver(() => this.mark && this.draw(this.mark)).observe(text.root);
  }

  draw(mark) {
    this.mark = mark;
    this.canvas.replaceChildren(...(mark ? this.#pairs(mark) : []).map(([from, to]) => this.#line(from, to)));
  }

  #pairs(mark) {
    const speakersOf = (one) => one.attributions.map(({ speaker }) => this.ledger.mark(speaker)).filter(Boolean);
    const pairs = speakersOf(mark).map((speaker) => [mark, speaker]);
    const quote = mark.quote && this.ledger.mark(mark.quote);
    if (quote) pairs.push([mark, quote], ...speakersOf(quote).map((speaker) => [quote, speaker]));
    const said = this.ledger.marks.filter((one) => one.uuid !== mark.uuid && speakersOf(one).includes(this.ledger.mark(mark.uuid)));
    const claims = this.ledger.marks.filter((one) => one.quote === mark.uuid);
    return [...pairs, ...[...said, ...claims].map((one) => [one, mark])].filter(([one, other]) => !overlap(one, other));
  }

  // From edge to edge, in the white between the lines where two words stand in one line.
  #line(from, to) {
    const [start, end] = this.#ends(from, to);
    const path = document.createElementNS(SVG, "path");
    const bend = Math.abs(start.y - end.y) < 4 ? -14 : 0;
    const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 + 2 * bend };
    path.setAttribute("d", `M${start.x} ${start.y} Q${middle.x} ${middle.y} ${end.x} ${end.y}`);
    return path;
  }

  #ends(from, to) {
    const [one, other] = [this.#boxes(from), this.#boxes(to)];
    const isAbove = one[0].top > other[0].top;
    return [isAbove ? upper(one[0]) : lower(one.at(-1)), isAbove ? lower(other.at(-1)) : upper(other[0])];
  }

  #boxes(mark) {
    const origin = this.text.root.getBoundingClientRect();
    const [{ start, end }] = mark.parts.filter((part) => part.role === "content");
    return [...this.text.rangeOf(start, end).getClientRects()].map((box) => ({
      x: (box.left + box.right) / 2 - origin.left,
      top: box.top - origin.top,
      bottom: box.bottom - origin.top,
    }));
  }
}

function overlap(one, other) {
  const [[first], [second]] = [one, other].map(({ parts }) => parts.filter(({ role }) => role === "content"));
  return first.start < second.end && second.start < first.end;
}

function upper({ x, top }) {
  return { x, y: top + 4 };
}

function lower({ x, bottom }) {
  return { x, y: bottom - 4 };
}
