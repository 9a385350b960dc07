// What a list of choices is made of (choosing.js), and how what is typed is compared with it.

// {do, words, note, data}: what it does, what it says, why it is there, and its further data-* values. `mark` names the
// kind of option by one more of these.
export function optionOf({ do: act, words, note = "", data = {} }, mark = null) {
  const item = document.createElement("li");
  Object.assign(item.dataset, data, { do: act, made: "" }, mark ? { [mark]: "" } : {});
  item.role = "option";
  const name = document.createElement("bdi");
  name.textContent = words;
  item.append(name);
  if (note) {
    const why = document.createElement("small");
    why.textContent = note;
    item.append(" ", why);
  }
  return item;
}

// For comparing only: without vowel signs and tatweel, with the letters that are often written for each other as one.
export function folded(text) {
  return text
    .normalize("NFKC")
    .replace(/[\u0640\u064b-\u0652\u0670]/g, "")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه")
    .toLowerCase()
    .trim();
}
