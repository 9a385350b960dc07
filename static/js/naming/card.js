// The card of a name: whom the words name, a link to the page, and for members the means to correct it.
//
// A click on a highlighted name opens it, Enter where the text can be walked (walking.js) too; a click on the same name
// again goes through to the marks below. The palette's action "name" (palette.js) opens it for words that are none yet.
//
// Markup: #article with the mentions (span[data-mention=ID], class mention-KIND); #name-card (a popover) with
// [data-card], which takes the fragment, a button [data-close], and the addresses data-mention (with 0 for the ID) and
// data-new. What the fragment holds: templates/articles/name_card.html.

const GAP = 10; // CSS pixels between the words and the card
const TYPED = 250; // milliseconds without typing until choices are asked for
const SHEET = matchMedia("(max-width: 40rem)");

class NameCard {
  constructor(element, article) {
    Object.assign(this, { element, article, body: element.querySelector("[data-card]"), open: null });
    element.querySelector("[data-close]").addEventListener("click", () => this.close());
    element.addEventListener("keydown", (event) => this.#pressed(event));
    this.body.addEventListener("input", (event) => event.target.matches("[name=q]") && this.#typed(event.target.form));
    this.body.addEventListener("submit", (event) => event.target.matches(".name-search") && this.#search(event));
    addEventListener("resize", () => this.open && this.#place());
  }

  // `what` tells one name from another: its mention's ID, or null for words that are no name yet.
  async show({ address, what, range, focus }) {
    this.open = { what, range, address };
    const fragment = await load(address);
    if (this.open?.address !== address) return; // Something else was chosen meanwhile.
    if (!fragment) {
      location.assign(address); // Says what is wrong, or asks to sign in.
      return;
    }
    this.body.replaceChildren(...fragment.childNodes);
    if (!this.element.matches(":popover-open")) this.element.showPopover();
    this.#place();
    if (focus) this.body.querySelector(what ? "a" : "[name=q]")?.focus({ preventScroll: true });
  }

  close({ refocus = false } = {}) {
    if (!this.open) return;
    this.open = null;
    if (this.element.matches(":popover-open")) this.element.hidePopover();
    if (refocus) this.article.querySelector(".article-text[tabindex]")?.focus({ preventScroll: true });
  }

  #pressed(event) {
    if (event.code !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.close({ refocus: true });
  }

  #typed(form) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#choices(form), TYPED);
  }

  #search(event) {
    event.preventDefault();
    this.#choices(event.target);
  }

  // The choices for what is typed; the field itself stays as it is, with the cursor in it.
  async #choices(form) {
    clearTimeout(this.waiting);
    const { address } = this.open;
    const asked = new URL(address, location.href);
    asked.searchParams.set("q", form.elements.q.value);
    const fragment = await load(asked.href);
    if (!fragment || this.open?.address !== address) return;
    this.body.querySelector("[data-choices]").replaceWith(fragment.querySelector("[data-choices]"));
    this.#place();
  }

  // Below the words, above them where there is no room; on a narrow screen CSS makes it a sheet.
  #place() {
    const { style } = this.element;
    style.insetBlockStart = style.insetInlineStart = "";
    if (SHEET.matches) return;
    const box = this.open.range.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const below = box.bottom + GAP + height <= innerHeight;
    const top = below ? box.bottom + GAP : Math.max(GAP, box.top - GAP - height);
    const page = document.documentElement.clientWidth;
    const left = Math.min(Math.max((box.left + box.right - width) / 2, GAP), Math.max(GAP, page - width - GAP));
    const start = getComputedStyle(this.element).direction === "rtl" ? page - left - width : left;
    style.insetBlockStart = `${top + scrollY}px`;
    style.insetInlineStart = `${start}px`;
  }
}

// Who clicks where, and what it means there.
class NamesInText {
  constructor(article, card) {
    Object.assign(this, { article, card, marking: Boolean(document.querySelector("#palette")) });
    article.addEventListener("click", (event) => this.#clicked(event));
    // Before the workbench of marks, which listens to the same: a name goes first.
    article.addEventListener("place-chosen", (event) => this.#chosen(event), { capture: true });
    article.addEventListener("tools-wanted", (event) => this.#wanted(event), { capture: true });
    article.addEventListener("words-selected", () => card.close());
    article.addEventListener("palette-action", ({ detail }) => detail.action === "name" && this.#name(detail));
    addEventListener("keydown", (event) => event.code === "Escape" && card.close({ refocus: true }));
  }

  // Where words can be marked, a click or tap comes as "place-chosen" (selecting.js); readers only click.
  #clicked(event) {
    if (this.marking || !getSelection().isCollapsed) return;
    const name = this.#highlighted(event.target);
    if (name) this.#open(name);
    else this.card.close();
  }

  #chosen(event) {
    const name = this.#highlighted(event.detail.target);
    const busy = (this.article.dataset.purpose ?? "mark") !== "mark"; // Clicks answer another question just now.
    if (busy || !name || this.card.open?.what === name.dataset.mention) {
      this.card.close();
      return;
    }
    event.stopImmediatePropagation();
    this.article.dispatchEvent(new CustomEvent("words-cleared"));
    this.#open(name);
  }

  #wanted(event) {
    const selection = getSelection();
    const node = selection.rangeCount ? selection.getRangeAt(0).startContainer : null;
    const name = this.#highlighted(node?.nodeType === Node.TEXT_NODE ? node.parentElement : node);
    if (!name || document.querySelector("#palette:popover-open")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#open(name, { focus: true });
  }

  // The palette's action for selected words: a name that is there is corrected, else a new one is made.
  #name({ words, range }) {
    const name = this.#exactly(range);
    if (name) {
      this.#open(name, { focus: true });
      return;
    }
    const address = new URL(this.card.element.dataset.new, location.href);
    const { revision } = this.article.dataset;
    for (const [key, value] of Object.entries({ revision, start: words.start, end: words.end })) {
      address.searchParams.set(key, value);
    }
    this.card.show({ address: address.href, what: null, range, focus: true });
  }

  #open(name, { focus = false } = {}) {
    const { mention } = name.dataset;
    const range = document.createRange();
    const pieces = [...this.article.querySelectorAll(`[data-mention="${mention}"]`)];
    range.setStartBefore(pieces[0]);
    range.setEndAfter(pieces.at(-1));
    const address = this.card.element.dataset.mention.replace("/0/", `/${mention}/`);
    this.card.show({ address, what: mention, range, focus });
  }

  // The mention's segment at a place, if names of its kind are shown.
  #highlighted(element) {
    const name = element?.closest?.("[data-mention]");
    const kind = name?.className.match(/\bmention-(\w+)/)?.[1];
    const box = document.querySelector(`entity-legend [value="${kind}"]`);
    return name && (!box || box.checked) ? name : null;
  }

  #exactly(range) {
    const same = ([piece]) => piece && range.toString() === this.#wordsOf(piece.dataset.mention);
    const inside = [...this.article.querySelectorAll("[data-mention]")].filter((piece) => range.intersectsNode(piece));
    return same(inside) ? inside[0] : null;
  }

  #wordsOf(mention) {
    return [...this.article.querySelectorAll(`[data-mention="${mention}"]`)].map((piece) => piece.textContent).join("");
  }
}

async function load(address) {
  const options = { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } };
  const response = await fetch(address, options).catch(() => null);
  if (!response?.ok || response.redirected) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.body;
}

const article = document.querySelector("#article");
const card = document.querySelector("#name-card");
new NamesInText(article, new NameCard(card, article));
