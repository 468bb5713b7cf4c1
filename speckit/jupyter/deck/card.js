// One question: its options side by side, the answers that every question allows, and the reason.

import { badge, cite, cut, h, key, refill, coded } from "../views/dom.js";
import { Fields } from "./fields.js";

const ORIGINS = {
  research: "from the research",
  template: "from the template",
  computed: "always possible",
  author: "added by an author",
  answer: "answered",
};
export const OPEN = ["open", "disputed"];
const STANCES = { for: "For", against: "Against", bears: "Bears on this" };
const STATES = {
  open: "Open",
  answered: "Answered",
  provisional: "Provisional",
  disputed: "Disputed",
  confirm: "Settled in the research",
};

export const stateBadge = (state) => badge(STATES[state] ?? state, state);

/** What was decided, in the words it was chosen by. */
export function decision({ text, later, choices, detail }) {
  const told = text || (later && `Later: ${later}`) || choices.join("; ");
  return detail ? `${told}, with: ${detail}` : told;
}

export class Card {
  constructor(deck, id) {
    this.deck = deck;
    this.id = id;
    this.head = h("header", { class: "sk-asked" });
    this.sides = h("div", { class: "sk-sides" });
    this.story = h("pre", { class: "sk-story", "aria-label": "Explanation", hidden: true });
    this.options = h("div", { class: "sk-options", role: "group", "aria-label": "Options" });
    this.fixed = h("div", { class: "sk-fixed", role: "group", "aria-label": "Other answers" });
    this.fields = new Fields(deck, id);
    this.near = h("div", { class: "sk-near" });
    this.element = h(
      "article",
      { class: "sk-card", "aria-label": "Question" },
      this.head,
      this.story,
      this.sides,
      this.options,
      h("div", { class: "sk-foot" }, this.fixed, this.fields.elements, this.near),
    );
    this.update();
  }

