// The research that bears on the topic: what is ticked, the draft rests on.

import { badge, h, refill, say } from "../views/dom.js";
import { Pace, follow } from "../views/pace.js";

class RankingView {
  constructor(model) {
    this.model = model;
    this.newer = h("p", { class: "sk-newer" });
    this.list = h("ol", { class: "sk-hits" });
    this.trouble = h("p", { role: "alert", class: "sk-trouble", hidden: true });
    this.element = h(
      "section",
      {
        class: "speckit-view",
        "aria-label": "Research",
        "data-root": model.get("about").root,
        "data-lm-suppress-shortcuts": true,
      },
      this.newer,
      this.trouble,
      this.list,
    );
    this.pace = new Pace(this.element);
    this.update();
  }

  update() {
    const { newer } = this.model.get("about");
    this.newer.hidden = !newer;
    this.newer.textContent = newer && `${newer}, not taken in.`;
    refill(this.list, this.model.get("hits").map((hit) => this.#row(hit)));
  }

  hear({ refused }) {
    this.trouble.hidden = !refused;
    this.trouble.textContent = refused;
    if (refused) this.update();
  }

  #row({ path, place, title, category, date, tier, reasons, superseded, successor, permalink, taken }) {
    const box = h("input", { type: "checkbox", "data-focus": path, onchange: () => this.#choose(path, box.checked) });
    box.checked = taken;
    const forge = permalink && h("a", { href: permalink, target: "_blank", rel: "noopener noreferrer" }, "permalink");
    const link = (name, to) => h("span", { class: "sk-cite", "data-open": to }, name);
    const told = [h("strong", {}, title), " ", badge(category), " ", badge(`${date}, ${tier}`, tier)];
    return h(
      "li",
      {},
      h("label", {}, box, h("span", {}, told)),
      h("p", { class: "sk-why" }, link(path, place), " ", forge, " ", reasons),
      superseded && h("p", { class: "sk-why" }, badge("possibly superseded by", "superseded"), " ", link(superseded, successor)),
    );
  }

  #choose(path, taken) {
    say(this.model, { path, taken }, this.trouble);
  }
}

export default {
  render({ model, el }) {
    const view = new RankingView(model);
    el.append(view.element);
    return follow(model, view, "hits");
  },
};
