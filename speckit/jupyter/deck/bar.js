// What stands above the questions: progress, groups and tools.

import { h, key } from "../views/dom.js";
import { OPEN } from "./card.js";
import { GROUPS } from "./overview.js";

/** How far it is, and the groups. */
export function groups(deck) {
  const counted = deck.ids.filter((id) => deck.isCounted(id));
  const answered = counted.filter((id) => deck.state(id) === "answered").length;
  const names = Object.keys(GROUPS).filter((name) => deck.ids.some((id) => deck.card(id).group === name));
  return [
    h("progress", { max: counted.length || 1, value: answered, "aria-label": "Questions answered" }),
    h("nav", { "aria-label": "Groups of questions" }, names.map((name) => tab(deck, name))),
  ];
}

/** How far it is in words, and the tools. */
export function tools(deck) {
  const counted = deck.ids.filter((id) => deck.isCounted(id));
  const count = (state) => counted.filter((id) => deck.state(id) === state).length;
  const states = { open: "open", disputed: "disputed", provisional: "provisional", confirm: "to confirm" };
  const rest = Object.entries(states).filter(([state]) => count(state));
  const told = [`${count("answered")} of ${counted.length} answered`, ...rest.map(([state, name]) => `${count(state)} ${name}`)];
  const other = deck.mode === "one" ? "Overview" : "One at a time";
  return [
    h("span", { class: "sk-count" }, told.join(" · ")),
    h(
      "span",
      { class: "sk-tools" },
      h("button", { onclick: () => deck.turn(), "data-focus": "mode" }, key("v"), other),
      h("button", { onclick: () => deck.adding.open(), "data-focus": "add" }, key("a"), "Add"),
      h("button", { onclick: () => deck.undo(), "data-focus": "undo" }, key("u"), "Undo"),
      h("button", { onclick: () => deck.showKeys(), "data-focus": "help" }, key("?"), "Keys"),
    ),
  ];
}

function tab(deck, name) {
  const ids = deck.ids.filter((id) => deck.card(id).group === name);
  const left = ids.filter((id) => [...OPEN, "confirm"].includes(deck.state(id)));
  const current = deck.mode === "one" && deck.card(deck.at)?.group === name;
  const go = () => deck.go(left[0] ?? ids[0], "one");
  const label = `${GROUPS[name]} ${ids.length - left.length}/${ids.length}`;
  return h("button", { onclick: go, "aria-current": current && "true", "data-focus": `group ${name}` }, label);
}
