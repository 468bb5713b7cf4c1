// One question: its options side by side, the answers that every question allows, and the reason.

import { badge, cite, cut, h, key, refill } from "./dom.js";

const ORIGINS = {
  research: "from the research",
  template: "from the template",
  computed: "always possible",
  author: "added by an author",
  answer: "answered",
};
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
export const decision = (answer) =>
  answer.text || (answer.later && `Later: ${answer.later}`) || answer.choices.join("; ");

export class Card {
  constructor(deck, id) {
    this.deck = deck;
    this.id = id;
    this.head = h("header", { class: "sk-asked" });
    this.sides = h("div", { class: "sk-sides" });
    this.story = h("pre", { class: "sk-story", "aria-label": "Explanation", hidden: true });
    this.options = h("div", { class: "sk-options", role: "group", "aria-label": "Options" });
    this.fixed = h("div", { class: "sk-fixed", role: "group", "aria-label": "Other answers" });
    this.fields = {
      text: this.#field("text", "In your own words", "Write it here.", "Answer"),
      later: this.#field("later", "Later, decided by", deck.about.owner || "team or person", "Defer"),
      premise: this.#field("premise", "The premise does not hold, because", "why", "Answer"),
      because: this.#field("because", "Because", "the reason, in a line; Enter goes on", "Save"),
      note: this.#field("note", "Note", "for the reviewers; not in the spec's text", "Save"),
    };
    this.element = h(
      "article",
      { class: "sk-card", "aria-label": "Question" },
      this.head,
      this.story,
      this.sides,
      this.options,
      h("div", { class: "sk-foot" }, this.fixed, Object.values(this.fields).map((field) => field.row)),
    );
    this.update();
  }

