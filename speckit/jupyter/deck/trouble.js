// What is not saved, why, and what can be done about it.

import { h } from "../views/dom.js";
import { decision } from "./card.js";

const PATIENCE = 6000; // ms until an answer that the kernel did not confirm counts as not saved

export class Trouble {
  constructor(deck) {
    this.deck = deck;
    this.unsaved = new Set(deck.ids.filter((id) => deck.drafts.get(id).unsent)); // what an earlier page could not save
    this.refusal = "";
    this.element = h("div", { role: "alert", class: "sk-trouble", hidden: true });
  }

  /** Say what there is; what is said already is not said again. */
  tell() {
    const lines = this.#lines();
    const told = lines.map((line) => line.textContent).join("\n");
    this.element.hidden = !lines.length;
    if (told !== this.told) this.element.replaceChildren(...lines);
    this.told = told;
  }

  #lines() {
    const { deck } = this;
    const { about, outbox } = deck;
    const again = h("button", { onclick: () => outbox.again() }, "Try again");
    const why =
      "Not saved: the kernel does not answer. Where it was restarted, run the notebook again; " +
      "what you chose is kept here. ";
    return [
      about.reader && h("p", {}, "You may look on. To answer, you need permission to write into the folder of specs."),
      this.refusal && h("p", {}, `Not saved: ${this.refusal}`),
      outbox.late(PATIENCE) && h("p", {}, why, again),
      ...[...this.unsaved].filter((id) => deck.drafts.get(id).unsent).map((id) => this.#unsaved(id)),
    ].filter((line) => line);
  }

  #unsaved(id) {
    const { deck } = this;
    const chosen = decision(deck.drafts.get(id).unsent);
    return h(
      "p",
      {},
      `Chosen here but not saved: ${deck.card(id).topic}: ${chosen} `,
      h("button", { onclick: () => this.#settle(id, true) }, "Save"),
      " ",
      h("button", { onclick: () => this.#settle(id, false) }, "Drop"),
    );
  }

  /** Save or drop an answer that an earlier page sent and no kernel confirmed. */
  #settle(id, save) {
    const { unsent } = this.deck.drafts.get(id);
    this.unsaved.delete(id);
    this.deck.drafts.set(id, { unsent: null });
    if (save) this.deck.answer(id, unsent);
    this.deck.update();
  }
}
