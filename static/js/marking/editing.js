// What can be done to marks, each as one edit: drawn and sent at once, told in the ledger when the server has it, kept
// while it has not, taken back on demand. Every edit answers with what the server made of it, "waits" while it could not
// be sent, or null when it was refused.
//
// Markup: #marking[data-owner] (who works here) and the lines of #marking-status: data-saved … for what was done,
// data-act-… for its name when it is taken back; #saving-line (waiting.js).

import { articlePath, markPath } from "./api.js";
import { Outbox } from "./outbox.js";
import { Saving } from "./saving.js";
import { Undoing } from "./undoing.js";

const SAID = { accepted: "accepted", rejected: "rejected", deleted: "deleted", connected: "connected", commented: "commented" };

export class Editing {
  // `refused(edit, problem)` and `counted()` are told as in saving.js; `renewed()` when the marks are known anew.
  constructor({ text, drawing, ledger, refused, counted, renewed }) {
    Object.assign(this, { text, drawing, ledger, renewed, number: 0 });
    this.article = text.root.dataset.article;
    this.revision = Number(text.root.dataset.revision);
    this.outbox = new Outbox(ledger.container.dataset.owner, this.article);
    for (const edit of this.outbox.all) this.#drawWaiting(edit);
    const say = (...what) => ledger.say(...what);
    this.undoing = new Undoing(this.article, { changed: (answer) => this.#learn(answer), say, counted });
    this.saving = new Saving(this.outbox, {
      saved: (edit, answer) => this.#saved(edit, answer),
      refused: (edit, problem) => this.#refused(edit, problem, refused),
      counted,
      renew: () => ledger.renew(),
    });
  }

  create(kind, parts) {
    const body = { kind, revision: this.revision, parts };
    const path = articlePath(this.article, "marks");
    return this.#send({ act: "created", method: "POST", path, body, mark: null, words: wordsOf(parts), drawn: { kind, parts } });
  }

  change(mark, body, act = "changed", gesture = null) {
    return this.#edit(mark, act, "PATCH", "", body, gesture);
  }

  // `told` is what is known besides of how the words were said.
  changeParts(mark, parts, gesture = null, told = {}) {
    const spans = parts.map(({ start, end, exact, role }) => ({ start, end, exact, role }));
    return this.change(mark, { parts: spans, ...told }, "changed", gesture);
  }

  accept = (mark) => this.#edit(mark, "accepted", "POST", "accept");
  reject = (mark) => this.#edit(mark, "rejected", "POST", "reject");
  delete = (mark) => this.#edit(mark, "deleted", "DELETE");
  connect = (mark, body, gesture = null) => this.#edit(mark, "connected", "PUT", "speaker", body, gesture);
  disconnect = (mark) => this.#edit(mark, "disconnected", "DELETE", "speaker");
  link = (mark, quote) => this.#edit(mark, "linked", "PUT", "quote", { quote });
  unlink = (mark) => this.#edit(mark, "unlinked", "DELETE", "quote");
  tag = (mark, tags) => this.#edit(mark, "tagged", "PUT", "tags", { tags });

  // `path` and `method` say whether it is a new comment or another wording; `after` is the last one that was there.
  comment(mark, { method, path, body, after = 0 }) {
    return this.#send({ act: "commented", method, path, body, after, about: mark.uuid, mark: null, words: body.text, drawn: null });
  }

  // What this person has written about a mark and the server has not.
  unsentAbout(mark) {
    return this.outbox.all.filter(({ about, mark: uuid }) => [about, uuid].includes(mark.uuid));
  }

  // Many marks in one act: a decision about suggestions, or speakers over places.
  many(act, action, body) {
    const path = articlePath(this.article, action);
    return this.#send({ act, method: "POST", path, body: { ...body, revision: this.revision }, mark: null, words: "", drawn: null });
  }

  // What waits for the server is taken back first: it is the latest. What is on its way arrives before it goes back.
  // What was said is no edit of a mark: it stays.
  async undo() {
    await this.latest;
    const last = this.outbox.waiting.findLast(({ act }) => act !== "commented");
    if (!last) return this.undoing.undo();
    this.drop(last);
    this.ledger.say("unsent", { act: last.act, words: last.words });
  }

  redo() {
    return this.undoing.redo();
  }

  // An edit that the person gives up.
  drop(edit) {
    this.outbox.remove(edit.id);
    this.drawing.remove(edit.id);
    this.saving.heard.counted();
  }

  #edit(mark, act, method, action = "", body = {}, gesture = null) {
    const path = markPath(mark.uuid, action);
    const content = mark.parts.filter((part) => part.role === "content");
    const was = { kind: mark.kind, parts: mark.parts.map(({ start, end, exact, role }) => ({ start, end, exact, role })) };
    return this.#send({ act, method, path, body, mark: mark.uuid, words: wordsOf(content), drawn: null, was, gesture });
  }

  #send(edit) {
    this.latest = this.#sendNow(edit);
    return this.latest;
  }

  // The version is the one that stands on the page when the person acts; while the page is being renewed after an edit
  // before, the one that it has then. The edit is kept from the first moment, in case the tab is closed meanwhile.
  async #sendNow(edit) {
    edit.id = `${Date.now().toString(36)}-${(this.number += 1)}-${Math.random().toString(36).slice(2, 8)}`;
    this.#drawWaiting(edit);
    const unsent = { ...edit, tried: false, problem: null };
    this.outbox.hold(this.#onVersion(unsent));
    if (edit.mark) await this.ledger.settled;
    const answer = await this.saving.send(this.#onVersion(unsent));
    if (answer === "waits") this.ledger.say("waits", { problem: true });
    return answer;
  }

  #onVersion(edit) {
    const version = edit.mark && this.ledger.mark(edit.mark)?.version;
    return version ? { ...edit, body: { ...edit.body, version } } : edit;
  }

  #saved(edit, answer) {
    if (answer?.undo) this.undoing.note(answer.undo, edit);
    const gone = edit.act === "deleted" ? [edit.mark] : (answer?.gone ?? []);
    this.#learn({ marks: answer?.uuid ? [answer] : (answer?.marks ?? []), gone });
    this.drawing.remove(edit.id);
    this.ledger.say(SAID[edit.act] ?? "saved", { undo: Boolean(answer?.undo) });
    if (edit.about) this.ledger.container.dispatchEvent(new CustomEvent("comment-saved", { detail: { about: edit.about } }));
    if (!this.drawing.works && !this.outbox.waiting.length) location.reload();
  }

  #refused(edit, problem, told) {
    if (!this.outbox.all.some(({ id }) => id === edit.id)) this.drawing.remove(edit.id);
    this.ledger.say(problem.detail, { problem: true });
    this.ledger.renew();
    told(edit, problem);
  }

  #learn({ marks, gone }) {
    this.ledger.learn({ marks, gone });
    this.renewed();
    this.ledger.renew();
  }

  #drawWaiting({ id, drawn }) {
    if (drawn) this.drawing.add({ uuid: id, status: "waiting", kind: drawn.kind, parts: drawn.parts });
  }
}

function wordsOf(parts) {
  return parts.map(({ exact }) => exact).join(" … ");
}
