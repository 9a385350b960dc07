// Taking back what was done on this page, and doing it again. Each act that can be taken back is {tokens, act, words}:
// the tokens of the API that undo it, in the order in which its edits were made. Kept for the tab, a reload included.

import { call, Refused } from "./api.js";

const MOST = 200;

export class Undoing {
  // `changed({marks, gone})` is told what the marks are afterwards.
  constructor(article, { changed, say, counted }) {
    Object.assign(this, { key: `newsdesk.undo.${article}`, changed, say, counted, running: false });
    const { done = [], undone = [] } = read(this.key);
    Object.assign(this, { done, undone });
  }

  // Edits that are one gesture have one name, and are taken back together.
  note(token, { act, words, gesture = null }) {
    const last = this.done.at(-1);
    if (gesture && last?.gesture === gesture) last.tokens.push(token);
    else this.done.push({ tokens: [token], act, words, gesture });
    this.undone = [];
    this.#keep();
  }

  undo() {
    return this.#take(this.done, this.undone, "undone");
  }

  redo() {
    return this.#take(this.undone, this.done, "redone");
  }

  async #take(from, to, line) {
    if (this.running) return;
    const act = from.at(-1);
    if (!act) {
      this.say(line === "undone" ? "nothingToUndo" : "nothingToRedo");
      return;
    }
    this.running = true;
    try {
      await this.#takeBack(act, from, to);
      this.say(line, act);
    } catch (error) {
      this.say(error.message, { problem: true });
      // What cannot be taken back any more does not bar the way to what was done before it.
      if (!(error instanceof Refused)) return;
      from.splice(from.indexOf(act), 1);
      this.changed({ marks: [], gone: [] });
    } finally {
      this.running = false;
      this.#keep();
    }
  }

  async #takeBack(act, from, to) {
    const tokens = [];
    while (act.tokens.length) {
      const answer = await call("POST", "/api/marks/undo/", { undo: act.tokens.at(-1) });
      act.tokens.pop();
      tokens.push(answer.undo);
      this.changed(answer);
    }
    from.splice(from.indexOf(act), 1);
    to.push({ ...act, tokens });
  }

  #keep() {
    this.done.splice(0, this.done.length - MOST);
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ done: this.done, undone: this.undone }));
    } catch {
      // Storage may be switched off; it then lasts until the page is left.
    }
    this.counted();
  }
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}
