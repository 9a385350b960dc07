// Says to screen readers where marks begin and end, which highlights alone do not. An empty element with a label stands at
// each edge: it adds no letter to the text, shows nothing, and leaves letters joined.
//
// Markup: #marking-status with data-edge-begins and data-edge-ends ("… {kind}"), data-edge-suggested ("{kind} …") and
// data-kind-quote|speaker|claim. What the server says on its own segments (role="mark") for readers without scripts goes.

export class SpokenEdges {
  constructor(text) {
    Object.assign(this, { text, lines: document.querySelector("#marking-status").dataset, there: new Map() });
    for (const segment of text.root.querySelectorAll("[role=mark]")) {
      segment.removeAttribute("role");
      segment.removeAttribute("aria-roledescription");
    }
  }

  // These marks and no others.
  show(marks) {
    const wanted = new Map(marks.flatMap((mark) => this.#edgesOf(mark)).map((edge) => [edge.name, edge]));
    for (const [name, element] of this.there) {
      if (wanted.has(name)) continue;
      element.remove();
      this.there.delete(name);
    }
    for (const edge of wanted.values()) if (!this.there.has(edge.name)) this.#place(edge);
  }

  #edgesOf({ uuid, kind, status, parts }) {
    const label = this.lines[`kind${kind[0].toUpperCase()}${kind.slice(1)}`];
    const told = status === "suggested" ? this.lines.edgeSuggested.replace("{kind}", label) : label;
    const edge = (offset, isEnd) => {
      const line = this.lines[isEnd ? "edgeEnds" : "edgeBegins"].replace("{kind}", told);
      return { name: `${uuid} ${offset} ${line}`, offset, isEnd, line };
    };
    const content = parts.filter(({ role }) => role === "content");
    return content.flatMap(({ start, end }) => [edge(start, false), edge(end, true)]);
  }

  // Text nodes are cut, never moved: the ranges that are drawn hold.
  #place({ name, offset, isEnd, line }) {
    const element = document.createElement("span");
    Object.assign(element, { role: "img", ariaLabel: line });
    const point = this.text.pointAt(offset, { end: isEnd });
    if (isEnd && point.offset === point.node.length) point.node.after(element);
    else if (point.offset === 0) point.node.before(element);
    else point.node.splitText(point.offset).before(element);
    this.there.set(name, element);
  }
}
