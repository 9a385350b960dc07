// Calls to the JSON API. A call that fails throws Refused with the line to show to the person.
//
// Markup: the CSRF token in the form #decisions; the lines for a failed call in data-offline and data-failed of
// #marking-status.

export class Refused extends Error {}

export async function call(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
    });
  } catch {
    throw new Refused(line("offline"));
  }
  if (response.ok) return response.status === 204 ? null : response.json();
  throw new Refused(await reason(response));
}

export const articleMarks = (article) => `/api/articles/${article}/marks/`;
export const markPath = (uuid, action = "") => `/api/marks/${uuid}/${action ? `${action}/` : ""}`;

async function reason(response) {
  const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json");
  return (isProblem && (await response.json()).detail) || line("failed");
}

function token() {
  return document.querySelector("#decisions [name=csrfmiddlewaretoken]")?.value ?? "";
}

function line(name) {
  return document.querySelector("#marking-status").dataset[name];
}
