// The keys of the deck: what each does, and the panel that tells.

import { h } from "../views/dom.js";

const DIGITS = [..."123456789"];
const open = (field) => (deck) => deck.shown?.open(field);

const KEYS = [
  { told: "1 – 9", keys: DIGITS, what: "choose", act: (deck, name) => deck.shown?.chooseNth(Number(name)) },
  { told: "j ↓ →", keys: ["j", "ArrowDown", "ArrowRight"], what: "next question", act: (deck) => deck.move(1) },
  { told: "k ↑ ←", keys: ["k", "ArrowUp", "ArrowLeft"], what: "previous question", act: (deck) => deck.move(-1) },
  { told: "Enter", keys: ["Enter"], what: "next open question", act: (deck) => deck.next() },
  { told: "b", keys: ["b"], what: "because …", act: open("because") },
  { told: "n", keys: ["n"], what: "note", act: open("note") },
  { told: "o", keys: ["o"], what: "something else, in your own words", act: open("text") },
  { told: "l", keys: ["l"], what: "later, with an owner", act: open("later") },
  { told: "p", keys: ["p"], what: "the premise does not hold", act: open("premise") },
  { told: "m", keys: ["m"], what: "moot because of another question", act: open("moot") },
  { told: "w", keys: ["w"], what: "with: what makes the choice exact", act: open("detail") },
  { told: "a", keys: ["a"], what: "add an option, question, goal, non-goal or decision", act: (deck) => deck.adding.open() },
  { told: "x", keys: ["x"], what: "explain: who decided this, and why", act: (deck) => deck.shown?.explain?.() },
  { told: "c", keys: ["c"], what: "open the cited lines beside", act: (deck) => deck.stage.querySelector("[data-open]")?.click() },
  { told: "u", keys: ["u"], what: "undo", act: (deck) => deck.undo() },
  { told: "v", keys: ["v"], what: "overview, and back", act: (deck) => deck.turn() },
  { told: "y", keys: ["y"], what: "accept what is ticked", act: (deck) => deck.overview.accept() },
  { told: "e", keys: ["e"], what: "review all answers, then go to the export", act: (deck) => deck.leave() },
  { told: "/", keys: ["/"], what: "find", act: (deck) => deck.look() },
  { told: "?", keys: ["?"], what: "these keys", act: (deck) => deck.showKeys() },
  { told: "Esc", keys: ["Escape"], what: "leave a field", act: (deck) => deck.home() },
];

/** Do what a key says, and keep it from JupyterLab, whose command mode would take it. */
export function press(deck, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  event.stopPropagation();
  // What waited may have put the caret into a field: letters go there, as they would have a moment later.
  const target = event.key === "Enter" ? event.target : document.activeElement;
  const typing = target.matches("input:not([type=checkbox]), textarea, select");
  const pressing = event.target !== deck.element && [" ", "Enter"].includes(event.key);
  if ((typing || pressing) && event.key !== "Escape") return;
  const found = KEYS.find(({ keys }) => keys.includes(event.key));
  if (!found) return;
  event.preventDefault();
  found.act(deck, event.key);
}

/** The keys, folded away. */
export function helpPanel() {
  const rows = KEYS.map(({ told, what }) => [h("dt", {}, told), h("dd", {}, what)]);
  return h("div", { class: "sk-help", role: "region", "aria-label": "Keys", hidden: true }, h("dl", {}, rows));
}
