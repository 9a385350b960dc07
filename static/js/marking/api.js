// Calls to the JSON API. One that the server refuses throws Refused with the line to show to the person and the whole
// problem (RFC 9457); one that could not be answered throws Unreachable: it may be sent again as it is.
//
// Markup: the CSRF token in the form #decisions; the lines for a failed call in data-offline and data-failed of
// #marking-status.

const PATIENCE = 20_000; // milliseconds until a call without an answer counts as failed

export class Refused extends Error {
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

export class Unreachable extends Error {}

export async function call(method, path, body) {
  const response = await sent(method, path, body);
  if (response.ok) return response.status === 204 ? null : response.json();
  const problem = await problemIn(response);
  // Who is signed out, or asks too often, may be heard later; so may everybody when the server is at fault.
  if (problem && response.status < 500 && ![401, 429].includes(response.status)) throw new Refused(problem);
  throw new Unreachable(problem?.detail ?? line("failed"));
}

// Part of a page, as an element: the first one of the answer that the selector finds; null where it cannot be had.
export async function fragment(address, selector) {
  const headers = { "X-Requested-With": "fetch" };
  const asked = { headers, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) };
  try {
    const response = await fetch(address, asked);
    if (!response.ok) return null;
    return new DOMParser().parseFromString(await response.text(), "text/html").querySelector(selector);
  } catch {
    return null;
  }
}

export const articlePath = (article, action) => `/api/articles/${article}/${action}/`;
export const markPath = (uuid, action = "") => `/api/marks/${uuid}/${action ? `${action}/` : ""}`;

async function sent(method, path, body) {
  try {
    return await fetch(path, {
      method,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    throw new Unreachable(line("offline"));
  }
}

async function problemIn(response) {
  const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json");
  return isProblem ? response.json().catch(() => null) : null;
}

function token() {
  return document.querySelector("#decisions [name=csrfmiddlewaretoken]")?.value ?? "";
}

function line(name) {
  return document.querySelector("#marking-status").dataset[name];
}
