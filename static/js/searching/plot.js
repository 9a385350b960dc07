// The plot of volume over time: days are chosen by drawing over the bars with mouse or finger, by the two handles with
// the keyboard, or by a click on one bar. Without this script the bars are links.
//
// Markup: <volume-plot data-since="ID" data-until="ID"> (the ids of the two date fields, whose change asks anew) with
//   <svg> holding one <a data-first="2024-05-01" data-last="2024-05-31"> per bar, in the order of time,
//   two <input type="range"> inside a hidden element, and an element .plot-said for what is being chosen.
// Chosen bars have the class is-chosen. With data-whole the bars are all there are: to choose them all is no choice.

// How long after the last key a choice made by keyboard is taken for made, in milliseconds.
const PAUSE = 700;

class VolumePlot extends HTMLElement {
  connectedCallback() {
    this.drawing = this.querySelector("svg");
    this.bars = [...this.querySelectorAll("a[data-first]")];
    this.said = this.querySelector(".plot-said");
    [this.from, this.to] = this.querySelectorAll("input[type=range]");
    this.from.parentElement.hidden = false;
    this.classList.add("can-brush");
    for (const bar of this.bars) bar.tabIndex = -1; // The handles reach them all.
    this.drawing.addEventListener("pointerdown", (event) => this.begin(event));
    this.drawing.addEventListener("pointermove", (event) => this.move(event));
    this.drawing.addEventListener("pointerup", (event) => this.finish(event));
    this.drawing.addEventListener("pointercancel", () => this.forget());
    this.drawing.addEventListener("click", (event) => this.keepLink(event));
    for (const handle of [this.from, this.to]) {
      handle.addEventListener("input", () => this.slide(handle));
      handle.addEventListener("change", (event) => event.stopPropagation());
    }
    this.describe();
  }

  disconnectedCallback() {
    clearTimeout(this.waiting);
  }

  // The number of the bar at a place on the screen; time runs with the interface.
  barAt(x) {
    const box = this.drawing.getBoundingClientRect();
    const along = (x - box.left) / box.width;
    const share = getComputedStyle(this).direction === "rtl" ? 1 - along : along;
    return Math.min(this.bars.length - 1, Math.max(0, Math.floor(share * this.bars.length)));
  }

  begin(event) {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return; // A link opened elsewhere.
    event.preventDefault();
    clearTimeout(this.waiting);
    this.drawing.setPointerCapture(event.pointerId);
    this.anchor = this.barAt(event.clientX);
    this.choose(this.anchor, this.anchor);
  }

  move(event) {
    if (this.anchor === undefined) return;
    const reached = this.barAt(event.clientX);
    this.choose(Math.min(this.anchor, reached), Math.max(this.anchor, reached));
  }

  finish() {
    if (this.anchor === undefined) return;
    this.anchor = undefined;
    this.apply();
  }

  // The browser took the finger's movement for scrolling.
  forget() {
    if (this.anchor === undefined) return;
    this.anchor = undefined;
    this.choose(Number(this.from.defaultValue), Number(this.to.defaultValue));
  }

  keepLink(event) {
    if (!(event.ctrlKey || event.metaKey || event.shiftKey)) event.preventDefault();
  }

  // One handle pushes the other before it.
  slide(handle) {
    const [from, to] = [Number(this.from.value), Number(this.to.value)];
    if (from <= to) this.choose(from, to);
    else this.choose(Number(handle.value), Number(handle.value));
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.apply(), PAUSE);
  }

  choose(from, to) {
    this.from.value = from;
    this.to.value = to;
    this.bars.forEach((bar, number) => bar.classList.toggle("is-chosen", number >= from && number <= to));
    this.describe();
    const [first, last] = [this.nameOf(from), this.nameOf(to)];
    this.said.textContent = from === to ? this.titleOf(from) : `${first} – ${last}`;
  }

  describe() {
    this.from.setAttribute("aria-valuetext", this.titleOf(Number(this.from.value)));
    this.to.setAttribute("aria-valuetext", this.titleOf(Number(this.to.value)));
  }

  titleOf(number) {
    return this.bars[number].querySelector("title").textContent.trim().replace(/\s+/g, " ");
  }

  nameOf(number) {
    return this.titleOf(number).replace(/:[^:]*$/, "");
  }

  // The fields say the days, and their change asks anew.
  apply() {
    const [from, to] = [Number(this.from.value), Number(this.to.value)];
    const whole = this.dataset.whole !== undefined && from === 0 && to === this.bars.length - 1;
    const since = document.getElementById(this.dataset.since);
    const until = document.getElementById(this.dataset.until);
    const days = whole ? ["", ""] : [this.bars[from].dataset.first, this.bars[to].dataset.last];
    if (since.value === days[0] && until.value === days[1]) return;
    [since.value, until.value] = days;
    until.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

customElements.define("volume-plot", VolumePlot);
