// The control API: reading, acting as the person one is, and hearing what happens.

import { place } from "./world.js";
import { toast } from "./toast.js";

/** A control request that was refused; the message is the sentence that says what to do. */
export class Refusal extends Error {}

/** The sandbox cannot be reached; the page says so at its top until it can. */
export class Away extends Error {}

async function asked(path, options) {
  let response;
  try {
    response = await fetch(`/control/${path}`, options);
  } catch (error) {
    throw new Away("The sandbox does not answer.", { cause: error });
  }
  const body = response.status === 204 ? {} : await response.json();
  if (!response.ok) throw new Refusal(body.error ?? `The sandbox answered ${response.status}.`);
  return body;
}

/** Reads from the control API. */
export const read = (path) => asked(path, { cache: "no-store" });

/** Acts through the control API. */
export function send(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  return asked(path, { method: "POST", headers, body: JSON.stringify(body) });
}

/** Reads what the person one is sees in Slack. */
export const seen = (path) => read(`slack/as/${place.me}/${path}`);

/** Does something in Slack as the person one is; what went wrong is shown and also returned. */
export async function act(path, body = {}) {
  try {
    const outcome = await send(`slack/as/${place.me}/${path}`, body);
    if (outcome.error) toast(outcome.seen, [outcome.error, ...outcome.detail].join(" · "));
    return outcome;
  } catch (refusal) {
    explain(refusal);
    return { ok: false, error: "refused", errors: {}, options: [], view: null, closed: false, confirm: null };
  }
}

/** Does something outside Slack; a refusal is shown, and null returned. */
export async function attempt(path, body) {
  try {
    return await send(path, body);
  } catch (refusal) {
    explain(refusal);
    return null;
  }
}

/** Shows why something was not done; an error that is none of ours is thrown again. */
function explain(error) {
  if (!(error instanceof Refusal || error instanceof Away)) throw error;
  toast(error.message);
}

/** Hears what happens: calls heard(kind, data) for each happening and connected(bool) as the stream comes and goes. */
export function listen(kinds, heard, connected) {
  const stream = new EventSource("/control/live");
  for (const kind of kinds) stream.addEventListener(kind, (event) => heard(kind, JSON.parse(event.data)));
  stream.addEventListener("ready", () => connected(true));
  stream.addEventListener("error", () => connected(false));
}
