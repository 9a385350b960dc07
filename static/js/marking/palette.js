// The small tool beside the words at hand. Its buttons act by themselves or by their key.
//
// Markup: #palette (a popover) with sections data-for="selection|mark|speaker|quote", of which one is current; elements
// with data-do (the action's name) and, some, data-key (the action's usual key, keys.js). data-words elements show the
// words at hand, [data-when] rows in the selection's section belong to one purpose each, buttons data-form="whole|bare|
// exact" say how much of the words is meant. Keys work while the focus is in the text, in the palette or nowhere.

import { isNoPlace, meaning } from "./keys.js";

const GAP = 10; // CSS pixels between the words and the palette
const SHEET = matchMedia("(max-width: 40rem)");
const TOUCH = matchMedia("(hover: none) and (pointer: coarse)");

export class Palette {
  constructor(text, act) {
    this.text = text;
    this.element = document.querySelector("#palette");
    this.sections = [...this.element.querySelectorAll("[data-for]")];
    this.element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) act(button.dataset.do, button);
    });
    // A press on a button must not take the selection away; a press into the filter must reach it.
    this.element.addEventListener("pointerdown", (event) => {
      if (!event.target.closest("input")) event.preventDefault();
    });
    document.addEventListener("keydown", (event) => this.#pressed(event));
    addEventListener("resize", () => this.shown && this.#place());
    // A long text grows and shrinks as it is laid out where it is looked at: the words move, and the tools with them.
    new ResizeObserver(() => this.shown && this.#place()).observe(text.root);
  }

  get shown() {
    return this.element.matches(":popover-open");
  }

  // Makes a section current for these words, without showing it yet: its keys work from here on.
  arm(name, span) {
    this.span = span;
    this.current = this.sections.find((section) => section.dataset.for === name);
    for (const section of this.sections) section.hidden = section !== this.current;
    return this.current;
  }

  // `purpose` names the row to offer; `part`: whether the mark that is moved may get a further part, `extend`: whether
  // the one before may. `forms` are the ways to take these words (workbench.js), of which those that differ are offered.
  armSelection(span, purpose, { forms, part = false, extend = false }) {
    const section = this.arm("selection", span);
    section.querySelector("[data-words]").textContent = this.text.slice(span.start, span.end);
    for (const row of section.querySelectorAll("[data-when]")) row.hidden = row.dataset.when !== purpose;
    this.#offer(section, "add-part", part);
    this.#offer(section, "extend", extend);
    section.querySelector("[data-forms]").hidden = forms.length < 2;
    for (const button of section.querySelectorAll("[data-form]")) {
      const form = forms.find(({ name }) => name === button.dataset.form);
      button.hidden = !form;
      button.setAttribute("aria-pressed", String(form?.start === span.start && form?.end === span.end));
    }
  }

  armMark(mark, span) {
    const section = this.arm("mark", span);
    const link = mark.attributions[0];
    const suggested = mark.status === "suggested";
    const speaks = mark.kind !== "speaker";
    const isClaim = mark.kind === "claim";
    section.querySelector("[data-kind]").textContent = this.#kindLabel(mark.kind);
    section.querySelector("[data-words]").textContent = this.text.slice(span.start, span.end);
    section.querySelector("[data-speaker-name]").textContent = link?.name ?? "";
    section.querySelector("[data-speaker-line]").hidden = !link;
    section.querySelector("[data-suggested]").hidden = !suggested;
    const unconfirmed = suggested || (link && link.certainty !== "confirmed");
    this.#offer(section, "accept", mark.may.decide && unconfirmed);
    this.#offer(section, "reject", mark.may.decide && suggested);
    this.#offer(section, "choose-speaker", mark.may.change && speaks);
    this.#offer(section, "disconnect", mark.may.change && link);
    this.#offer(section, "choose-quote", mark.may.change && isClaim && !mark.quote);
    this.#offer(section, "unlink", mark.may.change && isClaim && mark.quote);
    this.#offer(section, "mentions", mark.may.change && !speaks);
    this.#offer(section, "choose-place", mark.may.change);
    this.#offer(section, "delete", mark.may.change && !suggested);
    section.querySelector(".palette-types").hidden = mark.kind !== "quote" || !mark.may.change;
    for (const button of section.querySelectorAll("[data-type]")) {
      button.setAttribute("aria-pressed", String(button.dataset.type === mark.quote_type));
    }
  }

  show({ focus = false } = {}) {
    if (!this.shown) this.element.showPopover();
    this.#place();
    // A field with the focus brings up a phone's keyboard, over the choices that are there to be touched.
    if (focus && !TOUCH.matches) this.current.querySelector("[data-filter], button:not([hidden])").focus({ preventScroll: true });
  }

  hide() {
    if (this.shown) this.element.hidePopover();
  }

  // Nothing is at hand any more.
  disarm() {
    this.hide();
    this.current = null;
    this.span = null;
  }

  #offer(section, action, offered) {
    section.querySelector(`[data-do="${action}"]`).hidden = !offered;
  }

  #kindLabel(kind) {
    return this.element.querySelector(`[data-do="${kind}"]`).firstChild.textContent.trim();
  }

  // Below the last line of the words, above the first where there is no room; on a narrow screen CSS makes it a sheet.
  #place() {
    const style = this.element.style;
    style.insetBlockStart = style.insetInlineStart = "";
    if (SHEET.matches || !this.span) return;
    const boxes = [...this.text.rangeOf(this.span.start, this.span.end).getClientRects()];
    if (!boxes.length) return;
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const [first, last] = [boxes[0], boxes.at(-1)];
    const below = last.bottom + GAP + height <= innerHeight;
    const top = below ? last.bottom + GAP : Math.max(GAP, first.top - GAP - height);
    const middle = below ? (last.left + last.right) / 2 : (first.left + first.right) / 2;
    const page = document.documentElement.clientWidth;
    const left = Math.min(Math.max(middle - width / 2, GAP), Math.max(GAP, page - width - GAP));
    const start = getComputedStyle(this.element).direction === "rtl" ? page - left - width : left;
    style.insetBlockStart = `${top + scrollY}px`;
    style.insetInlineStart = `${start}px`;
  }

  #pressed(event) {
    const usual = meaning(event);
    if (!usual || !this.current || event.defaultPrevented) return;
    const { target } = event;
    const near = isNoPlace(target) || this.text.root.contains(target) || this.element.contains(target);
    if (!near) return;
    if (usual === "Escape") this.#press('[data-do="close"]', this.element, event);
    else if (target.matches("input, textarea, select")) return;
    else if (usual === "Enter" && (target.matches("button, a, summary") || !this.shown)) return;
    else this.#press(`[data-key="${usual}"]`, this.current, event);
  }

  #press(wanted, scope, event) {
    const button = [...scope.querySelectorAll(wanted)].find((one) => !one.closest("[hidden]"));
    if (!button) return;
    event.preventDefault();
    button.click();
  }
}
