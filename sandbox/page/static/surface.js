// Messages and views as something with buttons and fields: what a click or a keystroke sends.

import { act } from "./api.js";
import { confirmed } from "./dialogs.js";

/**
 * Returns a surface. `path` maps a deed to its control path, `where` names the surface in its body, and
 * `state` holds what is filled in, as Slack's view.state.values.
 */
function surface({ path, where, state = {}, filled = () => {} }) {
  const deed = (name, place, body) => act(path(name), { ...where, ...place, ...body });
  return {
    /** Returns what a place holds, as Slack's state has it. */
    held: (place) => state[place.block_id]?.[place.action_id],
    /** Presses a button or chooses from what acts at once; asks first where it should. */
    async press(place, value) {
      const first = await deed("action", place, { value });
      if (!first.confirm) return first;
      return (await confirmed(first.confirm)) ? deed("action", place, { value, confirmed: true }) : first;
    },
    /** Fills a field of a form. */
    fill: (place, value) => filled(place, value),
    /** Returns what a menu lists for a query. */
    options: async (place, query) => (await deed("options", place, { query })).options,
  };
}

/** Returns a message as a surface. */
export function onMessage({ channel, ts }) {
  return surface({ path: (name) => name, where: { channel, ts } });
}

/** Returns a view as a surface; `filled` is told what is put into its fields. */
export function onView(view, filled) {
  const path = (name) => (name === "options" ? name : `view/${view.id}/${name}`);
  return surface({ path, where: { view_id: view.id }, state: view.state.values, filled });
}
