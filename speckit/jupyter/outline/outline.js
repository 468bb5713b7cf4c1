// The outline of the draft: its sections with where they stand, and one of them with its passages.

import { badge, cite, h, refill, say, showSafeHtml } from "../views/dom.js";
import { Pace, follow } from "../views/pace.js";

class OutlineView {
  constructor(model) {
    this.model = model;
    this.shown = null;
    this.list = h("nav", { class: "sk-outline", "aria-label": "Sections of the draft" });
    this.page = h("div", { class: "sk-sheet sk-page", "aria-live": "polite" });
    this.trouble = h("p", { role: "alert", class: "sk-trouble", hidden: true });
    this.element = h(
      "section",
      { class: "speckit-view speckit-outline", "aria-label": "Draft", "data-lm-suppress-shortcuts": true, "data-root": model.get("about").root },
      h("div", { class: "sk-split" }, this.list, h("div", {}, this.trouble, this.page)),
    );
    this.element.addEventListener("keydown", (event) => this.#press(event));
    this.pace = new Pace(this.element);
    this.update();
  }

  /** Show the sections as they are now, and ask for what the chosen one holds. */
  update() {
    const sections = this.model.get("sections");
    if (!sections.some(({ key }) => key === this.at)) this.at = sections.find(({ words }) => words)?.key;
    refill(this.list, sections.map((section) => this.#row(section)));
    say(this.model, { kind: "show", section: this.at }, this.trouble);
  }

  hear(message) {
    this.trouble.hidden = message.kind !== "refused";
    this.trouble.textContent = message.why ?? "";
    if (message.kind !== "section" || message.key !== this.at) return;
    const within = this.page.contains(document.activeElement);
    refill(this.page, this.#section(message));
    if (within && document.activeElement === document.body) this.page.querySelector("button, summary")?.focus();
  }

  #row({ key, name, depth, state, words }) {
    const go = () => this.#go(key);
    return h(
      "button",
      {
        class: depth ? "sk-inner" : null,
        "aria-current": key === this.at && "true",
        "data-focus": `section ${key}`,
        onclick: go,
      },
      h("span", { class: "sk-name" }, name),
      state !== "empty" && badge(state, state.replace(" ", "-")),
      h("span", { class: "sk-words" }, words ? `${words} words` : ""),
    );
  }

  #go(key) {
    this.at = key;
    this.update();
  }

  /** Up and down go through the sections. */
  #press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !this.list.contains(event.target)) return;
    event.preventDefault();
    const rows = [...this.list.children];
    rows[rows.indexOf(event.target) + step]?.focus();
  }

  #section({ key, instruction, passages, out, others }) {
    const { name } = this.model.get("sections").find((section) => section.key === key);
    const hint = h("div", { class: "sk-hint" });
    showSafeHtml(hint, instruction);
    return [
      h("h3", {}, name),
      hint,
      passages.map((passage) => this.#passage(passage)),
      !passages.length && h("p", { class: "sk-faint" }, "Nothing stands here by itself."),
      out.length > 0 && this.#folded(`Left out (${out.length})`, out, "put back", "Put back"),
      others.length > 0 && this.#folded(`More in the research (${others.length})`, others, "take in", "Take in"),
    ];
  }

  #passage({ html, passage, can }) {
    const shown = h("div", {});
    showSafeHtml(shown, html);
    const name = can === "put back" ? "Take out again" : "Leave out";
    return h("div", { class: "sk-passage" }, shown, passage && this.#button(name, passage, can));
  }

  #folded(title, rows, choice, name) {
    const list = rows.map(({ html, text, passage, label, quote, place }) => {
      const shown = h("div", {}, html ? null : text);
      if (html) showSafeHtml(shown, html);
      shown.append(" ", cite(label, quote, place));
      return h("div", { class: "sk-passage" }, shown, this.#button(name, passage, choice));
    });
    return h("details", { open: this.open === choice, ontoggle: ({ target }) => this.#fold(choice, target) }, h("summary", {}, title), list);
  }

  #fold(choice, details) {
    if (details.open) this.open = choice;
    else if (this.open === choice) this.open = null;
  }

  #button(name, passage, choice) {
    if (!this.model.get("about").picks) return null;
    const choose = () => say(this.model, { kind: "choose", section: this.at, passage, choice }, this.trouble);
    return h("button", { onclick: choose, "data-focus": `${choice} ${passage}` }, name);
  }
}

export default {
  render({ model, el }) {
    const view = new OutlineView(model);
    el.append(view.element);
    return follow(model, view, "revision");
  },
};
