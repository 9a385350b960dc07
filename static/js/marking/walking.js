// Selecting words without a mouse. While the text has the focus: arrow keys go from word to word and from line to line
// in the direction they point to, with Shift the selection grows and shrinks; Ctrl (Option on a Mac) moves its first
// letter, with Shift its last one, by one letter. Home and End: first and last word of the block. Enter opens the tools
// (event "tools-wanted" on the article's element, cancelled by whoever has opened some). What is selected is the browser's own selection.
//
// Markup: one element with class "article-text" inside the element that ArticleText was made of; it becomes focusable.

import { announce, select, selectedSpan } from "./selecting.js";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

export class WordWalking {
  // `hint`: an element that says how to walk; its data-label names the text for screen readers.
  constructor(text, hint) {
    this.text = text;
    this.place = 0;
    this.surface = text.root.querySelector(".article-text");
    this.surface.tabIndex = 0;
    this.surface.role = "group";
    this.surface.ariaLabel = hint.dataset.label;
    this.surface.setAttribute("aria-describedby", hint.id);
    this.surface.addEventListener("keydown", (event) => this.#pressed(event));
    text.root.addEventListener("place-chosen", ({ detail }) => (this.place = detail.offset));
  }

  focus() {
    this.surface.focus({ preventScroll: true });
  }

  // Where walking goes on when nothing is selected.
  standAt(offset) {
    this.place = offset;
  }

  #pressed(event) {
    const precise = MAC ? event.altKey : event.ctrlKey;
    if (event.metaKey || event.defaultPrevented || (MAC ? event.ctrlKey : event.altKey)) return;
    const step = this.#stepFor(event.code);
    if (event.code === "Enter" && event.target === this.surface) {
      if (this.text.root.dispatchEvent(new CustomEvent("tools-wanted", { cancelable: true }))) return;
      event.stopPropagation();
    } else if (step && precise) {
      this.#moveEdge(step, event.shiftKey ? "end" : "start");
    } else if (step) {
      this.#walk((word) => word + step, event.shiftKey);
    } else if (event.code === "ArrowDown" || event.code === "ArrowUp") {
      this.#walk((word) => this.#onNextLine(word, event.code === "ArrowDown" ? 1 : -1), event.shiftKey);
    } else if (event.code === "Home" || event.code === "End") {
      this.#walk((word) => this.#atBlockEdge(word, event.code), event.shiftKey);
    } else {
      return;
    }
    event.preventDefault();
  }

  // +1 towards the end of the text, -1 towards its beginning: the left arrow points to the end of an Arabic line.
  #stepFor(code) {
    const forward = getComputedStyle(this.surface).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    return { [forward]: 1, [backward]: -1 }[code] ?? 0;
  }

  #walk(next, extend) {
    const words = this.text.words;
    if (!words.length) return;
    const known = this.#known();
    const from = known ? known.focus : this.#wordBefore(this.place);
    const focus = Math.min(Math.max(next(from), 0), words.length - 1);
    const anchor = extend ? (known?.anchor ?? focus) : focus;
    this.walked = { anchor, focus };
    const [first, last] = [Math.min(anchor, focus), Math.max(anchor, focus)];
    this.#show({ start: words[first].start, end: words[last].end }, !extend);
    this.#reveal(words[focus]);
  }

  // The words at both ends of the selection that is there now: our own, or one made by mouse.
  #known() {
    const span = selectedSpan(this.text);
    if (!span) return null;
    const first = this.#wordAt(span.start);
    const last = Math.max(first, this.#wordBefore(span.end));
    const { anchor, focus } = this.walked ?? {};
    if (Math.min(anchor, focus) === first && Math.max(anchor, focus) === last) return this.walked;
    return { anchor: first, focus: last };
  }

  #moveEdge(step, edge) {
    const span = selectedSpan(this.text);
    if (!span) return;
    const moved = { ...span, [edge]: this.#letterEdge(span[edge], step) };
    if (moved.start < moved.end && moved.start >= 0 && moved.end <= this.text.end) this.#show(moved);
  }

  // One letter on, its vowel signs or the parts of an emoji included.
  #letterEdge(offset, step) {
    const around = step > 0 ? [offset, offset + 16] : [Math.max(0, offset - 16), offset];
    const pieces = [...new Intl.Segmenter("ar").segment(this.text.slice(...around))].map(({ segment }) => segment);
    const letter = (step > 0 ? pieces[0] : pieces.at(-1)) ?? "";
    return offset + step * Math.max(1, Array.from(letter).length);
  }

  #show(span, quiet = false) {
    this.place = span.end;
    select(this.text, span);
    announce(this.text, span, { quiet });
  }

  // Index of the first word that ends after an offset, and of the last one that begins before it (-1: none does).
  #wordAt(offset) {
    const index = this.text.words.findIndex((word) => word.end > offset);
    return index < 0 ? this.text.words.length - 1 : index;
  }

  #wordBefore(offset) {
    return this.text.words.findLastIndex((word) => word.start < offset);
  }

  #atBlockEdge(word, code) {
    const words = this.text.words;
    const offset = words[Math.max(word, 0)].start;
    const block = this.text.blocks.find((one) => offset >= one.start && offset < one.end);
    return code === "Home" ? this.#wordAt(block.start) : this.#wordBefore(block.end);
  }

  // The word nearest to straight below (or above): words are measured until a line beyond the next one is reached.
  #onNextLine(word, step) {
    const words = this.text.words;
    const from = this.#box(words[Math.max(word, 0)]);
    let best = word + step;
    let line = null;
    let nearest = Infinity;
    for (let index = word + step; words[index]; index += step) {
      const box = this.#box(words[index]);
      if (Math.abs(box.middle - from.middle) < from.height / 2) continue;
      line ??= box.middle;
      if (Math.abs(box.middle - line) > from.height / 2) break;
      const distance = Math.abs(box.centre - from.centre);
      if (distance < nearest) [nearest, best] = [distance, index];
    }
    return best;
  }

  #box({ start, end }) {
    const box = this.text.rangeOf(start, end).getClientRects()[0];
    return { middle: (box.top + box.bottom) / 2, centre: (box.left + box.right) / 2, height: box.height };
  }

  #reveal({ start, end }) {
    const box = this.text.rangeOf(start, end).getBoundingClientRect();
    const margin = innerHeight / 6;
    if (box.top < margin) scrollBy({ top: box.top - margin, behavior: "instant" });
    else if (box.bottom > innerHeight - margin) scrollBy({ top: box.bottom - innerHeight + margin, behavior: "instant" });
  }
}
