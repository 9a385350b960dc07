// The article page's marks: draws them, lets members make and change them, keeps ledger and text in step.
//
// Markup: #article (see offsets.js, walking.js), #marking with the ledger (ledger.js) and, for those who may mark, the
// palette and dialogs (palette.js and the modules named below). Whoever may not mark gets drawing, jumping, copying and
// the lines between what is linked.

import { Conflicts } from "./conflicts.js";
import { DecidingMany } from "./deciding.js";
import { Details } from "./details.js";
import { Drawing } from "./drawing.js";
import { SpokenEdges } from "./edges.js";
import { Editing } from "./editing.js";
import { KeysHelp } from "./keys-help.js";
import { Ledger } from "./ledger.js";
import { Lines } from "./lines.js";
import { Mentions } from "./mentions.js";
import { ArticleText } from "./offsets.js";
import { reveal } from "./revealing.js";
import { Stepping } from "./stepping.js";
import { Workbench } from "./workbench.js";

const root = document.querySelector("#article");
const text = new ArticleText(root);
const drawing = new Drawing(text);
const acts = { jump };
const ledger = new Ledger(acts);
drawing.draw(ledger.marks);
let edges = null;
whenIdle(() => {
  edges = new SpokenEdges(text);
  edges.show(ledger.marks);
});
new Lines(text, ledger);
const workbench = document.querySelector("#palette") ? tools() : null;

if (!workbench) {
  root.addEventListener("click", (event) => {
    const uuid = event.target.closest("[data-mark]")?.dataset.mark.split(" ")[0];
    choose(uuid ?? null);
  });
}
addEventListener("hashchange", jumpToHash);
jumpToHash();

function tools() {
  let conflicts = null;
  const editing = new Editing({ text, drawing, ledger, refused, counted: () => conflicts?.count(), renewed });
  const workbench = new Workbench({ text, drawing, ledger, editing, acts: forPalette() });
  conflicts = new Conflicts({ ledger, editing });
  const details = new Details({ ledger, editing });
  const mentions = new Mentions({ text, ledger, editing });
  const deciding = new DecidingMany({ ledger, editing });
  const stepping = new Stepping({ text, ledger, editing, workbench, decideMany: () => deciding.open() });
  const help = new KeysHelp();
  const of = (act) => (uuid) => act(ledger.mark(uuid));
  Object.assign(acts, {
    edit: of((mark) => workbench.edit(mark)),
    accept: of((mark) => editing.accept(mark)),
    reject: of((mark) => editing.reject(mark)),
    delete: of((mark) => editing.delete(mark)),
    details: of((mark) => details.toggle(mark)),
    renewing: (fresh) => details.renewing(fresh),
    renewed: () => {
      details.renewed();
      help.write(ledger.section);
      renewed();
    },
  });
  ledger.container.addEventListener("click", (event) => event.target.closest("[data-do=keys]") && help.open());
  return workbench;

  function forPalette() {
    return {
      accept: (mark) => stepping.accept(mark),
      reject: (mark) => stepping.reject(mark),
      "step-on": () => stepping.step(1),
      "step-back": () => stepping.step(-1),
      mentions: (mark) => mentions.open(mark),
      details: (mark) => details.toggle(mark),
    };
  }

  function refused(_, problem) {
    if (problem.code === "changed_meanwhile") conflicts.review();
    else conflicts.count();
  }

  function renewed() {
    drawing.draw(ledger.marks);
    edges?.show(ledger.marks);
    workbench.renewed();
  }
}

function choose(uuid) {
  ledger.point(uuid);
  root.dispatchEvent(new CustomEvent("mark-chosen", { detail: { mark: uuid ? ledger.mark(uuid) : null } }));
}

function jump(uuid) {
  const mark = ledger.mark(uuid);
  if (!mark) return;
  history.replaceState(null, "", `#mark-${uuid}`);
  const parts = mark.parts.filter((part) => part.role === "content");
  workbench?.standAt(parts[0].start);
  reveal(text, parts[0]).then(() => drawing.flash(parts));
  choose(uuid);
}

function jumpToHash() {
  const [, uuid] = location.hash.match(/^#mark-([0-9a-f-]{36})$/) ?? [];
  if (uuid) jump(uuid);
}

// Once the page is there to be looked at; Safari has no idle moments to tell of.
function whenIdle(act) {
  if (window.requestIdleCallback) requestIdleCallback(act, { timeout: 1000 });
  else setTimeout(act, 200);
}
