// What members say about a mark, with answers, and names of members that are offered after an @.
//
// Markup: [data-comments] holds ol[data-comment-list], template[data-comment] (li with [data-author], time, [data-text],
// [data-removed], buttons [data-reply], [data-edit], [data-delete], and ol[data-replies]), and a form with a textarea,
// [data-answering] around a [data-answered] and a button [data-no-answer], and ul[data-members].

import { call, markPath } from "./api.js";

const NAMING = /(?:^|[^\w.+-])@([\w.@+-]*)$/u;

export class Comments {
  constructor(section, ledger) {
    Object.assign(this, { section, ledger, mark: null });
    this.list = section.querySelector("[data-comment-list]");
    this.row = section.querySelector("[data-comment]");
    this.form = section.querySelector("form");
    this.field = this.form.elements.comment;
    this.members = this.form.querySelector("[data-members]");
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.field.addEventListener("input", () => this.#offerMembers());
    this.section.addEventListener("click", (event) => this.#clicked(event));
  }

  async show(mark) {
    if (this.mark?.uuid !== mark.uuid) {
      this.field.value = "";
      this.list.replaceChildren();
      this.#to({});
    }
    this.mark = mark;
    const answer = await this.#call("GET", markPath(mark.uuid, "comments"));
    if (!answer || this.mark.uuid !== mark.uuid) return;
    this.#fill(answer.comments);
    // What was said to this person is read by now; that it could not be told changes nothing here.
    if (answer.comments.length) call("POST", markPath(mark.uuid, "comments/seen"), {}).catch(() => null);
  }

  #fill(comments) {
    this.list.replaceChildren();
    const rows = new Map();
    for (const comment of comments) {
      const row = this.#rowOf(comment);
      rows.set(comment.id, row);
      (rows.get(comment.reply_to)?.querySelector("[data-replies]") ?? this.list).append(row);
    }
  }

  #rowOf({ id, author, text, created_at: at, deleted, may }) {
    const row = this.row.content.cloneNode(true).firstElementChild;
    const find = (name) => row.querySelector(`[data-${name}]`);
    Object.assign(row.dataset, { id, author: author ?? "" });
    find("author").textContent = author ?? "";
    find("text").textContent = text;
    const time = row.querySelector("time");
    time.dateTime = at;
    time.textContent = new Date(at).toLocaleString(`${document.documentElement.lang}-u-nu-latn`, { dateStyle: "medium", timeStyle: "short" });
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
    if (edit) this.field.value = edit.querySelector("[data-text]").textContent;
    if (reply || edit) this.field.focus();
  }

  // What was written stays in its field until the server has it.
  async #submit(event) {
    event.preventDefault();
    const text = this.field.value;
    const sent = this.edit
      ? await this.#call("PATCH", `/api/comments/${this.edit.dataset.id}/`, { text })
      : await this.#call("POST", markPath(this.mark.uuid, "comments"), { text, reply_to: this.reply ? Number(this.reply.dataset.id) : null });
    if (!sent) return;
    this.field.value = "";
    this.members.replaceChildren();
    this.#to({});
    this.ledger.say("commented");
    this.show(this.mark);
    this.ledger.renew();
  }

  async #clicked({ target }) {
    const row = target.closest("[data-id]");
    if (target.closest("[data-reply]")) this.#to({ reply: row });
    else if (target.closest("[data-edit]")) this.#to({ edit: row });
    else if (target.closest("[data-no-answer]")) this.#to({});
    else if (target.closest("[data-member]")) this.#name(target.closest("[data-member]").dataset.member);
    else if (target.closest("[data-delete]") && (await this.#call("DELETE", `/api/comments/${row.dataset.id}/`))) this.show(this.mark);
  }

  async #offerMembers() {
    const [, begun] = this.field.value.slice(0, this.field.selectionStart).match(NAMING) ?? [];
    const wanted = (this.begun = begun);
    const found = begun === undefined ? null : await call("GET", `/api/members/?q=${encodeURIComponent(begun)}`).catch(() => null);
    if (wanted !== this.begun) return;
    const buttons = (found?.members ?? []).map(({ username, name }) => {
      const item = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
      button.dataset.member = username;
      item.append(button);
      return item;
    });
    this.members.replaceChildren(...buttons);
  }

  #name(username) {
    const { value, selectionStart } = this.field;
    const start = selectionStart - this.begun.length;
    this.field.value = `${value.slice(0, start)}${username} ${value.slice(selectionStart)}`;
    const place = start + username.length + 1;
    this.field.focus();
    this.field.setSelectionRange(place, place);
    this.members.replaceChildren();
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
