// The article's text as the server knows it: code points, while JavaScript and the DOM count UTF-16 units.
//
// Markup: block elements with data-start (the code point where their text begins in the whole text). A block's text
// content is exactly its share of the text, cut into flat <span>s as the drawing needs it. Between two blocks the text
// has one line break, which no element holds.

const WORD = /[\p{L}\p{M}\p{N}_]+/gu;

export class ArticleText {
  constructor(root) {
    this.root = root;
    this.letters = []; // of the whole text, one code point each
    this.blocks = [...root.querySelectorAll("[data-start]")].map((element) => {
      const start = Number(element.dataset.start);
      while (this.letters.length < start) this.letters.push("\n");
      this.letters.push(...element.textContent);
      return { element, start, end: this.letters.length };
    });
  }

  get end() {
    return this.letters.length;
  }

  // The words between two offsets, line breaks between blocks included.
  slice(start, end) {
    return this.letters.slice(start, end).join("");
  }

  // The offset of a point in the DOM; a point outside every block stands for the nearest one in the text.
  offsetAt(node, offset) {
    const element = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("[data-start]");
    const block = this.blocks.find((one) => one.element === element);
    const point = document.createRange();
    point.setStart(node, offset);
    if (!block) return this.#offsetOutside(point);
    const before = document.createRange();
    before.setStart(block.element, 0);
    before.setEnd(node, offset);
    return block.start + Array.from(before.toString()).length;
  }

  // The DOM point of an offset. Where two elements meet, "end" says whether the one before or the one after is meant.
  pointAt(offset, { end = false } = {}) {
    const block = this.#blockAt(offset, end);
    let units = this.slice(block.start, offset).length;
    const walker = document.createTreeWalker(block.element, NodeFilter.SHOW_TEXT);
    let last = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (units < node.length || (end && units === node.length)) return { node, offset: units };
      units -= node.length;
      last = node;
    }
    return last ? { node: last, offset: last.length } : { node: block.element, offset: 0 };
  }

  // One DOM range per block, as drawing needs them.
  rangesOf(start, end) {
    return this.#over(start, end)
      .map((block) => this.#range(Math.max(start, block.start), Math.min(end, block.end)))
      .filter((range) => !range.collapsed);
  }

  // One DOM range from start to end.
  rangeOf(start, end) {
    return this.#range(start, end);
  }

  // [start, end) of a DOM range without the white space at its edges; null where nothing is left.
  spanOf(range) {
    let start = this.offsetAt(range.startContainer, range.startOffset);
    let end = this.offsetAt(range.endContainer, range.endOffset);
    while (start < end && /\s/u.test(this.letters[start])) start += 1;
    while (end > start && /\s/u.test(this.letters[end - 1])) end -= 1;
    return start < end ? { start, end } : null;
  }

  // Every word of the text as {start, end}, in order; counted once, when it is first asked for.
  get words() {
    this.found ??= this.blocks.flatMap(({ start, end }) => wordsIn(this.slice(start, end), start));
    return this.found;
  }

  // The word that holds the letter at this offset.
  wordOver(offset) {
    return this.words.find((word) => word.start <= offset && offset < word.end) ?? null;
  }

  // Whether an offset parts two letters of one word.
  insideWord(offset) {
    const word = this.wordOver(offset);
    return Boolean(word && word.start < offset);
  }

  #range(start, end) {
    const range = document.createRange();
    const from = this.pointAt(start);
    const to = this.pointAt(end, { end: true });
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
    return range;
  }

  #over(start, end) {
    return this.blocks.filter((block) => block.start < end && block.end > start);
  }

  #blockAt(offset, end) {
    const fits = (block) => (end ? offset > block.start && offset <= block.end : offset >= block.start && offset < block.end);
    return this.blocks.find(fits) ?? this.blocks.find((block) => offset <= block.end) ?? this.blocks.at(-1);
  }

  #offsetOutside(point) {
    const next = this.blocks.find(({ element }) => point.comparePoint(element, 0) >= 0);
    return next ? next.start : this.end;
  }
}

function wordsIn(text, start) {
  const words = [];
  let units = 0;
  for (const match of text.matchAll(WORD)) {
    start += Array.from(text.slice(units, match.index)).length;
    const end = start + Array.from(match[0]).length;
    words.push({ start, end });
    units = match.index + match[0].length;
    start = end;
  }
  return words;
}
