// Files that people give: reading them, and the control that takes several.

import { h } from "./dom.js";

/** Returns a file from the browser as the control API takes it. */
export async function given(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return { name: file.name, content_base64: btoa(binary) };
}

/** Returns a size in bytes for people. */
export const sized = (bytes) => (bytes < 1024 ? `${bytes} B` : bytes < 1_048_576 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`);

// What was given to each field; the sandbox takes all files of a field anew each time.
const kept = new Map();

/** Returns the control of a file_input. */
export function fileControl({ element, held, put, id, focus, place }) {
  const key = `${place.view}/${focus}`;
  if (!held?.files?.length) kept.delete(key);
  const files = kept.get(key) ?? [];
  const names = h("ul", { class: "given" });
  const types = element.filetypes?.map((type) => `.${type}`).join(",");
  const input = h("input", { id, type: "file", multiple: (element.max_files ?? 10) > 1, accept: types, "data-focus": focus });
  const changed = () => {
    kept.set(key, files);
    draw();
    put([...files], { done: true });
  };
  const draw = () => names.replaceChildren(...files.map((file, index) => {
    const remove = () => (files.splice(index, 1), changed());
    return h("li", {}, `📎 ${file.name} `, h("button", { type: "button", class: "bare", "aria-label": `Remove ${file.name}`, onclick: remove }, "✕"));
  }));
  input.addEventListener("change", async () => {
    const added = await Promise.all([...input.files].map(given));
    input.value = "";
    files.push(...added);
    changed();
  });
  draw();
  return h("div", { class: "files" }, input, names);
}
