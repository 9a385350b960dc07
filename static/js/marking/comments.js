// What members say about a mark, with answers, and names of members that are offered after an @. What is written is kept
// as it is typed (drafts.js); what was sent waits with the other edits until the server has it.
//
// Markup: [data-comments] holds ol[data-comment-list], template[data-comment] (li with [data-author], time, [data-text],
// [data-removed], [data-unsent], buttons [data-reply], [data-edit], [data-delete], and ol[data-replies]), and a form with a
// textarea, [data-kept], [data-answering] around a [data-answered] and a button [data-no-answer], and ul[data-members].

import { call, markPath } from "./api.js";
import { isAmong } from "./arriving.js";
import { Draft } from "./drafts.js";
import { Naming } from "./naming.js";

export class Comments {
  constructor(section, ledger, editing) {
    Object.assign(this, { section, ledger, editing, mark: null, reply: null, edit: null, last: 0 });
    this.list = section.querySelector("[data-comment-list]");
    this.row = section.querySelector("[data-comment]");
    this.form = section.querySelector("form");
    this.field = this.form.elements.comment;
    new Naming(this.field, this.form.querySelector("[data-members]"));
    this.draft = new Draft(this.field, this.form.querySelector("[data-kept]"), {
      owner: ledger.container.dataset.owner,
      about: () => ({ reply: this.reply?.dataset.id, edit: this.edit?.dataset.id }),
      discarded: () => this.#to({}),
    });
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.section.addEventListener("click", (event) => this.#clicked(event));
    ledger.container.addEventListener("comment-saved", ({ detail }) => detail.about === this.mark?.uuid && this.show(this.mark));
  }

  async show(mark) {
    const isOther = this.mark?.uuid !== mark.uuid;
    this.mark = mark;
    let before = null;
    if (isOther) {
      this.list.replaceChildren();
      this.#to({});
      before = this.draft.open(`comment.${mark.uuid}`);
    }
    const answer = await this.#call("GET", markPath(mark.uuid, "comments"));
    if (this.mark.uuid !== mark.uuid) return;
    this.#fill(answer?.comments ?? []);
    if (before) this.#to({ reply: this.#row(before.reply), edit: this.#row(before.edit) });
    // What was said to this person is read by now; that it could not be told changes nothing here.
    if (answer?.comments.length) call("POST", markPath(mark.uuid, "comments/seen"), {}).catch(() => null);
  }

  get #waiting() {
    return this.editing.unsentAbout(this.mark).filter(({ act }) => act === "commented");
  }

  #row(id) {
    return id ? this.list.querySelector(`[data-id="${id}"]`) : null;
  }

  // Those that the server has, then those that wait for it.
  #fill(comments) {
    this.list.replaceChildren();
    this.last = Math.max(0, ...comments.map(({ id }) => id));
    for (const comment of comments) this.#under(comment.reply_to).append(this.#rowOf(comment));
    for (const { body } of this.#waiting.filter((edit) => !isAmong(comments, edit))) {
      const row = this.#rowOf({ id: "", text: body.text, created_at: null, may: {} });
      row.querySelector("[data-unsent]").hidden = false;
      row.querySelector("[data-reply]").hidden = true;
      this.#under(body.reply_to).append(row);
    }
  }

  #under(id) {
    return this.#row(id)?.querySelector("[data-replies]") ?? this.list;
  }

  #rowOf({ id, author, text, created_at: at, deleted = false, may }) {
    const row = this.row.content.cloneNode(true).firstElementChild;
    const find = (name) => row.querySelector(`[data-${name}]`);
    Object.assign(row.dataset, { id, author: author ?? "" });
    find("author").textContent = author ?? "";
    find("text").textContent = text;
    const time = row.querySelector("time");
    if (at) time.dateTime = at;
    if (at) time.textContent = new Date(at).toLocaleString(`${document.documentElement.lang}-u-nu-latn`, { dateStyle: "medium", timeStyle: "short" });
    find("removed").hidden = !deleted;
    find("text").hidden = deleted;
    find("reply").hidden = deleted;
    find("edit").hidden = !may.edit;
    find("delete").hidden = !may.delete;
    return row;
  }

  // What the form is for: a new comment, an answer (`reply`: a row), other words for one (`edit`: a row).
  #to({ reply = null, edit = null }) {
    Object.assign(this, { reply, edit });
    this.form.querySelector("[data-answering]").hidden = !reply;
    this.form.querySelector("[data-answered]").textContent = reply?.dataset.author ?? "";
    if (reply || edit) this.field.focus();
  }

  // The outbox has it before the field gives it up.
  async #submit(event) {
    event.preventDefault();
    const { mark, edit, reply } = this;
    const text = this.field.value;
    const path = edit ? `/api/comments/${edit.dataset.id}/` : markPath(mark.uuid, "comments");
    const body = edit ? { text } : { text, reply_to: reply ? Number(reply.dataset.id) : null };
    const sending = this.editing.comment(mark, { method: edit ? "PATCH" : "POST", path, body, after: this.last });
    this.draft.done();
    this.#to({});
    const outcome = await sending;
    if (this.mark.uuid !== mark.uuid) return;
    if (!outcome) {
      this.#to({ reply, edit });
      this.draft.putBack(text);
    } else if (outcome === "waits") this.show(mark);
  }

  async #clicked({ target }) {
    const row = target.closest("[data-id]");
    if (target.closest("[data-reply]")) this.#to({ reply: row });
    else if (target.closest("[data-edit]")) this.#reword(row);
    else if (target.closest("[data-no-answer]")) this.#to({});
    else if (target.closest("[data-delete]") && (await this.#call("DELETE", `/api/comments/${row.dataset.id}/`))) this.show(this.mark);
  }

  #reword(row) {
    this.#to({ edit: row });
    this.field.value = row.querySelector("[data-text]").textContent;
    this.draft.keep();
  }

  async #call(...what) {
    try {
      return await call(...what);
    } catch (error) {
      this.ledger.say(error.message, { problem: true });
      return null;
    }
  }
}
