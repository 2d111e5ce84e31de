// Making elements, and showing lists anew without touching what stayed the same.

let numbers = 0;

/** Returns an id that no element has yet. */
export const freshId = (prefix) => `${prefix}-${(numbers += 1)}`;

/** Returns an element; attributes that begin with "on" are listeners, true/false/null set or leave one out. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const shown = new WeakMap();

/**
 * Shows entries {key, stamp, build} as the children of a parent. A node stays while its key and stamp stay;
 * where one with the focus is built anew, the focus goes to the element of the same data-focus.
 */
export function reconcile(parent, entries) {
  const before = shown.get(parent) ?? new Map();
  const after = new Map();
  const focus = focusWithin(parent);
  for (const { key, stamp, build } of entries) {
    const kept = before.get(key);
    after.set(key, kept?.stamp === stamp ? kept : { stamp, node: build() });
  }
  for (const [key, { node }] of before) if (after.get(key)?.node !== node) node.remove();
  let next = parent.firstChild;
  for (const { node } of after.values()) {
    if (node === next) next = next.nextSibling;
    else parent.insertBefore(node, next);
  }
  shown.set(parent, after);
  refocus(parent, focus);
}

function focusWithin(parent) {
  const active = document.activeElement;
  if (!active?.dataset.focus || !parent.contains(active)) return null;
  const caret = "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null;
  return { name: active.dataset.focus, active, caret };
}

function refocus(parent, focus) {
  if (!focus || focus.active.isConnected) return;
  const found = parent.querySelector(`[data-focus="${CSS.escape(focus.name)}"]`);
  found?.focus();
  if (focus.caret && focus.caret[0] !== null && found?.setSelectionRange) found.setSelectionRange(...focus.caret);
}

/** Returns a function that loads and shows; while it runs, another call only makes it run once more. */
export function refresher(load, show) {
  let running = null;
  let again = false;
  async function run() {
    while (again) {
      again = false;
      const found = await load();
      if (found !== undefined) show(found);
    }
  }
  return function refresh() {
    again = true;
    running ??= run().finally(() => (running = null));
    return running;
  };
}

/** Returns a function that calls another once, some milliseconds after the first of several calls. */
export function soon(milliseconds, call) {
  let waiting = null;
  return () => {
    waiting ??= setTimeout(() => {
      waiting = null;
      call();
    }, milliseconds);
  };
}
