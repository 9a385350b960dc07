// Whether an edit had reached the server before and only its answer was lost: then sending it again is no error, and
// must do nothing twice.

import { call, markPath, Refused } from "./api.js";

// What the server has of an edit that it refuses now, because an earlier try had arrived: the mark as it is (null where it
// is gone, as it should be). Undefined where the refusal means what it says.
export async function arrived(edit, { code, theirs = null }) {
  if (edit.method === "POST" && !edit.mark) return code === "already_marked" ? null : undefined;
  if (edit.act === "deleted" && (code === "not_found" || (code === "changed_meanwhile" && !theirs))) return null;
  return code === "changed_meanwhile" && theirs && (await wants(edit, theirs)) ? theirs : undefined;
}

// A comment that is there already, word for word, since it was written. True or false.
export async function isThere({ act, method, path, body, after }) {
  if (act !== "commented" || method !== "POST") return false;
  const { comments } = await call("GET", path).catch((error) => {
    if (error instanceof Refused) return { comments: [] };
    throw error;
  });
  return isAmong(comments, { body, after });
}

export function isAmong(comments, { body, after }) {
  const text = body.text.trim();
  return comments.some(({ id, may, text: said, reply_to: to }) => id > after && may.edit && said === text && to === body.reply_to);
}

async function wants({ act, body }, theirs) {
  if (act === "accepted" || act === "rejected") return theirs.status === act;
  if (act === "tagged") return String(theirs.tags) === String(body.tags);
  if (act === "connected") return isConnected(body, theirs.attributions[0]);
  if (act === "disconnected") return !theirs.attributions.length;
  if (act === "linked") return theirs.quote === body.quote;
  if (act === "unlinked") return theirs.quote === null;
  if (body?.parts) return spans(theirs.parts) === spans(body.parts);
  if (body?.note !== undefined) return theirs.note === body.note;
  if (body?.quote_type) return theirs.quote_type === body.quote_type;
  return false;
}

// Each of the ways to name a speaker that the edit used leads to the one who is connected.
async function isConnected({ speaker, part, entity, name }, link) {
  if (link?.certainty !== "confirmed") return false;
  if (speaker && link.speaker !== speaker) return false;
  if (entity && link.entity?.id !== entity) return false;
  if (name && link.name !== name) return false;
  if (!part) return true;
  const words = link.speaker && (await call("GET", markPath(link.speaker)).catch(() => null));
  return Boolean(words && words.parts[0].start === part.start && words.parts[0].end === part.end);
}

// In any order: the server has them by their place.
function spans(parts) {
  return JSON.stringify(parts.map(({ role, start, end }) => [start, end, role]).sort(([one], [other]) => one - other));
}
