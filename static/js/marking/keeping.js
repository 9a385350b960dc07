// Small things kept in the browser between visits. Storage may be switched off or full; then they last as long as the
// page, and `keep` says so by false.

const passing = new Map();

export function kept(key, otherwise = null) {
  try {
    const text = localStorage.getItem(key);
    if (text !== null) return JSON.parse(text);
  } catch {
    // Falls through to what this page remembers.
  }
  return passing.get(key) ?? otherwise;
}

// `null` forgets it.
export function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    passing.delete(key);
    return true;
  } catch {
    if (value === null) passing.delete(key);
    else passing.set(key, value);
    return false;
  }
}
