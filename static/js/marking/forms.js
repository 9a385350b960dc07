// How much of the text is meant by words that were selected, or by a name that was clicked.

import { wholeWords } from "./selecting.js";

// The ways to take selected words that differ: whole, without letters written onto their front (`bare`, once the server
// has said it), as they were selected (`exact`). Each is {name, start, end}.
export function formsOf(text, { exact, bare }) {
  const forms = [{ name: "whole", ...wholeWords(text, exact) }, { name: "bare", ...bare }, { name: "exact", ...exact }];
  const same = (one) => (other) => one.start === other.start && one.end === other.end;
  return forms.filter((form, index) => form.end && forms.findIndex(same(form)) === index);
}

// The whole mention that a segment belongs to, as the API takes it: marks may have cut it into several.
export function mentionAround(text, segment) {
  const same = (other) => other?.dataset?.entity === segment.dataset.entity;
  let [first, last] = [segment, segment];
  while (same(first.previousSibling)) first = first.previousSibling;
  while (same(last.nextSibling)) last = last.nextSibling;
  const start = text.offsetAt(first, 0);
  const end = text.offsetAt(last, last.childNodes.length);
  return { start, end, exact: text.slice(start, end) };
}
