// Adding one's own: a question with its options, an option, a goal, a non-goal or a decision, in a few keystrokes.

import { h } from "../views/dom.js";

const KINDS = { question: "Question", option: "Option of the question in sight", goal: "Goal", "non-goal": "Non-goal", decision: "Decision" };

export class Adding {
  constructor(deck) {
    this.deck = deck;
    const names = Object.entries(KINDS).map(([value, name]) => h("option", { value }, name));
    this.kind = h("select", { "aria-label": "What to add", onchange: () => this.#update() }, names);
    this.text = h("textarea", { rows: 1, maxlength: 2000, "aria-label": "In your own words", "data-field": "add" });
    this.options = h("textarea", { rows: 3, maxlength: 4000, placeholder: "Option — tradeoff, one a line" });
    this.options.setAttribute("aria-label", "Options");
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#add();
    });
    for (const input of [this.text, this.options]) input.addEventListener("input", () => this.#keep());
    const buttons = [
      h("button", { onclick: () => this.#add() }, "Add"),
      h("button", { onclick: () => this.close() }, "Cancel"),
    ];
    const parts = [this.kind, this.text, this.options, h("span", {}, buttons)];
    this.element = h("div", { class: "sk-adding", role: "group", "aria-label": "Add your own", hidden: true }, parts);
  }

  open() {
    const { text = "", options = "", kind = "question" } = this.deck.drafts.get("adding");
    Object.assign(this.text, { value: text });
    Object.assign(this.options, { value: options });
    this.kind.value = kind;
    this.element.hidden = false;
    this.#update();
    this.text.focus();
  }

  close() {
    this.element.hidden = true;
    this.deck.home();
  }

  #update() {
    this.options.hidden = this.kind.value !== "question";
    const told = this.kind.value === "option" ? "Option — tradeoff" : `${KINDS[this.kind.value]}, in your own words`;
    this.text.placeholder = `${told}; Enter adds it`;
    this.#keep();
  }

  #keep() {
    this.deck.drafts.set("adding", { kind: this.kind.value, text: this.text.value, options: this.options.value });
  }

  #add() {
    const text = this.text.value.trim();
    if (!text) return;
    const lines = this.options.hidden ? [] : this.options.value.split("\n");
    const options = lines.map((line) => line.trim()).filter((line) => line);
    if (this.kind.value === "option") this.deck.outbox.send({ kind: "offer", question: this.deck.at, text });
    else this.deck.outbox.send({ kind: "add", what: this.kind.value, text, options });
    this.close();
  }

  /** What was typed is in the ledger. */
  clear() {
    Object.assign(this.text, { value: "" });
    Object.assign(this.options, { value: "" });
    this.#keep();
  }
}