  /** Show what is known now; what is being typed is left alone. */
  update() {
    const { deck, id } = this;
    const card = deck.card(id);
    const given = deck.given(id);
    refill(this.head, this.#heading(card, given));
    refill(this.sides, card.shaken && this.#shaken(card.shaken), card.sides.map((side) => this.#side(side)));
    this.choices = [...card.options.map((option) => option.label), ...card.fixed];
    refill(this.options, this.#columns(card, given));
    refill(this.fixed, this.#others(card, given));
    refill(this.near, this.still ? this.#stillStanding(card) : []);
    this.fields.update(given);
  }

  open(name) {
    this.fields.open(name);
  }

  /** Ask who decided this, or fold the story away. */
  explain() {
    if (this.story.hidden) this.deck.outbox.tell({ kind: "explain", question: this.id });
    else this.story.hidden = true;
  }

  /** The story came. */
  tell({ question, story }) {
    if (question !== this.id) return;
    this.story.textContent = story;
    this.story.hidden = false;
  }

  chooseNth(nth) {
    if (this.choices[nth - 1]) this.choose(this.choices[nth - 1]);
  }

  choose(label) {
    const card = this.deck.card(this.id);
    const given = this.deck.given(this.id);
    this.still = true;
    this.#press(label);
    if (!card.multiple) {
      this.deck.answer(this.id, { choices: [label] });
      this.deck.pace.afterPaint(() => this.open("because"));
      return;
    }
    const before = given?.choices ?? [];
    const choices = before.includes(label) ? before.filter((one) => one !== label) : [...before, label];
    if (choices.length) this.deck.answer(this.id, { choices });
    else this.deck.takeBack(this.id);
  }

  /** Show at once which one was pressed; the rest of the card follows. */
  #press(label) {
    for (const button of this.element.querySelectorAll(`[data-focus="${CSS.escape(`choose ${label}`)}"]`)) {
      button.setAttribute("aria-pressed", "true");
      button.closest(".sk-option")?.classList.add("sk-chosen");
    }
  }

  #heading(card, given) {
    const by = given && !given.provisional && given.by ? `by ${given.by}${given.on ? `, ${given.on}` : ""}` : "";
    return [
      h(
        "p",
        { class: "sk-where" },
        stateBadge(this.deck.state(this.id)),
        by && h("span", {}, by),
        given && h("button", { onclick: () => this.deck.takeBack(this.id), "data-focus": "back" }, "Take back"),
        given && h("button", { onclick: () => this.explain(), "data-focus": "explain" }, key("x"), "Explain"),
        card.target && this.#target(card),
      ),
      h("h3", {}, coded(card.topic)),
      h("p", { class: "sk-question" }, coded(card.text)),
      card.multiple && h("p", { class: "sk-hint" }, "Several can be chosen."),
      card.cited.length > 0 && h("p", { class: "sk-cited" }, card.cited.map(cited)),
      card.related.length > 0 && h("p", { class: "sk-hint" }, "Related: ", card.related.map((id) => this.#link(id))),
    ];
  }

  /** The section that an answer is written into, and others to choose from. */
  #target(card) {
    const chosen = this.deck.targetOf(this.id) || card.target;
    const sections = this.deck.about.targets;
    const names = sections.map(({ number, name, role }) =>
      h("option", { value: number, selected: number === chosen }, role === "design" ? `${name}, a heading of its own` : name),
    );
    const properties = { "aria-label": "Written into", "data-focus": "target" };
    properties.onchange = ({ target }) => this.deck.aim(this.id, target.value);
    return h("label", { class: "sk-target" }, "→ ", h("select", properties, names));
  }

  #nameOf(number) {
    return this.deck.about.targets.find((section) => section.number === number)?.name ?? number;
  }

  #link(id) {
    return h("button", { class: "sk-link", onclick: () => this.deck.go(id), "data-focus": `near ${id}` }, coded(this.deck.card(id).topic));
  }

  /** Asked once, behind an answer: whether what speaks of the same thing is still to be decided. */
  #stillStanding(card) {
    const open = card.related.filter((id) => OPEN.includes(this.deck.state(id)));
    if (!open.length) return [];
    const moot = (id) => this.deck.answer(id, { choices: [this.deck.about.fixed.moot], because: this.id });
    const row = (id) =>
      h("li", {}, this.#link(id), " ", h("button", { onclick: () => moot(id), "data-focus": `moot ${id}` }, "Moot by this"));
    return [h("p", {}, "Do these still stand?"), h("ul", {}, open.map(row))];
  }

  #columns(card, given) {
    const effects = this.deck.effects.of(this.id);
    const columns = card.options.map((option, i) =>
      this.#column(option.label, i + 1, option, given, effects?.[option.label]),
    );
    if (card.resolved) columns.unshift(this.#said("The research answers", card.resolved, "Confirm", effects?.[""]));
    if (card.recommended) columns.push(this.#said("Research recommends", card.recommended, "Take these words"));
    return columns;
  }

  #column(label, number, option, given, effect) {
    const chosen = Boolean(given?.choices.includes(label));
    const choose = () => this.choose(label);
    const origin = badge(ORIGINS[option.origin] ?? option.origin, `from-${option.origin}`);
    const recommended = option.recommended && badge("research recommends", "recommended");
    const button = h(
      "button",
      { class: "sk-choose", "aria-pressed": String(chosen), onclick: choose, "data-focus": `choose ${label}` },
      number <= 9 && key(number),
      h("span", {}, coded(label)),
    );
    return h(
      "div",
      { class: `sk-option${chosen ? " sk-chosen" : ""}` },
      h("div", { class: "sk-label" }, button, origin, recommended),
      row("Tradeoff", coded(option.tradeoff) || (option.origin === "computed" ? "—" : "not stated"), !option.tradeoff),
      row("Evidence", option.quotes.length ? option.quotes.map(quote) : "none", !option.quotes.length),
      row("The spec will say", effect ? difference(effect.diff) : "…", !effect),
    );
  }

  /** What the research says itself, in a column of its own. */
  #said(title, told, action, effect) {
    const take = () => (effect ? this.deck.confirm([this.id]) : this.deck.answer(this.id, { text: told }));
    return h(
      "div",
      { class: "sk-option sk-said" },
      h("div", { class: "sk-label" }, h("strong", {}, title), h("blockquote", {}, coded(told))),
      h("div", {}, h("button", { onclick: take, "data-focus": title }, action)),
      h("div", {}),
      effect ? row("The spec will say", difference(effect.diff)) : h("div", {}),
    );
  }

  #others(card, given) {
    const fixed = card.fixed.map((label, i) => {
      const chosen = Boolean(given?.choices.includes(label));
      const number = card.options.length + i + 1;
      const properties = { "aria-pressed": String(chosen), "data-focus": `choose ${label}` };
      properties.onclick = () => this.choose(label);
      return h("button", properties, number <= 9 && key(number), label);
    });
    const chosen = Boolean(given?.choices.length);
    const field = (name, letter, label) =>
      h("button", { onclick: () => this.open(name), "data-focus": `open ${name}` }, key(letter), label);
    return [
      ...fixed,
      field("text", "o", "Something else …"),
      field("later", "l", "Later, with an owner …"),
      field("premise", "p", "The premise does not hold …"),
      field("moot", "m", "Moot …"),
      chosen && field("detail", "w", "With …"),
      given && field("because", "b", "Because …"),
      given && field("note", "n", "Note …"),
      h(
        "span",
        { class: "sk-steps" },
        h("button", { onclick: () => this.deck.move(-1), "data-focus": "previous" }, key("k"), "Previous"),
        h("button", { onclick: () => this.deck.next(), "data-focus": "next" }, key("⏎"), "Next open"),
      ),
    ];
  }

