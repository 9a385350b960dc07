// Which key does what. Keys are known by their place (KeyboardEvent.code), whatever the layout types; a person may give
// an action another key, or switch single letters off (WCAG 2.1.4). Both are kept in the browser.
//
// The usual key of an action is also its name: `meaning` says which action's usual key was meant by the one pressed.

import { keep, kept } from "./keeping.js";

const OFF = "newsdesk.single-keys";
const OWN = "newsdesk.keys";
const LETTER = /^(Key[A-Z]|Digit\d|Bracket(Left|Right)|Semicolon|Quote|Comma|Period|Slash|Backslash|Minus|Equal|Backquote)$/;

export const letters = {
  get areOff() {
    return kept(OFF) === "off";
  },
  set areOff(off) {
    keep(OFF, off ? "off" : null);
  },
};

// The usual key that this press stands for, null where it means nothing: with Ctrl, Alt or Meta, in the middle of an
// input method's work, a letter while letters are off, a key whose action has moved elsewhere.
export function meaning(event, { shift = false } = {}) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.shiftKey !== shift) return null;
  const { code } = event;
  if (!LETTER.test(code)) return code;
  if (letters.areOff) return null;
  const own = kept(OWN, {});
  const usual = Object.keys(own).find((name) => own[name] === code);
  return usual ?? (own[code] ? null : code);
}

// Whether a key pressed there is meant for nothing on the page. The page's main part has the focus after a click on a
// headline or between paragraphs: it can have it for those who skip to it.
export function isNoPlace(target) {
  return target.matches("body, #main");
}

// Where the action of this usual key is now.
export function placeOf(usual) {
  return kept(OWN, {})[usual] ?? usual;
}

// Gives the action another key; the action that had it gets the old one. False for a key that cannot be had.
export function move(usual, code, allUsual) {
  if (!LETTER.test(code)) return false;
  const own = kept(OWN, {});
  const before = placeOf(usual);
  const other = allUsual.find((name) => name !== usual && placeOf(name) === code);
  if (other) own[other] = before;
  own[usual] = code;
  for (const name of Object.keys(own)) if (own[name] === name) delete own[name];
  keep(OWN, Object.keys(own).length ? own : null);
  return true;
}

export function forgetMoves() {
  keep(OWN, null);
}
