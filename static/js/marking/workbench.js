// Choosing what to work on: what happens between a selection, the palette's buttons and the edits (editing.js).
//
// At any time there is one purpose for selected words: "mark" (make a new mark of them), "place" (they are the new place
// of the chosen mark), "connect" (they name the speaker of the chosen mark) or "quote" (a claim's quote is looked for).
// A refused edit says so and changes nothing: selection, palette and purpose stay.

import { articlePath, call } from "./api.js";
import { Attributing } from "./attributing.js";
import { Choices } from "./choosing.js";
import { contentOf, quotesNear } from "./marks.js";
import { Palette } from "./palette.js";
import { formsOf, mentionAround } from "./forms.js";
import { reveal } from "./revealing.js";
import { announce, PointerSelecting, select, selectedSpan, wholeWords } from "./selecting.js";
import { WordWalking } from "./walking.js";

const SETTLED = 150; // milliseconds that words stay selected until their clitic-free form is asked for

export class Workbench {
  // `acts`: what the palette offers beside marking, by the buttons' names; each is given the mark at hand.
  constructor({ text, drawing, ledger, editing, acts }) {
    Object.assign(this, { text, drawing, ledger, editing, acts, chosen: null, last: null, words: null });
    this.purpose = "mark";
    this.palette = new Palette(text, (action, button) => this.#act(action, button));
    const section = (name) => this.palette.element.querySelector(`[data-for=${name}]`);
    this.attributing = new Attributing(section("speaker"), editing);
    this.quotes = new Choices(section("quote"));
    this.pointer = new PointerSelecting(text);
    this.walking = new WordWalking(text, document.querySelector("#walking-hint"));
    const listen = (name, what) => text.root.addEventListener(name, (event) => what(event.detail, event));
    listen("words-selected", (detail) => this.#selected(detail));
    listen("words-cleared", () => this.purpose === "mark" && this.close({ refocus: false }));
    listen("place-chosen", (detail) => this.#clicked(detail));
    listen("tools-wanted", (_, event) => this.#toolsWanted() && event.preventDefault());
  }

  // Opens the tools for a mark, where it stands.
  edit(mark) {
    reveal(this.text, contentOf(mark)[0]);
    this.choose(mark, { focus: true });
  }

  standAt(offset) {
    this.walking.standAt(offset);
  }

  choose(mark, { focus = false } = {}) {
    const [{ start, end }] = contentOf(mark);
    this.#release();
    this.chosen = this.last = mark;
    this.words = null;
    this.pointer.forget();
    getSelection().removeAllRanges();
    this.walking.standAt(start);
    this.#show(mark);
    this.ledger.follow(mark.uuid);
    this.palette.armMark(mark, { start, end });
    this.palette.show();
    if (focus) this.walking.focus();
  }

  // The mark at hand as it is now; its tools go when it is gone.
  renewed() {
    const fresh = this.chosen && this.ledger.mark(this.chosen.uuid);
    if (fresh) {
      this.chosen = this.last = fresh;
      this.#show(fresh);
      if (this.purpose === "mark") this.palette.armMark(fresh, this.palette.span);
    } else if (this.chosen) this.close({ refocus: false });
  }

  close({ refocus = true } = {}) {
    this.#release();
    this.words = null;
    this.palette.disarm();
    if (refocus) this.walking.focus();
  }

  #selected({ start, end, exact, quiet }) {
    this.words = { start, end, exact, bare: null };
    if (this.purpose === "mark") this.#release();
    this.#armSelection();
    if (quiet) this.palette.hide();
    else this.palette.show();
    clearTimeout(this.asking);
    if (!quiet) this.asking = setTimeout(() => this.#askForBare(this.words), SETTLED);
  }

  // A click: on a mark to choose it (again and again for those below), in search of a speaker on a name.
  #clicked({ offset, target }) {
    if (this.purpose === "connect") return this.#connectAt(offset, target);
    const marks = this.#marksAt(offset);
    if (this.purpose === "quote") return this.#linkTo(marks.find((mark) => mark.kind === "quote"));
    const next = marks[(marks.findIndex(({ uuid }) => uuid === this.chosen?.uuid) + 1) % marks.length];
    if (next) this.choose(next);
    else if (this.purpose === "mark") this.close({ refocus: false });
  }

  // Enter in the text: the tools for the selected words, or for the mark they stand in. False where Enter means
  // something else: the tools of a mark are open, and one of them has that key.
  #toolsWanted() {
    if (this.palette.shown && !this.words) return false;
    const span = selectedSpan(this.text);
    const [mark] = span && !this.palette.shown ? this.#marksAt(span.start) : [];
    if (mark && this.purpose === "mark") this.choose(mark);
    else if (this.words) this.palette.show({ focus: true });
    return Boolean(mark || this.words);
  }

  #marksAt(offset) {
    const length = (mark) => mark.parts.reduce((sum, part) => sum + part.end - part.start, 0);
    const over = (mark) => mark.parts.some((part) => part.start <= offset && offset <= part.end);
    return this.ledger.marks.filter(over).sort((one, other) => length(one) - length(other));
  }

  #show(mark) {
    this.drawing.choose(mark);
    this.ledger.point(mark?.uuid ?? null);
    this.text.root.dispatchEvent(new CustomEvent("mark-chosen", { detail: { mark } }));
  }

