// Elements made with text as text. `showSafeHtml` is the one place where markup comes in.

/** Make an element. `on…` properties are listeners, null and false ones are left out, strings are text. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child));
  return element;
}

/** A text whose code marks become code: set as text all the same, never as markup. */
export const coded = (text) =>
  text &&
  text
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? h("code", {}, part.slice(1, -1)) : part));

/** Show HTML that Python's `safe_html` made; nothing else may be given to it. */
export function showSafeHtml(element, html) {
  element.innerHTML = html;
  for (const link of element.querySelectorAll("a")) {
    const web = /^https?:/i.test(link.getAttribute("href") ?? "");
    if (web) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
    else citation(link);
  }
}

/** A relative link would leave the notebook: it becomes a mark that tells its place. */
function citation(link) {
  const place = (link.getAttribute("href") ?? "").replace(/^(\.\.\/)+/, "");
  link.replaceWith(cite(link.textContent, place.replace("#L", ", line "), place));
}

/** A place in the research, short: its whole name is told with the title. JupyterLab opens it beside, if it can. */
export function cite(words, title, place) {
  const label = words.replace(/\s+/g, " ").trim();
  const [, name, lines] = label.match(/^(?:\d{4}-\d{2}-\d{2}-)?(.*?)(?:\.md)?(:[\d-]+)?$/);
  return h("span", { class: "sk-cite", title: `${label}\n${title}`, "data-open": place }, cut(name, 24) + (lines ?? ""));
}

/** Say something to the kernel; where it is gone, that is told in `trouble`. */
export function say(model, message, trouble) {
  try {
    model.send(message);
  } catch {
    trouble.hidden = false;
    trouble.textContent = "Not done: the kernel does not answer. Run the notebook again.";
  }
}

/** Replace what an element holds, and put the focus back on the element of the same `data-focus`. */
export function refill(element, ...children) {
  const focused = element.contains(document.activeElement) && document.activeElement.dataset.focus;
  element.replaceChildren(...children.flat(Infinity).filter((child) => child));
  if (focused) element.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** A small word on a coloured ground. */
export const badge = (text, kind = "") => h("span", { class: `sk-badge ${kind && `sk-${kind}`}` }, text);

/** The key that does the same, shown on a control. */
export const key = (name) => h("kbd", { "aria-hidden": "true" }, name);

export const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);