  /** An answer whose ground moved: what the research said when it was given, and says now. */
  #shaken({ reason, before, now, ...given }) {
    const uphold = () => this.deck.uphold(this.id);
    return h(
      "div",
      { class: "sk-side" },
      h("strong", {}, "Needs confirmation"),
      h("p", {}, `${given.by || "Somebody"} answered “`, coded(decision(given)), "”; ", coded(reason)),
      h("div", { class: "sk-diff" }, before && h("del", {}, before), now && now !== before && h("ins", {}, now)),
      h("button", { onclick: uphold, "data-focus": "uphold" }, "It holds"),
    );
  }

  #side(side) {
    const settle = () =>
      this.deck.answer(this.id, {
        choices: side.choices,
        text: side.text,
        later: side.later,
        because: side.because,
        note: side.note,
        detail: side.detail,
        target: side.target,
      });
    return h(
      "div",
      { class: "sk-side" },
      h("strong", {}, `${side.by || "Somebody"}${side.on ? `, ${side.on}` : ""}`),
      h("p", {}, coded(decision(side))),
      side.target && h("p", { class: "sk-hint" }, `→ ${this.#nameOf(side.target)}`),
      side.because && h("p", { class: "sk-hint" }, `Because ${side.because}`),
      h("button", { onclick: settle, "data-focus": `settle ${side.by} ${decision(side)}` }, "Settle for this"),
    );
  }
}

/** A cell of an option: its caption, and what stands there. */
function row(caption, content, faint = false) {
  return h("div", { class: faint ? "sk-faint" : null }, h("span", { class: "sk-caption" }, caption), content);
}

function quote({ text, stance, cited: place }) {
  return h("p", { class: `sk-quote sk-${stance}` }, badge(STANCES[stance]), " “", coded(text), "” ", cited(place));
}

const cited = ({ label, quote: lines, place }) => cite(label, cut(lines, 600), place);

/** The lines that go and come, by section. */
function difference(changes) {
  if (!changes.length) return "nothing outside its own item";
  return changes.map(({ section, removed, added }) =>
    h(
      "div",
      { class: "sk-diff" },
      h("span", { class: "sk-place" }, section),
      removed.map((line) => h("del", {}, coded(line))),
      added.map((line) => h("ins", {}, coded(line))),
    ),
  );
}
