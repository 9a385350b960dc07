// Making and changing marks: what happens between a selection, the palette's buttons and the API.
//
// At any time there is one purpose for selected words: "mark" (make a new mark of them), "place" (they are the new place
// of the chosen mark) or "connect" (they name the speaker of the chosen mark). A failed call says so and changes nothing:
// selection, palette and purpose stay.

import { articleMarks, call, markPath, Refused } from "./api.js";
import { SpeakerChoice } from "./connecting.js";
import { writeKeycaps } from "./keycaps.js";
import { Palette } from "./palette.js";
import { PointerSelecting, select, selectedSpan, wholeWords } from "./selecting.js";
import { WordWalking } from "./walking.js";

export class Workbench {
  constructor({ text, drawing, ledger }) {
    Object.assign(this, { text, drawing, ledger, purpose: "mark", chosen: null, words: null });
    this.article = text.root.dataset.article;
    this.revision = Number(text.root.dataset.revision);
    this.palette = new Palette(text, (action, button) => this.#act(action, button));
    this.choice = new SpeakerChoice(this.palette.element.querySelector("[data-for=speaker]"));
    this.pointer = new PointerSelecting(text);
    this.walking = new WordWalking(text, document.querySelector("#walking-hint"));
    const listen = (name, what) => text.root.addEventListener(name, (event) => what(event.detail, event));
    listen("words-selected", (detail) => this.#selected(detail));
    listen("words-cleared", () => this.purpose === "mark" && this.#close({ refocus: false }));
    listen("place-chosen", (detail) => this.#clicked(detail));
    listen("tools-wanted", (_, event) => this.#toolsWanted() && event.preventDefault());
    text.root.addEventListener("keydown", (event) => this.#step(event));
    writeKeycaps(document.querySelector("#marking"));
  }

  // Opens the tools for a mark, as the ledger's edit button asks.
  edit(uuid) {
    const mark = this.ledger.mark(uuid);
    const [{ start, end }] = mark.parts.filter((part) => part.role === "content");
    const box = this.text.rangeOf(start, end).getBoundingClientRect();
    scrollBy({ top: box.top - innerHeight / 3, behavior: "instant" });
    this.#choose(mark, { focus: true });
  }

  standAt(offset) {
    this.walking.standAt(offset);
  }

  // One call at a time; afterwards ledger and text show what the server has. The answer, or null when it was refused.
  async save(done, request) {
    if (this.saving) return null;
    this.saving = true;
    this.ledger.say("saving");
    try {
      const answer = (await request()) ?? true;
      await this.ledger.renew();
      this.drawing.draw(this.ledger.marks);
      this.ledger.say(done);
      if (!this.drawing.works) location.reload();
      return answer;
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      this.ledger.say(refused.message, { problem: true });
      return null;
    } finally {
      this.saving = false;
    }
  }

  #selected({ start, end, exact, quiet }) {
    const whole = wholeWords(this.text, exact, { within: true });
    this.words = { start, end, exact, whole };
    if (this.purpose === "mark") this.#release();
    this.#armSelection();
    if (quiet) this.palette.hide();
    else this.palette.show();
  }

  // A click: on a mark to choose it (again and again for those below), in search of a speaker on a name.
  #clicked({ offset, target }) {
    if (this.purpose === "connect") return this.#connectAt(offset, target);
    const marks = this.#marksAt(offset);
    const next = marks[(marks.indexOf(this.chosen) + 1) % marks.length];
    if (next) this.#choose(next);
    else if (this.purpose === "mark") this.#close({ refocus: false });
  }

  // Enter in the text: the tools for the selected words, or for the mark they stand in. False where Enter means
  // something else: the tools of a mark are open, and one of them has that key.
  #toolsWanted() {
    if (this.palette.shown && !this.words) return false;
    const span = selectedSpan(this.text);
    const [mark] = span && !this.palette.shown ? this.#marksAt(span.start) : [];
    if (mark && this.purpose === "mark") this.#choose(mark);
    else if (this.words) this.palette.show({ focus: true });
    return Boolean(mark || this.words);
  }

  // J and K: to the next mark, to the one before.
  #step(event) {
    const step = { KeyJ: 1, KeyK: -1 }[event.code];
    if (!step || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || this.palette.keysAreOff) return;
    event.preventDefault();
    const marks = this.ledger.marks;
    const index = marks.indexOf(this.chosen);
    const next = marks[index < 0 ? (step > 0 ? 0 : marks.length - 1) : index + step];
    if (next) this.edit(next.uuid);
  }

  #marksAt(offset) {
    const length = (mark) => mark.parts.reduce((sum, part) => sum + part.end - part.start, 0);
    const over = (mark) => mark.parts.some((part) => part.start <= offset && offset <= part.end);
    return this.ledger.marks.filter(over).sort((one, other) => length(one) - length(other));
  }

  #choose(mark, { focus = false } = {}) {
    const [{ start, end }] = mark.parts.filter((part) => part.role === "content");
    this.#release();
    this.chosen = mark;
    this.words = null;
    this.pointer.forget();
    getSelection().removeAllRanges();
    this.walking.standAt(start);
    this.drawing.choose(mark);
    this.ledger.point(mark.uuid);
    this.palette.armMark(mark, { start, end });
    this.palette.show();
    if (focus) this.walking.focus();
  }

