// All questions by group: where each stands, and what it came to.

import { badge, cut, h, key, refill, coded } from "../views/dom.js";
import { decision, stateBadge } from "./card.js";

export const GROUPS = {
  scope: "Scope",
  decide: "Decide",
  confirm: "Confirm",
  standing: "Standing",
  statements: "Statements",
};
const TOLD = {
  scope: "what is in, what is not",
  decide: "what the research leaves open",
  confirm: "what the research settled",
  standing: "what every spec must say",
  statements: "filed under open questions, though they ask nothing",
};

export class Overview {
  constructor(deck) {
    this.deck = deck;
    this.ticked = new Set();
    this.toExport = h("button", { onclick: () => deck.leave(), "data-focus": "export" }, key("e"), "Go to the export");
    this.warning = h("p", {});
    this.list = h("div", {});
    this.element = h("div", { class: "sk-overview" }, this.list, h("div", { class: "sk-review" }, this.warning, this.toExport));
  }

  /** Show the questions that hold the words looked for. */
  update(words) {
    const found = this.matching(words);
    const groups = Object.keys(GROUPS).map((name) => [name, found.filter((id) => this.deck.card(id).group === name)]);
    const shown = groups.filter(([, ids]) => ids.length).map(([name, ids]) => this.#group(name, ids, words));
    const left = this.deck.ids.filter((id) => this.deck.isCounted(id) && this.deck.state(id) !== "answered");
    this.warning.textContent = left.length
      ? `${left.length} not answered: they stand in the document as open, provisional or disputed.`
      : "Every question is answered.";
    refill(this.list, shown.length ? shown : h("p", { class: "sk-faint" }, "No question holds these words."));
  }

  /** Questions that hold all of these words. */
  matching(words) {
    const wanted = words.toLowerCase().split(/\s+/);
    return this.deck.ids.filter((id) => {
      const { topic, text, options } = this.deck.card(id);
      const all = [topic, text, ...options.map((option) => option.label)].join(" ").toLowerCase();
      return wanted.every((word) => all.includes(word));
    });
  }

  /** Take what the research answers, for the rows that are ticked. */
  accept() {
    const ids = [...this.ticked].filter((id) => this.deck.state(id) === "confirm");
    this.ticked.clear();
    if (ids.length) this.deck.confirm(ids);
    else this.deck.announce("Tick what you accept first.");
  }

  #group(name, ids, words) {
    const heading = [GROUPS[name], " ", h("small", {}, TOLD[name])];
    const list = h("ol", {}, ids.map((id) => this.#row(id)));
    if (name === "statements") {
      return h("details", { open: Boolean(words) }, h("summary", {}, heading), list);
    }
    const settled = ids.filter((id) => this.deck.state(id) === "confirm");
    const accept = h(
      "button",
      { onclick: () => this.accept(), "data-focus": "accept" },
      key("y"),
      "Accept the ticked answers of the research",
    );
    return h("section", {}, h("h3", {}, heading), list, settled.length > 0 && h("p", {}, accept));
  }

  #row(id) {
    const card = this.deck.card(id);
    const state = this.deck.state(id);
    const given = this.deck.given(id);
    const told = given ? decision(given) : state === "confirm" ? card.resolved : "";
    const tick = h("input", {
      type: "checkbox",
      "aria-label": `Accept: ${card.topic}`,
      "data-focus": `tick ${id}`,
      onchange: ({ target }) => (target.checked ? this.ticked.add(id) : this.ticked.delete(id)),
    });
    tick.checked = this.ticked.has(id);
    return h(
      "li",
      { "data-question": id },
      state === "confirm" ? tick : null,
      h(
        "button",
        { class: "sk-row", onclick: () => this.deck.go(id, "one"), "data-focus": `row ${id}` },
        h("span", { class: "sk-topic" }, coded(card.topic)),
        h("span", { class: "sk-told" }, coded(cut(told || card.text, 160))),
        this.deck.drafts.has(id) ? badge("being written", "provisional") : stateBadge(state),
      ),
    );
  }
}
