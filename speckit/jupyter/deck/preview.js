// The spec beside the deck: only units that differ are painted, the last change is marked and scrolled to.

import { h, showSafeHtml } from "../views/dom.js";

const QUIET = ["summary", "questions"]; // every answer changes them: not what a reader wants to be led to

export class Preview {
  constructor(draw) {
    this.draw = draw;
    this.sections = new Map();
    this.images = new Map();
    this.roles = {};
    this.page = h("div", { class: "sk-page" });
    this.element = h(
      "section",
      { class: "sk-preview", "aria-label": "The spec as it stands", tabindex: 0, "data-focus": "preview" },
      this.page,
    );
    this.seen = new IntersectionObserver((entries) => entries.forEach((entry) => this.#drawSeen(entry)));
  }

  /** Show the spec as the kernel has it. */
  update(outline, unitsOf) {
    this.roles = Object.fromEntries(outline.map(({ key, role }) => [key, role]));
    const first = this.sections.size === 0;
    const changed = [];
    for (const name of [...this.sections.keys()]) if (!(name in this.roles)) this.#drop(name);
    let before = null;
    for (const { key } of outline) {
      changed.push(...this.#set(key, unitsOf(key), before));
      before = this.sections.get(key).element;
    }
    if (!first) this.#mark(changed);
  }

  /** Show at once what an answer will change, where the units that give way are still the ones it was told for. */
  suppose(splices) {
    const changed = [];
    for (const { key, after, at, drop, units, before } of splices) {
      const next = [...(this.sections.get(key)?.units ?? [])];
      const [shown, told] = [next, before].map((all) => all.slice(at, at + drop));
      if (next.length !== before.length || !shown.every((unit, i) => isSame(unit, told[i]))) continue;
      next.splice(at, drop, ...units);
      if (next.length) changed.push(...this.#set(key, next, this.sections.get(after)?.element));
      else this.#drop(key);
    }
    this.#mark(changed);
  }

  /** Put a drawing in place of its source. */
  drawn(name, image) {
    if (!image) return;
    this.images.set(name, image);
    for (const section of this.sections.values()) {
      section.units.forEach((unit, i) => {
        if (unit.diagram === name) this.#fill(section.element.children[i], unit);
      });
    }
  }

  close() {
    this.seen.disconnect();
  }

  #set(name, units, before) {
    let section = this.sections.get(name);
    if (!section) {
      section = { element: h("section", { "data-section": name }), units: [] };
      this.sections.set(name, section);
    }
    const { element } = section;
    const right = before ? before.nextSibling === element : this.page.firstChild === element;
    if (!right || !element.parentNode) {
      if (before) before.after(element);
      else if (before === null) this.page.prepend(element);
      else if (!element.parentNode) this.page.append(element);
    }
    const painted = this.#paint(section, units);
    section.units = units;
    return painted;
  }

  #paint({ element, units: old }, units) {
    const most = Math.min(old.length, units.length);
    let head = 0;
    while (head < most && isSame(old[head], units[head])) head += 1;
    let tail = 0;
    while (tail < most - head && isSame(old[old.length - 1 - tail], units[units.length - 1 - tail])) tail += 1;
    const gone = [...element.children].slice(head, old.length - tail);
    const come = units.slice(head, units.length - tail).map((unit) => this.#fill(h("div"), unit));
    const next = element.children[old.length - tail] ?? null;
    gone.forEach((one) => one.remove());
    come.forEach((one) => element.insertBefore(one, next));
    return come.flatMap((unit, i) => changedRows(gone[i], unit) ?? unit);
  }

  #fill(element, unit) {
    const image = this.images.get(unit.diagram);
    if (image) {
      element.replaceChildren(h("img", { src: image, alt: "Diagram of the architecture", class: "sk-diagram" }));
    } else {
      showSafeHtml(element, unit.html);
      if (unit.diagram) {
        element.dataset.diagram = unit.diagram;
        this.seen.observe(element);
      }
    }
    return element;
  }

  #drawSeen({ isIntersecting, target }) {
    if (!isIntersecting) return;
    this.seen.unobserve(target);
    this.draw(target.dataset.diagram);
  }

  #drop(name) {
    this.sections.get(name)?.element.remove();
    this.sections.delete(name);
  }

  /** Mark what changed, and lead there: to what says something new before what every answer changes. */
  #mark(changed) {
    if (!changed.length) return;
    for (const old of this.page.querySelectorAll(".sk-changed")) old.classList.remove("sk-changed");
    changed.forEach((unit) => unit.classList.add("sk-changed"));
    const roleOf = (unit) => this.roles[unit.closest("[data-section]")?.dataset.section] ?? "";
    const lead = changed.find((unit) => !QUIET.includes(roleOf(unit))) ?? changed[0];
    requestAnimationFrame(() => this.#lead(lead)); // measuring places before would lay the page out twice
  }

  #lead(unit) {
    const box = this.element.getBoundingClientRect();
    const place = unit.getBoundingClientRect();
    if (place.top < box.top || place.bottom > box.bottom) {
      const top = this.element.scrollTop + place.top - box.top - box.height / 3;
      this.element.scrollTo({ top, behavior: "auto" });
    }
  }
}

const isSame = (a, b) => a.html === b.html && a.diagram === b.diagram;

/** The rows of a table that the table in its place did not have; nothing where one of the two is no table. */
function changedRows(before, after) {
  const rows = (unit) => [...(unit?.querySelectorAll("tbody tr") ?? [])];
  const known = new Set(rows(before).map((row) => row.textContent));
  const come = rows(after).filter((row) => !known.has(row.textContent));
  return known.size && come.length ? come : null;
}
