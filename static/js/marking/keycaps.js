// Writes on each key of the help and the palette what the reader finds printed there: the letter of their own Latin
// layout where the browser tells it, and the letter that the same key types in the usual Arabic layout.
//
// Markup: kbd[data-code], the key's place as KeyboardEvent.code.

const ARABIC = {
  KeyA: "ش", KeyC: "ؤ", KeyE: "ث", KeyJ: "ت", KeyK: "ن", KeyL: "م", KeyN: "ى", KeyQ: "ض", KeyS: "س", KeyW: "ص", KeyX: "ء",
};

export async function writeKeycaps(root) {
  const layout = await navigator.keyboard?.getLayoutMap().catch(() => null);
  for (const cap of root.querySelectorAll("kbd[data-code]")) {
    const { code } = cap.dataset;
    const printed = layout?.get(code)?.toUpperCase();
    const latin = printed && /^\p{Script=Latin}$/u.test(printed) ? printed : cap.textContent;
    cap.textContent = `${latin} ${ARABIC[code] ?? ""}`.trim();
  }
}
