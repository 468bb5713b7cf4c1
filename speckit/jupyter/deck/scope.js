// What the research asks for, all items on one card: each in, not in this version, or in a later phase.

import { badge, cite, h, key, refill, coded } from "../views/dom.js";

const NOT_NOW = "Not in this version";
const SHORT = { "In scope": "In", [NOT_NOW]: "Not now", "Later phase": "Later" };

export class Scope {
  constructor(deck) {
    this.deck = deck;
    this.element = h("article", { class: "sk-scope", "aria-label": "Scope" });
    this.update();
  }

  get ids() {
    return this.deck.ids.filter((id) => this.deck.card(id).group === "scope");
  }

  update() {
    const topics = new Map();
    for (const id of this.ids) {
      const { topic } = this.deck.card(id);
      topics.set(topic, [...(topics.get(topic) ?? []), id]);
    }
    const hint = "What the research asks for. Say what this version holds; what you leave is not decided.";
    const next = h(
      "button",
      { onclick: () => this.deck.next(), "data-focus": "next" },
      key("⏎"),
      "Go on to the open questions",
    );
    refill(
      this.element,
      h("h3", {}, "Scope"),
      h("p", { class: "sk-hint" }, hint),
      [...topics].map(([topic, ids]) => this.#topic(topic, ids)),
      h("p", { class: "sk-foot" }, next),
    );
    this.element.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  /** Decide the row in sight, and go on to the next one. */
  chooseNth(nth) {
    const option = this.deck.card(this.deck.at).options[nth - 1];
    if (option) this.#decide([this.deck.at], option.label);
  }

  /** A reason or own words need the whole card. */
  open(field) {
    this.deck.openAlone(this.deck.at, field);
  }

  #decide(ids, label) {
    this.deck.answerMany(Object.fromEntries(ids.map((id) => [id, label])));
    const rows = this.ids;
    const next = rows[rows.indexOf(ids.at(-1)) + 1];
    if (next) this.deck.pace.afterPaint(() => this.deck.go(next));
  }

  #topic(topic, ids) {
    const out = ids.every((id) => this.deck.card(id).options.some((o) => o.recommended && o.label === NOT_NOW));
    const label = out ? NOT_NOW : "In scope";
    const all = h(
      "button",
      { onclick: () => this.#decide(ids, label), "data-focus": `all ${ids[0]}` },
      `All ${ids.length} ${SHORT[label].toLowerCase()}`,
    );
    const heading = h("h4", {}, coded(topic), " ", ids.length > 1 && all);
    return h("section", {}, heading, h("ol", {}, ids.map((id) => this.#row(id))));
  }

  #row(id) {
    const { deck } = this;
    const card = deck.card(id);
    const given = deck.given(id);
    const chosen = given?.choices[0];
    const buttons = card.options.map(({ label, recommended }, i) =>
      h(
        "button",
        {
          "aria-pressed": String(chosen === label),
          "aria-label": `${label}: ${card.text}`,
          "data-focus": `scope ${id} ${label}`,
          onclick: () => this.#decide([id], label),
          title: recommended ? "The research says so" : null,
        },
        key(i + 1),
        SHORT[label] ?? label,
        recommended && " ★",
      ),
    );
    const [place] = card.cited;
    const told = h("span", { class: "sk-item" }, coded(card.text), " ", place && cite(place.label, place.quote, place.place));
    const state = deck.state(id) === "disputed" && badge("Disputed", "disputed");
    const more = h(
      "button",
      { onclick: () => deck.openAlone(id), "aria-label": `More answers: ${card.text}`, "data-focus": `more ${id}` },
      "…",
    );
    return h("li", { "aria-current": id === deck.at && "true" }, told, state, h("span", {}, buttons, more));
  }
}
