// The article page's marks: draws them, lets members make and change them, keeps ledger and text in step.
//
// Markup: #article (see offsets.js, walking.js), #marking with the ledger (ledger.js) and, for those who may mark, the
// palette (palette.js, connecting.js). Whoever may not mark gets drawing, jumping and copying only.

import { Drawing } from "./drawing.js";
import { Ledger } from "./ledger.js";
import { ArticleText } from "./offsets.js";
import { Workbench } from "./workbench.js";

const root = document.querySelector("#article");
const text = new ArticleText(root);
const drawing = new Drawing(text);
const ledger = new Ledger({ jump, edit: (uuid) => workbench?.edit(uuid), save: (...what) => workbench?.save(...what) });
const workbench = document.querySelector("#palette") ? new Workbench({ text, drawing, ledger }) : null;

drawing.draw(ledger.marks);
if (!workbench) {
  root.addEventListener("click", (event) => {
    const uuid = event.target.closest("[data-mark]")?.dataset.mark.split(" ")[0];
    ledger.point(uuid ?? null);
  });
}
addEventListener("hashchange", jumpToHash);
jumpToHash();

function jump(uuid) {
  const mark = ledger.mark(uuid);
  if (!mark) return;
  history.replaceState(null, "", `#mark-${uuid}`);
  const parts = mark.parts.filter((part) => part.role === "content");
  const box = text.rangeOf(parts[0].start, parts[0].end).getBoundingClientRect();
  scrollBy({ top: box.top - innerHeight / 3 });
  workbench?.standAt(parts[0].start);
  drawing.flash(parts);
  ledger.point(uuid);
}

function jumpToHash() {
  const [, uuid] = location.hash.match(/^#mark-([0-9a-f-]{36})$/) ?? [];
  if (uuid) jump(uuid);
}