  #release() {
    this.purpose = "mark";
    this.chosen = null;
    this.drawing.choose(null);
    this.ledger.point(null);
  }

  #close({ refocus = true } = {}) {
    this.#release();
    this.words = null;
    this.palette.disarm();
    if (refocus) this.walking.focus();
  }

  #act(action, button) {
    const { chosen } = this;
    const acts = {
      quote: () => this.#create("quote"),
      speaker: () => this.#create("speaker"),
      claim: () => this.#create("claim"),
      move: () => this.#changeParts([this.#part()]),
      "add-part": () => this.#changeParts([...chosen.parts, this.#part()]),
      "whole-words": () => this.#toggleWhole(),
      accept: () => this.#decide("accepted", () => call("POST", markPath(chosen.uuid, "accept"))),
      reject: () => this.#decide("rejected", () => call("POST", markPath(chosen.uuid, "reject"))),
      delete: () => this.#decide("deleted", () => call("DELETE", markPath(chosen.uuid))),
      type: () => this.#change({ quote_type: button.dataset.type }),
      disconnect: () => this.#rechoose("saved", () => call("DELETE", markPath(chosen.uuid, "speaker"))),
      "choose-speaker": () => this.#chooseSpeaker(),
      "choose-place": () => this.#choosePlace(),
      "connect-words": () => this.#connect({ part: this.#part() }),
      "connect-entity": () => this.#connect({ entity: Number(button.dataset.entity) }),
      "connect-speaker": () => this.#connect({ speaker: button.dataset.speaker }),
      "connect-name": () => this.#connect({ name: this.choice.typed }),
      close: () => this.#close(),
    };
    if (acts[action]) acts[action]();
    else this.#actElsewhere(action);
  }

  // An action of the palette's that is not about marks is answered by whoever listens on the article's element:
  // "palette-action" {action, words: {start, end}, range}. The words stay selected.
  #actElsewhere(action) {
    const { start, end } = this.words;
    this.palette.hide();
    const detail = { action, words: { start, end }, range: this.text.rangeOf(start, end) };
    this.text.root.dispatchEvent(new CustomEvent("palette-action", { detail }));
  }

  // Kept where others who listen to clicks in the text can see what the next one is for.
  get purpose() {
    return this.text.root.dataset.purpose;
  }

  set purpose(purpose) {
    this.text.root.dataset.purpose = purpose;
  }

  // The selected words as the API takes them.
  #part() {
    const { start, end } = this.words;
    return { start, end, exact: this.text.slice(start, end), role: "content" };
  }

  async #create(kind) {
    const body = { kind, revision: this.revision, parts: [this.#part()] };
    const mark = await this.save("saved", () => call("POST", articleMarks(this.article), body));
    if (!mark) return;
    getSelection().removeAllRanges();
    this.pointer.forget();
    this.#close();
    // Who said it is the next question.
    if (kind === "quote") this.#choose(this.ledger.mark(mark.uuid) ?? mark, { focus: true });
  }

  // A change after which nothing is left to do.
  async #decide(done, request) {
    if (await this.save(done, request)) this.#close();
  }

  // A change after which the mark stays at hand.
  async #rechoose(done, request) {
    const { uuid } = this.chosen;
    if (await this.save(done, request)) this.#choose(this.ledger.mark(uuid) ?? this.chosen, { focus: true });
  }

  #change(body) {
    const { uuid } = this.chosen;
    return this.#rechoose("saved", () => call("PATCH", markPath(uuid), body));
  }

  #changeParts(parts) {
    return this.#change({ parts: parts.map(({ start, end, exact, role }) => ({ start, end, exact, role })) });
  }

  #toggleWhole() {
    const { exact, whole, start, end } = this.words;
    const isWhole = start === whole.start && end === whole.end;
    this.words = { ...(isWhole ? exact : whole), exact, whole };
    select(this.text, this.words);
    this.#armSelection();
    this.palette.show();
  }

  #armSelection() {
    this.palette.armSelection(this.words, this.purpose, { parts: this.chosen?.kind === "quote" });
  }

  #choosePlace() {
    this.purpose = "place";
    this.palette.hide();
    this.walking.focus();
    this.ledger.say("choosePlace");
  }

  #chooseSpeaker() {
    this.purpose = "connect";
    this.choice.prepare(this.chosen, this.ledger.marks);
    this.palette.arm("speaker", this.palette.span);
    this.palette.show({ focus: true });
    this.ledger.say("chooseSpeaker");
  }

  #connect(body) {
    const { uuid } = this.chosen;
    return this.#decide("connected", () => call("PUT", markPath(uuid, "speaker"), body));
  }

  #connectAt(offset, target) {
    const speaker = this.#marksAt(offset).find((mark) => mark.kind === "speaker");
    const name = target.closest("[data-entity]");
    if (speaker) this.#connect({ speaker: speaker.uuid });
    else if (name) this.#connect({ entity: Number(name.dataset.entity.split(" ")[0]), part: this.#mention(name) });
  }

  // The whole mention that a segment belongs to: marks may have cut it into several.
  #mention(segment) {
    const same = (other) => other?.dataset?.entity === segment.dataset.entity;
    let [first, last] = [segment, segment];
    while (same(first.previousSibling)) first = first.previousSibling;
    while (same(last.nextSibling)) last = last.nextSibling;
    const start = this.text.offsetAt(first, 0);
    const end = this.text.offsetAt(last, last.childNodes.length);
    return { start, end, exact: this.text.slice(start, end) };
  }
}