  /** Show what is known now; what is being typed is left alone. */
  update() {
    const { deck, id } = this;
    const card = deck.card(id);
    const given = deck.given(id);
    refill(this.head, this.#heading(card, given));
    refill(this.sides, card.sides.map((side) => this.#side(side)));
    this.choices = [...card.options.map((option) => option.label), ...card.fixed];
    refill(this.options, this.#columns(card, given));
    refill(this.fixed, this.#others(card, given));
    this.#showFields(given);
  }

  /** Open a field and put the caret into it. */
  open(name) {
    if ((name === "because" || name === "note") && !this.deck.given(this.id)) {
      this.deck.announce("Choose first, then give the reason.");
      return;
    }
    this.fields[name].row.hidden = false;
    this.fields[name].input.focus();
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
    if (!card.multiple) {
      this.deck.answer(this.id, { choices: [label] });
      this.open("because");
      return;
    }
    const before = given?.choices ?? [];
    const choices = before.includes(label) ? before.filter((one) => one !== label) : [...before, label];
    if (choices.length) this.deck.answer(this.id, { choices });
    else this.deck.takeBack(this.id);
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
        card.target && h("span", {}, `→ ${card.target}${card.designs ? ", under a heading of its own" : ""}`),
      ),
      h("h3", {}, card.topic),
      h("p", { class: "sk-question" }, card.text),
      card.multiple && h("p", { class: "sk-hint" }, "Several can be chosen."),
      card.cited.length > 0 && h("p", { class: "sk-cited" }, card.cited.map(cited)),
    ];
  }

  #columns(card, given) {
    const effects = this.deck.effectsOf(this.id);
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
      h("span", {}, label),
    );
    return h(
      "div",
      { class: `sk-option${chosen ? " sk-chosen" : ""}` },
      h("div", { class: "sk-label" }, button, origin, recommended),
      row("Tradeoff", option.tradeoff || (option.origin === "computed" ? "—" : "not stated"), !option.tradeoff),
      row("Evidence", option.quotes.length ? option.quotes.map(quote) : "none", !option.quotes.length),
      row("The spec will say", effect ? difference(effect.diff) : "…", !effect),
    );
  }

  /** What the research says itself, in a column of its own. */
  #said(title, words, action, effect) {
    const take = () => (effect ? this.deck.confirm([this.id]) : this.deck.answer(this.id, { text: words }));
    return h(
      "div",
      { class: "sk-option sk-said" },
      h("div", { class: "sk-label" }, h("strong", {}, title), h("blockquote", {}, words)),
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
    const field = (name, letter, label) =>
      h("button", { onclick: () => this.open(name), "data-focus": `open ${name}` }, key(letter), label);
    return [
      ...fixed,
      field("text", "o", "Something else …"),
      field("later", "l", "Later, with an owner …"),
      field("premise", "p", "The premise does not hold …"),
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

  #side(side) {
    const settle = () =>
      this.deck.answer(this.id, {
        choices: side.choices,
        text: side.text,
        later: side.later,
        because: side.because,
        note: side.note,
      });
    return h(
      "div",
      { class: "sk-side" },
      h("strong", {}, `${side.by || "Somebody"}${side.on ? `, ${side.on}` : ""}`),
      h("p", {}, decision(side)),
      side.because && h("p", { class: "sk-hint" }, `Because ${side.because}`),
      h("button", { onclick: settle, "data-focus": `settle ${side.by} ${decision(side)}` }, "Settle for this"),
    );
  }

  /** A line to type in. What it holds is kept by the browser until the kernel has it. */
  #field(name, label, placeholder, action) {
    const id = `sk-${name}-${this.id}-${Math.random().toString(36).slice(2, 8)}`;
    const keep = () => this.deck.drafts.set(this.id, { [name]: input.value });
    const input = h("textarea", { id, rows: 1, placeholder, maxlength: 4000, oninput: keep, "data-field": name });
    const send = () => this.#send(name);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        send();
      } else if (event.key === "ArrowUp" && name === "because" && !input.value) this.#takeQuote();
    });
    const take = h("button", { class: "sk-take", onclick: () => this.#takeQuote() }, key("↑"), "take the quote");
    const row = h(
      "div",
      { class: "sk-field", hidden: true },
      h("label", { for: id }, label),
      input,
      name === "because" && take,
      h("button", { onclick: send }, action),
    );
    return { row, input, take };
  }

  #quote() {
    const chosen = this.deck.given(this.id)?.choices ?? [];
    const option = this.deck.card(this.id).options.find(({ label }) => chosen.includes(label));
    return option?.quotes[0]?.text || option?.tradeoff || "";
  }

  #takeQuote() {
    const { input } = this.fields.because;
    input.value = this.#quote();
    input.dispatchEvent(new Event("input"));
    input.focus();
  }

  #send(name) {
    const words = this.fields[name].input.value.trim();
    const given = this.deck.given(this.id);
    if (name === "because" || name === "note") {
      if (given && words !== given[name]) this.deck.answer(this.id, { ...given, [name]: words });
    } else if (!words) return;
    else if (name === "premise") this.deck.answer(this.id, { choices: [this.deck.about.fixed[2]], because: words });
    else this.deck.answer(this.id, { [name]: words });
    if (name === "text") this.open("because");
    else this.deck.next();
  }

  #showFields(given) {
    const draft = this.deck.drafts.get(this.id);
    for (const [name, { row, input }] of Object.entries(this.fields)) {
      if (input === document.activeElement) continue;
      input.value = draft[name] ?? given?.[name] ?? "";
      const kept = name === "because" ? given : input.value;
      row.hidden = !kept && !draft[name];
    }
    this.fields.because.take.hidden = !this.#quote();
  }
}

/** A cell of an option: its caption, and what stands there. */
function row(caption, content, faint = false) {
  return h("div", { class: faint ? "sk-faint" : null }, h("span", { class: "sk-caption" }, caption), content);
}

function quote({ text, stance, cited: place }) {
  return h("p", { class: `sk-quote sk-${stance}` }, badge(STANCES[stance]), " ", `“${text}” `, cited(place));
}

const cited = ({ label, quote: lines }) => cite(label, cut(lines, 600));

/** The lines that go and come, by section. */
function difference(changes) {
  if (!changes.length) return "nothing outside its own item";
  return changes.map(({ section, removed, added }) =>
    h(
      "div",
      { class: "sk-diff" },
      h("span", { class: "sk-place" }, section),
      removed.map((line) => h("del", {}, line)),
      added.map((line) => h("ins", {}, line)),
    ),
  );
}
