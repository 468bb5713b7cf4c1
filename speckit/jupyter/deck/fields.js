// What is typed on a card: reasons, own words, owners. The browser keeps it until the kernel has it.

import { cut, h, key } from "../views/dom.js";

const GIVEN = ["because", "note", "detail"]; // go with an answer that is there
const LEFT = { "": "say no more", remove: "remove what it asks about", leave: "leave that as it is" };

export class Fields {
  constructor(deck, id) {
    this.deck = deck;
    this.id = id;
    this.left = h(
      "select",
      { "aria-label": "What is left", "data-focus": "left" },
      Object.entries(LEFT).map(([value, name]) => h("option", { value }, name)),
    );
    this.settling = h("select", { "aria-label": "The question that settles it", "data-focus": "moot" });
    const take = h("button", { onclick: () => this.takeQuote() }, key("↑"), "take the quote");
    this.take = take;
    this.rows = {
      text: this.#row("text", "In your own words", "Write it here.", "Answer"),
      later: this.#row("later", "Later, decided by", deck.about.owner || "team or person", "Defer"),
      premise: this.#row("premise", "The premise does not hold, because", "why", "Answer", this.left),
      moot: this.#moot(),
      detail: this.#row("detail", "With", "what makes it exact: 15,000", "Save"),
      because: this.#row("because", "Because", "the reason, in a line; Enter goes on", "Save", take),
      note: this.#row("note", "Note", "for the reviewers; not in the spec's text", "Save"),
    };
    this.elements = Object.values(this.rows).map(({ row }) => row);
  }

  /** Open a field and put the caret into it. */
  open(name) {
    if (GIVEN.includes(name) && !this.deck.own(this.id)) {
      this.deck.announce("Choose first, then say more about it.");
      return;
    }
    if (name === "moot") this.#offerQuestions();
    this.rows[name].row.hidden = false;
    this.rows[name].input.focus();
  }

  /** Show what is kept and what the kernel has; what is being typed is left alone. */
  update(given) {
    const draft = this.deck.drafts.get(this.id);
    const moot = given?.choices.includes(this.deck.about.fixed.moot);
    for (const [name, { row, input }] of Object.entries(this.rows)) {
      if (input === document.activeElement) continue;
      if (name === "moot") {
        row.hidden = !row.contains(document.activeElement);
        continue;
      }
      const said = name === "because" && moot ? "" : given?.[name]; // the question that settles it
      input.value = draft[name] ?? said ?? "";
      const kept = name === "because" ? given && !moot : input.value;
      row.hidden = !kept && !draft[name];
    }
    this.take.hidden = !this.#quote();
  }

  /** The questions that may settle this one, the related ones first. */
  #offerQuestions() {
    const near = this.deck.card(this.id).related;
    const others = this.deck.ids.filter((id) => id !== this.id && this.deck.isCounted(id) && !near.includes(id));
    const named = (id) => h("option", { value: id }, cut(this.deck.card(id).topic, 80));
    this.settling.replaceChildren(...[...near, ...others].map(named));
  }

  /** The quote of what was chosen, as its reason. */
  takeQuote() {
    const { input } = this.rows.because;
    input.value = this.#quote();
    input.dispatchEvent(new Event("input"));
    input.focus();
  }

  #quote() {
    const chosen = this.deck.given(this.id)?.choices ?? [];
    const option = this.deck.card(this.id).options.find(({ label }) => chosen.includes(label));
    return option?.quotes[0]?.text || option?.tradeoff || "";
  }

  #row(name, label, placeholder, action, more) {
    const id = `sk-${name}-${this.id}-${Math.random().toString(36).slice(2, 8)}`;
    const keep = () => this.deck.drafts.set(this.id, { [name]: input.value });
    const input = h("textarea", { id, rows: 1, placeholder, maxlength: 4000, oninput: keep, "data-field": name });
    const send = () => this.#send(name);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        send();
      } else if (event.key === "ArrowUp" && name === "because" && !input.value) this.takeQuote();
    });
    const row = h(
      "div",
      { class: "sk-field", hidden: true },
      h("label", { for: id }, label),
      input,
      more,
      h("button", { onclick: send }, action),
    );
    return { row, input };
  }

  #moot() {
    const send = () => {
      this.deck.answer(this.id, { choices: [this.deck.about.fixed.moot], because: this.settling.value });
      this.deck.next();
    };
    const label = h("span", {}, "Moot because of");
    const button = h("button", { onclick: send }, "Answer");
    return { row: h("div", { class: "sk-field", hidden: true }, label, this.settling, button), input: this.settling };
  }

  #send(name) {
    const words = this.rows[name].input.value.trim();
    const given = this.deck.own(this.id);
    if (GIVEN.includes(name)) {
      if (given && words !== given[name]) this.deck.answer(this.id, { ...given, [name]: words });
    } else if (!words) return;
    else if (name === "premise") {
      const { premise, ...left } = this.deck.about.fixed;
      const choices = [premise, left[this.left.value]].filter((label) => label);
      this.deck.answer(this.id, { choices, because: words });
    } else this.deck.answer(this.id, { [name]: words });
    if (name === "text" || name === "detail") this.open("because");
    else this.deck.next();
  }
}
