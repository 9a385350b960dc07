// The list: when a fragment cannot be fetched, the page itself is opened, so that the reader sees what is wrong.
// What only accompanies the results (#filters) is not worth leaving them for.
//
// Listens to htmx on <body>; needs no markup of its own.

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.body.addEventListener(failure, (event) => {
    if (event.detail.target?.closest("#filters")) return;
    location.assign(event.detail.pathInfo.finalRequestPath);
  });
}