  #release() {
    this.purpose = "mark";
    this.chosen = null;
    this.#show(null);
  }

  #act(action, button) {
    const { chosen, editing } = this;
    const data = button.dataset;
    const acts = {
      quote: () => this.#create("quote"),
      speaker: () => this.#create("speaker"),
      claim: () => this.#create("claim"),
      extend: () => this.#extend(),
      move: () => this.#after(editing.changeParts(chosen, [this.#part()])),
      "add-part": () => this.#after(editing.changeParts(chosen, [...chosen.parts, this.#part()])),
      "next-form": () => this.#nextForm(),
      form: () => this.#take(this.#forms().find(({ name }) => name === data.form)),
      delete: () => this.#finish(editing.delete(chosen)),
      type: () => this.#after(editing.change(chosen, { quote_type: data.type })),
      disconnect: () => this.#after(editing.disconnect(chosen)),
      unlink: () => this.#after(editing.unlink(chosen)),
      "choose-speaker": () => this.#chooseSpeaker(chosen),
      "choose-quote": () => this.#chooseQuote(),
      "choose-place": () => this.#choosePlace(),
      "connect-words": () => this.#connect({ part: this.#part() }),
      "connect-entity": () => this.#connect({ entity: Number(data.entity) }),
      "connect-speaker": () => this.#connect({ speaker: data.speaker }),
      "connect-proposed": () => this.#connect(Number(data.index)),
      "connect-name": () => this.#connect({ name: this.attributing.typed }),
      "link-quote": () => this.#finish(editing.link(chosen, data.quote)),
      close: () => this.close(),
    };
    if (acts[action]) acts[action]();
    else if (this.acts[action]) this.acts[action](chosen);
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

  // The words are a mark as soon as the key is pressed; where the server will not have it they are selected again, unless
  // the person is at something else by then.
  async #create(kind) {
    const { words } = this;
    const edit = this.editing.create(kind, [this.#part()]);
    getSelection().removeAllRanges();
    this.pointer.forget();
    this.close();
    const mark = await edit;
    const isFree = !this.words && !this.chosen;
    if (mark?.uuid) this.last = mark;
    if (!isFree) return;
    if (!mark) this.#selectAgain(words);
    // Who said it is the next question.
    else if (kind === "quote" && mark.uuid) this.#chooseSpeaker(mark);
  }

  #selectAgain(words) {
    select(this.text, words);
    announce(this.text, words, { exact: words.exact });
  }

  // The words become a further part of the mark before, which is at hand again.
  async #extend() {
    const mark = this.ledger.mark(this.last.uuid);
    const content = [...contentOf(mark), this.#part()].sort((one, other) => one.start - other.start);
    const cues = mark.parts.filter(({ role }) => role === "cue");
    const answer = await this.editing.changeParts(mark, [...content, ...cues]);
    if (answer) this.choose(this.ledger.mark(mark.uuid) ?? mark, { focus: true });
  }

  // An edit after which nothing is left to do.
  async #finish(edit) {
    const { uuid } = this.chosen;
    if ((await edit) && this.chosen?.uuid === uuid) this.close();
  }

  // An edit after which the mark stays at hand.
  async #after(edit) {
    const { uuid } = this.chosen;
    const answer = await edit;
    if (answer && this.chosen?.uuid === uuid) this.choose(this.ledger.mark(uuid) ?? this.chosen, { focus: true });
  }

  #forms() {
    return formsOf(this.text, this.words);
  }

  #nextForm() {
    const forms = this.#forms();
    const index = forms.findIndex(({ start, end }) => start === this.words.start && end === this.words.end);
    this.#take(forms[(index + 1) % forms.length]);
  }

  #take({ start, end }) {
    Object.assign(this.words, { start, end });
    this.pointer.said = { start, end };
    select(this.text, this.words);
    this.#armSelection();
    this.palette.show();
  }

  async #askForBare(words) {
    if (!words || words !== this.words) return;
    const body = { ...wholeWords(this.text, words.exact), kind: "speaker", revision: this.editing.revision };
    const answer = await call("POST", articlePath(this.editing.article, "proposals"), body).catch(() => null);
    if (!answer || words !== this.words) return;
    words.bare = { start: answer.bare.start, end: answer.bare.end };
    this.#armSelection();
  }

  #armSelection() {
    const last = this.last && this.ledger.mark(this.last.uuid);
    const extend = this.purpose === "mark" && last?.kind === "quote" && last.may.change;
    this.palette.armSelection(this.words, this.purpose, {
      forms: this.#forms(), part: this.chosen?.kind === "quote", extend,
    });
  }

  #choosePlace() {
    this.purpose = "place";
    this.palette.hide();
    this.walking.focus();
    this.ledger.say("choose-place");
  }

  #chooseSpeaker(mark) {
    if (this.chosen?.uuid !== mark.uuid) this.choose(mark);
    this.purpose = "connect";
    this.attributing.prepare(mark, this.ledger.marks);
    this.palette.arm("speaker", this.palette.span);
    this.palette.show({ focus: true });
  }

  #chooseQuote() {
    this.purpose = "quote";
    this.quotes.prepare(quotesNear(this.chosen, this.ledger.marks));
    this.palette.arm("quote", this.palette.span);
    this.palette.show({ focus: true });
  }

  #linkTo(quote) {
    if (quote) this.#finish(this.editing.link(this.chosen, quote.uuid));
  }

  #connect(body) {
    return this.#finish(this.attributing.take(body));
  }

  #connectAt(offset, target) {
    const speaker = this.#marksAt(offset).find((mark) => mark.kind === "speaker");
    const name = target.closest("[data-entity]");
    if (speaker) this.#connect({ speaker: speaker.uuid });
    else if (name) this.#connect({ entity: Number(name.dataset.entity.split(" ")[0]), part: mentionAround(this.text, name) });
  }
}
