// Sends edits as they are made, one after the other. What cannot be sent waits in the outbox and is sent again: after a
// pause that grows, when the browser is online again, when the page is opened again. Nothing is dropped unsaid.
//
// `heard` is told what became of an edit:
//   saved(edit, answer)      the server has it; answer is null where there is nothing to tell of it any more
//   refused(edit, problem)   the server will not have it; `problem` as the API gives it
//   counted()                the number of edits that wait has changed
// and may `renew` the page's own state (and CSRF token) before edits are sent again.

import { call, Refused, Unreachable } from "./api.js";
import { arrived, isThere } from "./arriving.js";

const FIRST_PAUSE = 1000; // milliseconds; doubled after each try
const LONGEST_PAUSE = 60_000;

export class Saving {
  constructor(outbox, heard) {
    Object.assign(this, { outbox, heard, pause: FIRST_PAUSE, run: null, known: new Map() });
    addEventListener("online", () => this.retry());
    addEventListener("beforeunload", (event) => {
      if (!outbox.isKept && outbox.waiting.length + outbox.held.size) event.preventDefault();
    });
    if (outbox.waiting.length) this.retry();
  }

  // Of an edit that the outbox holds: the answer; "waits" where it could not be sent, null where it was refused.
  async send(edit) {
    if (!this.outbox.release(edit)) return null;
    const outcome = new Promise((resolve) => this.known.set(edit.id, resolve));
    this.#begin();
    return outcome;
  }

  // What was refused, sent once more with other words or on another version.
  sendAgain(edit, body) {
    this.outbox.change(edit.id, { body, problem: null, tried: false });
    this.heard.counted();
    this.#begin();
  }

  retry() {
    if (this.run) return;
    clearTimeout(this.timer);
    this.#begin({ again: true });
  }

  #begin({ again = false } = {}) {
    if (this.run) return;
    this.run = this.#sendAll(again).finally(() => {
      this.run = null;
      // One that was made while the last answer was read.
      if (!this.failing && this.outbox.waiting.length) this.#begin();
    });
  }

  async #sendAll(again) {
    if (again) await this.heard.renew();
    await alone(this.outbox.key, async () => {
      for (let [edit] = this.outbox.waiting; edit; [edit] = this.outbox.waiting) {
        this.failing = !(await this.#sendOne(edit));
        if (this.failing) break;
      }
    });
    this.heard.counted();
  }

  // False where the server was not to be had.
  async #sendOne(edit) {
    this.outbox.change(edit.id, { tried: true });
    try {
      const isDone = edit.tried && (await isThere(edit));
      this.#saved(edit, isDone ? {} : ((await call(edit.method, edit.path, edit.body)) ?? {}));
    } catch (error) {
      if (error instanceof Unreachable) return this.#wait(error);
      if (!(error instanceof Refused)) throw error;
      const theirs = edit.tried ? await arrived(edit, error.problem) : undefined;
      if (theirs === undefined) this.#refused(edit, error.problem);
      else this.#saved(edit, theirs);
    }
    this.pause = FIRST_PAUSE;
    return true;
  }

  // Edits that were built on the version before go on from this one, as long as nobody else was there in between.
  #saved(edit, answer) {
    this.outbox.remove(edit.id);
    const isNext = !edit.tried || answer?.version === edit.body?.version + 1;
    if (answer?.version && isNext) this.outbox.carryOn(edit.mark, edit.body?.version, answer.version);
    this.heard.saved(edit, answer);
    this.#tell(edit, answer ?? {});
  }

  // Who has just done it sees their words still selected; what was done long ago waits with its reason.
  #refused(edit, problem) {
    const isSeen = this.known.has(edit.id) && problem.code !== "changed_meanwhile";
    if (isSeen) this.outbox.remove(edit.id);
    else this.outbox.change(edit.id, { problem });
    this.heard.refused(edit, problem);
    this.#tell(edit, null);
  }

  #wait(error) {
    this.reason = error.message;
    this.timer = setTimeout(() => this.retry(), this.pause);
    this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
    for (const id of [...this.known.keys()]) this.#tell({ id }, "waits");
    return false;
  }

  #tell(edit, outcome) {
    this.known.get(edit.id)?.(outcome);
    this.known.delete(edit.id);
  }
}

// One tab at a time sends what the tabs of an article have in common.
function alone(name, work) {
  return navigator.locks ? navigator.locks.request(name, work) : work();
}
