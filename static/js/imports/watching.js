// The page of a run: it is looked at again every two seconds (htmx, on #run-progress) while the run goes on.
//
// A hidden tab asks for nothing and looks as soon as it is seen again. When the server does not answer, the line
// [data-unreachable] says so until it does. Markup: #run-progress with hx-trigger="every 2s, look".

const WATCHED = "run-progress";
const unreachable = document.querySelector("[data-unreachable]");

function ofWatched(event) {
  return event.detail.requestConfig.elt.id === WATCHED;
}

document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (ofWatched(event) && document.hidden) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.getElementById(WATCHED)?.dispatchEvent(new Event("look"));
});
document.body.addEventListener("htmx:afterRequest", (event) => {
  if (!ofWatched(event)) return;
  unreachable.hidden = event.detail.successful;
  // Signed out, or the run is gone: the page itself says which.
  if ([403, 404].includes(event.detail.xhr.status)) location.reload();
});
