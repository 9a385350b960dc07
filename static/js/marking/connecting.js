// Choosing who said a quote or claim, from a list that typing narrows.
//
// Markup: the palette's section data-for="speaker": an input [data-filter], a list [data-people] of the article's people
// and organisations (buttons data-do="connect-entity" data-entity=ID), and a button data-do="connect-name" that takes
// the typed name as it is, shown in [data-typed]. Speakers already marked in the text are put before the list.

export class SpeakerChoice {
  constructor(section) {
    this.section = section;
    this.filter = section.querySelector("[data-filter]");
    this.people = section.querySelector("[data-people]");
    this.asTyped = section.querySelector("[data-do=connect-name]");
    this.filter.addEventListener("input", () => this.#narrow());
    section.addEventListener("keydown", (event) => this.#pressed(event));
  }

  get typed() {
    return this.filter.value.trim();
  }

  // Ready for one mark: the speakers that are marked nearest to it come first.
  prepare(mark, marks) {
    const place = mark.parts[0].start;
    const distance = (speaker) => Math.abs(speaker.parts[0].start - place);
    const speakers = marks.filter((one) => one.kind === "speaker").sort((one, other) => distance(one) - distance(other));
    for (const old of this.people.querySelectorAll("[data-do=connect-speaker]")) old.parentElement.remove();
    this.people.prepend(...oncePerName(speakers).map(choice));
    this.filter.value = "";
    this.#narrow();
  }

  #narrow() {
    const wanted = folded(this.typed);
    for (const item of this.people.children) item.hidden = !folded(item.textContent).includes(wanted);
    this.asTyped.hidden = !wanted;
    this.asTyped.querySelector("[data-typed]").textContent = this.typed;
  }

  #pressed(event) {
    const choices = [...this.section.querySelectorAll("button")].filter((one) => !one.closest("[hidden]"));
    const index = choices.indexOf(event.target);
    if (event.code === "Enter" && event.target === this.filter && !event.isComposing) choices[0]?.click();
    else if (event.code === "ArrowDown") choices[Math.min(index + 1, choices.length - 1)]?.focus();
    else if (event.code === "ArrowUp") (choices[index - 1] ?? this.filter).focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

function oncePerName(speakers) {
  const names = new Set();
  return speakers.filter(({ parts: [{ exact }] }) => !names.has(exact) && names.add(exact));
}

function choice(speaker) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  const name = document.createElement("bdi");
  Object.assign(button, { type: "button" });
  Object.assign(button.dataset, { do: "connect-speaker", speaker: speaker.uuid });
  name.textContent = speaker.parts[0].exact;
  button.append(name);
  item.append(button);
  return item;
}

// For comparing only: without vowel signs and tatweel, with the letters that are often written for each other as one.
function folded(text) {
  return text
    .normalize("NFKC")
    .replace(/[\u0640\u064b-\u0652\u0670]/g, "")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه")
    .toLowerCase()
    .trim();
}
