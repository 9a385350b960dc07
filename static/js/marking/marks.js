// What can be asked of marks as the API gives them.

export function contentOf(mark) {
  return mark.parts.filter((part) => part.role === "content");
}

export function wordsOf(mark) {
  return contentOf(mark).map(({ exact }) => exact).join(" … ");
}

// Who said it, together or alone; empty where nobody is known to have.
export function speakerName(mark) {
  return mark.attributions.filter(({ speaks }) => speaks).map(({ name }) => name).join(" · ");
}

// Suggestions that this person may decide. Who speaks is decided with the words.
export function undecided(marks) {
  return marks.filter((mark) => mark.status === "suggested" && mark.kind !== "speaker" && mark.may.decide);
}

// The quotes of a text for a choice, those next to a claim first (choosing.js).
export function quotesNear(claim, marks) {
  const far = (mark) => Math.abs(mark.parts[0].start - claim.parts[0].start);
  const quotes = marks.filter((mark) => mark.kind === "quote").sort((one, other) => far(one) - far(other));
  return quotes.map((mark) => ({ do: "link-quote", words: wordsOf(mark), data: { quote: mark.uuid, proposed: "" } }));
}
