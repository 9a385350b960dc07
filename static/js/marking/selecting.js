// Selecting words of the text by mouse or touch. Says so by events on the article's element:
//   words-selected {start, end, exact: {start, end}, quiet}  offsets in code points; `exact` is what was dragged over,
//                                                            quiet: in passing, no tools wanted yet
//   place-chosen {offset, target}                     a click without a selection
//   words-cleared                                     the selection is gone
//
// The rule: a selection by mouse or touch is widened at either end to whole words, and the browser's selection with it:
// what is marked is what is seen. One within a word that leaves out nothing but letters written onto its front stays, so
// that «واشنطن» can be marked in «لواشنطن». White space at the edges never counts. Selections by keyboard stay.
//
// Markup: the element that ArticleText was made of.

const SETTLED = 400; // milliseconds without change until a selection by touch handles is taken as meant
const ATTACHED = /^(?:[وفأ]?(?:[بكلس]|لل|ال|[بك]ال)?|وال|فال)$/u; // what is written onto a word's front, vowel signs aside
const SIGNS = /[\u0640\u064b-\u0652\u0670]/gu;

export class PointerSelecting {
  constructor(text) {
    this.text = text;
    this.pointer = null;
    const root = text.root;
    root.addEventListener("words-selected", ({ detail }) => (this.said = detail));
    root.addEventListener("pointerdown", (event) => {
      this.pointer = event.button === 0 ? event.pointerType : null;
      this.touched = event.pointerType === "touch";
    });
    document.addEventListener("keydown", () => (this.touched = false));
    document.addEventListener("pointerup", (event) => this.#released(event));
    document.addEventListener("pointercancel", () => (this.pointer = null));
    document.addEventListener("selectionchange", () => this.#changed());
    // A finger that scrolls or presses long makes no click.
    root.addEventListener("click", (event) => event.pointerType === "touch" && !selectedSpan(text) && choosePlace(text, event));
  }

  // The selection was dealt with and taken away: nobody needs to be told.
  forget() {
    this.said = null;
  }

  #released(event) {
    const began = this.pointer;
    this.pointer = null;
    if (!began || began === "touch") return;
    // The browser drops an old selection after this event; what counts is what stands then.
    setTimeout(() => {
      const span = selectedSpan(this.text);
      if (!span) this.forget();
      if (span) this.#say(meantWords(this.text, span), span);
      else if (this.text.root.contains(event.target)) choosePlace(this.text, event);
    });
  }

  #changed() {
    clearTimeout(this.waiting);
    if (this.pointer === "mouse" || this.pointer === "pen") return;
    this.waiting = setTimeout(() => {
      const span = selectedSpan(this.text);
      const known = this.said && span && span.start === this.said.start && span.end === this.said.end;
      if (span && !known) this.#say(this.touched ? meantWords(this.text, span) : span, span);
      if (!span && this.said && !document.activeElement?.matches("input")) this.#clear();
    }, SETTLED);
  }

  #say(span, exact) {
    select(this.text, span);
    announce(this.text, span, { exact });
  }

  #clear() {
    this.forget();
    this.text.root.dispatchEvent(new CustomEvent("words-cleared"));
  }
}

// Tells whoever listens which words are selected.
export function announce(text, span, { exact = span, quiet = false } = {}) {
  text.root.dispatchEvent(new CustomEvent("words-selected", { detail: { ...span, exact, quiet } }));
}

// Makes the browser's own selection these words, and only these.
export function select(text, { start, end }) {
  const range = text.rangeOf(start, end);
  getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

// The selected words of the text; null when nothing of it is selected.
export function selectedSpan(text) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  return range.intersectsNode(text.root) ? text.spanOf(range) : null;
}

// The span widened to whole words.
export function wholeWords(text, span) {
  const first = text.insideWord(span.start) ? text.wordOver(span.start) : null;
  const last = text.insideWord(span.end) ? text.wordOver(span.end) : null;
  return { start: first?.start ?? span.start, end: last?.end ?? span.end };
}

// The same, but a word's own letters without those written onto its front are what they are.
function meantWords(text, span) {
  const word = text.wordOver(span.start);
  const isBare = word && span.end === word.end && ATTACHED.test(text.slice(word.start, span.start).replace(SIGNS, ""));
  return isBare ? span : wholeWords(text, span);
}

function choosePlace(text, event) {
  const place = document.caretPositionFromPoint
    ? document.caretPositionFromPoint(event.clientX, event.clientY)
    : caretRange(event);
  const node = place?.offsetNode;
  // Between the blocks (the head, the legend) there is no text to choose, though an offset can be worked out.
  const block = (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement)?.closest("[data-start]");
  if (!block || !text.root.contains(block) || !event.target.closest("[data-start]")) return;
  const detail = { offset: text.offsetAt(node, place.offset), target: event.target };
  text.root.dispatchEvent(new CustomEvent("place-chosen", { detail }));
}

// WebKit's older name for the same.
function caretRange({ clientX, clientY }) {
  const range = document.caretRangeFromPoint(clientX, clientY);
  return range && { offsetNode: range.startContainer, offset: range.startOffset };
}
