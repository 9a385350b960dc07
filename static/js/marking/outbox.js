// Edits that the server has not answered yet, kept in the browser for each person and article: they outlive a closed
// tab and a lost connection. An edit is
//   {id, act, method, path, body, mark: uuid | null, words, drawn: {kind, parts} | null, tried: boolean, problem: object | null}
// A comment has `about` (the mark's uuid) and `after` (the last comment that was there) in place of `mark`. `problem` is why the server refused it: such an edit waits for the person, the others for the server.

import { keep, kept } from "./keeping.js";

export class Outbox {
  constructor(owner, article) {
    this.key = `newsdesk.edits.${owner}.${article}`;
    this.isKept = true;
    this.held = new Set();
  }

  get all() {
    return kept(this.key, []);
  }

  get waiting() {
    return this.all.filter((edit) => !edit.problem && !this.held.has(edit.id));
  }

  get refused() {
    return this.all.filter((edit) => edit.problem);
  }

  // Keeps an edit that is not to be sent yet. When the tab is gone before it is released, it waits like any other.
  hold(edit) {
    this.held.add(edit.id);
    this.#write([...this.all, edit]);
  }

  // From now on it is to be sent, in these words. False where it is gone: another tab has sent it meanwhile.
  release(edit) {
    this.held.delete(edit.id);
    this.change(edit.id, edit);
    return this.all.some(({ id }) => id === edit.id);
  }

  // Changes what is kept of an edit; one that is gone stays gone.
  change(id, changes) {
    this.#write(this.all.map((edit) => (edit.id === id ? { ...edit, ...changes } : edit)));
  }

  remove(id) {
    this.#write(this.all.filter((edit) => edit.id !== id));
  }

  // What was built on one version of a mark goes on from the next, which is our own work.
  carryOn(mark, version, next) {
    const isNext = (edit) => edit.mark === mark && edit.body?.version === version && !edit.problem;
    this.#write(this.all.map((edit) => (isNext(edit) ? { ...edit, body: { ...edit.body, version: next } } : edit)));
  }

  #write(edits) {
    this.isKept = keep(this.key, edits.length ? edits : null);
  }
}
