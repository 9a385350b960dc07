// The filters on a small screen are a sheet over the page: Escape and a touch outside close it.
//
// Markup: <details id="filters"> whose summary opens and closes it; whether it is a sheet is the style sheet's to say.

const filters = () => document.getElementById("filters");
const isSheet = (details) => details?.open && getComputedStyle(details).position === "fixed";

document.addEventListener("keydown", (event) => {
  const details = filters();
  if (event.key !== "Escape" || !isSheet(details)) return;
  details.open = false;
  details.querySelector("summary").focus();
});

document.addEventListener("pointerdown", (event) => {
  const details = filters();
  if (isSheet(details) && !details.contains(event.target)) details.open = false;
});
