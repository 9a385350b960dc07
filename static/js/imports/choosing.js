// <import-start>: files can be dropped, what was chosen is listed, and sending it shows how far it is.
//
// Markup: a form with one file input inside [data-drop]; [data-chosen] takes the list; [data-sending] holds a
// <progress> and [data-sent]; [data-said] takes a line of <template data-line="…"> (bytes, files, folder, broken);
// #start-errors is replaced by the server's when it refuses. data-most-bytes and data-most-files bound what is sent.
// Without this module the form is sent as any other.

class ImportStart extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector('input[type="file"]');
    this.querySelector("[data-drop-invitation]").hidden = false;
    this.input.addEventListener("change", () => this.showChosen());
    this.form.addEventListener("submit", (event) => this.send(event));
    for (const name of ["dragenter", "dragover"]) this.addEventListener(name, (event) => this.invite(event));
    for (const name of ["dragleave", "drop"]) this.addEventListener(name, () => this.mark(false));
    this.addEventListener("drop", (event) => this.take(event));
    this.showChosen(); // A browser that goes back keeps what was chosen.
  }

  invite(event) {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    this.mark(true);
  }

  mark(over) {
    this.querySelector("[data-drop]").classList.toggle("drop-over", over);
  }

  take(event) {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    const items = [...event.dataTransfer.items].filter((item) => item.kind === "file");
    const folders = items.some((item) => item.webkitGetAsEntry()?.isDirectory);
    const all = new DataTransfer();
    for (const file of this.input.files) all.items.add(file);
    for (const item of items) if (!item.webkitGetAsEntry()?.isDirectory) all.items.add(item.getAsFile());
    this.input.files = all.files;
    this.showChosen();
    if (folders) this.say("folder");
  }

  showChosen() {
    const files = [...this.input.files];
    const list = this.querySelector("[data-chosen]");
    list.replaceChildren(...files.map(lineOf));
    list.hidden = !files.length;
    this.say(this.excess());
  }

  excess() {
    const files = [...this.input.files];
    if (files.length > Number(this.dataset.mostFiles)) return "files";
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    return bytes > Number(this.dataset.mostBytes) ? "bytes" : "";
  }

  say(name) {
    const line = name && this.querySelector(`template[data-line="${name}"]`).content.textContent;
    this.querySelector("[data-said]").textContent = line;
  }

  send(event) {
    const excess = this.excess();
    this.say(excess);
    if (excess) event.preventDefault();
    if (excess || !this.input.files.length) return;
    event.preventDefault();
    this.setSending(true);
    const request = new XMLHttpRequest();
    request.open("POST", this.form.action);
    request.responseType = "document";
    request.upload.addEventListener("progress", (sent) => this.showSent(sent));
    request.addEventListener("load", () => this.answer(request));
    request.addEventListener("error", () => this.fail());
    request.send(new FormData(this.form));
  }

  showSent({ loaded, total }) {
    const percent = Math.floor((loaded / total) * 100);
    this.querySelector("[data-sending] progress").value = percent;
    this.querySelector("[data-sent]").textContent = `${percent}%`;
  }

  answer(request) {
    const errors = request.response?.querySelector("#start-errors");
    if (request.status < 400) location.assign(request.responseURL);
    else if (!errors) this.fail();
    else {
      this.setSending(false);
      this.querySelector("#start-errors").replaceChildren(...errors.childNodes);
      this.querySelector("#start-errors .notice")?.focus();
    }
  }

  fail() {
    this.setSending(false);
    this.say("broken");
  }

  setSending(sending) {
    this.querySelector("[data-sending]").hidden = !sending;
    this.querySelector("button.primary").disabled = sending;
    this.showSent({ loaded: 0, total: 1 });
  }
}

function lineOf(file) {
  const line = document.createElement("li");
  const name = document.createElement("bdi");
  name.textContent = file.name;
  const size = document.createElement("span");
  size.dir = "ltr";
  size.textContent = file.size < 1e6 ? `${Math.max(1, Math.round(file.size / 1e3))} kB` : `${(file.size / 1e6).toFixed(1)} MB`;
  line.append(name, " ", size);
  return line;
}

customElements.define("import-start", ImportStart);
