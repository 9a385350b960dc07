// Who said a quote or claim: the proposals for it, the speakers marked near it, the people of the article, those of the
// whole archive as one types, a name as typed. Taking one also takes the cue and the rest of an interrupted quote, as far
// as they are ticked, and how the words were said, where nobody has said that of this mark and the cue is the proposed one.
//
// Markup: the palette's section data-for="speaker" (choosing.js), with label[data-take="cue|further"] around a checkbox
// and [data-take-words]; the article's people as options data-do="connect-entity" data-entity=ID.

import { articlePath, call } from "./api.js";
import { Choices } from "./choosing.js";

export class Attributing {
  constructor(section, editing) {
    Object.assign(this, { editing, choices: new Choices(section, { elsewhere: entitiesCalled }) });
    this.takes = [...section.querySelectorAll("[data-take]")];
  }

  get typed() {
    return this.choices.typed;
  }

  // Ready for one mark; `marks` are all of the article.
  prepare(mark, marks) {
    this.mark = mark;
    this.#offer({ cue: null, further: [] });
    const wanted = this.#proposals(mark);
    this.choices.prepare(speakersNear(mark, marks).map(asOption), wanted.then(({ speakers }) => speakers.map(asProposal)));
    wanted.then((proposal) => mark === this.mark && this.#offer(proposal));
  }

  // `body` names the speaker as the API takes it; a number is one of the proposals.
  async take(body) {
    const { mark } = this;
    const gesture = `${mark.uuid} ${Date.now()}`;
    const further = this.#taken("further") ? this.proposal.further : [];
    const cue = this.#taken("cue") ? [{ ...this.proposal.cue, role: "cue" }] : [];
    const added = [...further.map((part) => ({ ...part, role: "content" })), ...cue];
    const sameCue = !this.proposal.cue || cue.length > 0;
    const told = mark.kind === "quote" && !mark.stance && sameCue ? this.proposal.circumstances : {};
    // Sent without waiting for the answer: the second edit goes on from the first one's version.
    if (added.length || Object.keys(told).length) {
      this.editing.changeParts(mark, inOrder([...mark.parts, ...added]), gesture, told);
    }
    return this.editing.connect(mark, typeof body === "number" ? speakerOf(this.proposal.speakers[body]) : body, gesture);
  }

  async #proposals({ kind, parts }) {
    const content = parts.filter((part) => part.role === "content");
    const body = { start: content[0].start, end: content[0].end, kind, revision: this.editing.revision };
    // Proposals are a help: without them everything works as before.
    return call("POST", articlePath(this.editing.article, "proposals"), body).catch(() => ({ speakers: [], cue: null }));
  }

  #offer({ speakers = [], cue = null, further = [], circumstances = {} }) {
    const has = (role) => this.mark.parts.filter((part) => part.role === role).length;
    const isQuote = this.mark.kind === "quote"; // Only a quote has several parts.
    const open = { cue: isQuote && !has("cue") ? cue : null, further: has("content") > 1 ? [] : further };
    this.proposal = { speakers, circumstances, ...open };
    const words = { cue: this.proposal.cue?.exact, further: this.proposal.further.map(({ exact }) => exact).join(" … ") };
    for (const label of this.takes) {
      label.hidden = !words[label.dataset.take];
      label.querySelector("[data-take-words]").textContent = words[label.dataset.take] ?? "";
      label.querySelector("input").checked = true;
    }
  }

  #taken(name) {
    const label = this.takes.find(({ dataset }) => dataset.take === name);
    return Boolean(label && !label.hidden && label.querySelector("input").checked);
  }
}

// Each name once, the nearest first.
function speakersNear(mark, marks) {
  const place = mark.parts[0].start;
  const distance = (speaker) => Math.abs(speaker.parts[0].start - place);
  const names = new Set();
  return marks
    .filter((one) => one.kind === "speaker")
    .sort((one, other) => distance(one) - distance(other))
    .filter(({ parts: [{ exact }] }) => !names.has(exact) && names.add(exact));
}

function asOption({ uuid, parts }) {
  return { do: "connect-speaker", words: parts[0].exact, data: { speaker: uuid } };
}

function asProposal({ name, part, entity, reason }, index) {
  const inText = part && part.exact !== name ? `«${part.exact}» · ` : "";
  const data = entity ? { index, entity: entity.id } : { index };
  return { do: "connect-proposed", words: name, note: inText + reason, data };
}

// As far as the archive can be asked just now.
async function entitiesCalled(text) {
  const { entities } = await call("GET", `/api/entities/?q=${encodeURIComponent(text)}`).catch(() => ({ entities: [] }));
  return entities.map(({ id, name, told }) => ({ do: "connect-entity", words: name, note: told, data: { entity: id } }));
}

function speakerOf({ speaker, part, entity }) {
  const body = speaker ? { speaker } : { part };
  if (entity) body.entity = entity.id;
  if (!body.part) delete body.part;
  return body;
}

function inOrder(parts) {
  const content = parts.filter((part) => part.role === "content").sort((one, other) => one.start - other.start);
  return [...content, ...parts.filter((part) => part.role !== "content")];
}
