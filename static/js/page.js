// Every page: says that scripts run (class "js" on <html>) and keeps the chosen theme.
//
// Loaded with blocking="render", so that a chosen theme is there from the first paint.
// Markup: <theme-switch hidden> around radio buttons named "theme" with the values auto, light and dark.

const KEY = "newsdesk.theme";
const root = document.documentElement;

function chosen() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // Storage may be switched off; the theme then follows the system.
  }
}

function apply(theme) {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
}

class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    const current = this.querySelector(`input[value="${root.dataset.theme ?? "auto"}"]`);
    if (current) current.checked = true;
    this.addEventListener("change", (event) => this.choose(event.target.value));
    this.hidden = false;
  }

  choose(theme) {
    apply(theme);
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // The choice then holds for this page.
    }
  }
}

root.classList.add("js");
apply(chosen());
customElements.define("theme-switch", ThemeSwitch);
