// Brings words to the upper third of the screen. A long text is laid out only where it is looked at, fonts come late: the
// place is measured anew, frame by frame, until it holds. Whoever scrolls or types meanwhile is left where they are.

const HELD = 3; // frames at the same place
const MOST = 90; // frames
const MOVES = ["wheel", "touchstart", "pointerdown", "keydown"];

// Resolves when the words stand still: true if they stand where they should.
export async function reveal(text, { start, end }) {
  const moved = new AbortController();
  for (const name of MOVES) addEventListener(name, () => moved.abort(), { passive: true, signal: moved.signal });
  let held = 0;
  for (let frame = 0; frame < MOST && held < HELD && !moved.signal.aborted; frame += 1) {
    held = bring(text.rangeOf(start, end)) && document.readyState === "complete" ? held + 1 : 0;
    await new Promise(requestAnimationFrame);
  }
  moved.abort();
  return held >= HELD;
}

// True where there was nothing to do, or no further way.
function bring(range) {
  const off = range.getBoundingClientRect().top - innerHeight / 3;
  const before = scrollY;
  if (Math.abs(off) > 1) scrollBy({ top: off, behavior: "instant" });
  return Math.abs(scrollY - before) < 1;
}
