// Writes on each key of the help and the palette what the reader finds printed there: the letter of their own Latin
// layout where the browser tells it, and the letter that the same key types in the usual Arabic layout.
//
// Markup: kbd[data-code], the action's usual key as KeyboardEvent.code (keys.js); the key's own text where a layout is
// not told.

import { placeOf } from "./keys.js";

const ARABIC = {
  KeyA: "ش", KeyB: "لا", KeyC: "ؤ", KeyD: "ي", KeyE: "ث", KeyF: "ب", KeyG: "ل", KeyH: "ا", KeyI: "ه", KeyJ: "ت", KeyK: "ن",
  KeyL: "م", KeyM: "ة", KeyN: "ى", KeyO: "خ", KeyP: "ح", KeyQ: "ض", KeyR: "ق", KeyS: "س", KeyT: "ف", KeyU: "ع", KeyV: "ر",
  KeyW: "ص", KeyX: "ء", KeyY: "غ", KeyZ: "ئ", Semicolon: "ك", Quote: "ط", Comma: "و", Period: "ز", Slash: "ظ",
  BracketLeft: "ج", BracketRight: "د", Backquote: "ذ",
};
const SIGNS = {
  Semicolon: ";", Quote: "'", Comma: ",", Period: ".", Slash: "/", Backslash: "\\", BracketLeft: "[", BracketRight: "]",
  Minus: "-", Equal: "=", Backquote: "`",
};

export async function writeKeycaps(root) {
  const layout = await navigator.keyboard?.getLayoutMap().catch(() => null);
  for (const cap of root.querySelectorAll("kbd[data-code]")) {
    const code = placeOf(cap.dataset.code);
    const printed = layout?.get(code)?.toUpperCase();
    const latin = printed && /^[\p{Script=Latin}\p{P}\p{S}\d]$/u.test(printed) ? printed : latinOf(code);
    cap.textContent = `${latin} ${ARABIC[code] ?? ""}`.trim();
  }
}

function latinOf(code) {
  return SIGNS[code] ?? code.replace(/^(Key|Digit)/, "");
}
