// The deck in the browser: what is shown, what was chosen and not confirmed yet, keys, and talk with the kernel.

import { h, refill } from "../views/dom.js";
import { Pace, follow } from "../views/pace.js";
import { Drafts } from "./drafts.js";
import { Outbox } from "./outbox.js";
import { Effects } from "./effects.js";
import { Preview } from "./preview.js";
import { Card, OPEN, decision } from "./card.js";
import { Scope } from "./scope.js";
import { Overview } from "./overview.js";
import { Adding } from "./adding.js";
import { groups, tools } from "./bar.js";
import { Trouble } from "./trouble.js";
import { helpPanel, press } from "./keys.js";

const POLL = 1500; // ms between looks at what others answered
const SILENCE = 24000; // ms without a word from the kernel until it is asked again

class DeckView {
  constructor(model) {
    this.model = model;
    this.about = model.get("about");
    this.drafts = new Drafts(this.about.drafts);
    this.outbox = new Outbox(model);
    this.effects = new Effects(this);
    this.heard = Date.now();
    const place = this.drafts.get("place");
    this.mode = place.mode ?? "one";
    this.at = this.ids.includes(place.at) ? place.at : (this.#following(this.ids[0], true) ?? this.ids[0]);
    this.preview = new Preview((diagram) => this.outbox.tell({ kind: "draw", diagram }));
    this.overview = new Overview(this);
    this.#build();
    this.update();
  }

  get ids() {
    return this.model.get("order");
  }

  get revision() {
    return this.model.get("revision");
  }

  card = (id) => this.model.get(`card ${id}`);

  /** The answer to a question: the one that is on its way, else the one that the kernel has. */
  given(id) {
    const sent = this.outbox.about(id);
    return sent ? sent.answers[id] : this.card(id).given;
  }

  /** What one said oneself, also where others say otherwise: its reason can still be given. */
  own(id) {
    return this.given(id) ?? this.card(id).sides.find(({ by }) => by === this.about.by);
  }

  state(id) {
    const sent = this.outbox.about(id);
    if (sent) return sent.answers[id] ? "answered" : "open";
    return this.card(id).state;
  }

  /** The section that somebody chose for an answer; empty where the question has its own. */
  targetOf(id) {
    return this.drafts.get(id).target ?? this.given(id)?.target ?? "";
  }

  /** Write an answer, the one that is there or the next, into another section. */
  aim(id, number) {
    const target = number === this.card(id).target ? "" : number;
    this.drafts.set(id, { target });
    const given = this.given(id);
    if (given && !given.provisional) this.answer(id, { ...given, target });
    else this.#updateDeck();
  }

  /** Whether a question waits for an answer: what is offered for the scope, or only stated, may be left. */
  isCounted(id) {
    return !["scope", "statements"].includes(this.card(id).group);
  }

  /** Record an answer; the preview shows it before the kernel has it. */
  answer(id, { choices = [], text = "", later = "", because, note, detail = "", target }) {
    const earlier = this.given(id) ?? {};
    const { because: reason = "", note: aside = "" } = this.#settles(earlier) ? { note: earlier.note } : earlier;
    const goes = { because: because ?? reason, note: note ?? aside, detail, target: target ?? this.targetOf(id) };
    const said = { choices, text, later, ...goes };
    this.#suppose(id, choices.length === 1 && !said.because && !detail ? choices[0] : null);
    this.drafts.set(id, { unsent: said });
    this.#send({ kind: "answer", question: id, ...said }, { [id]: this.#mine(said) });
    this.announce(`${this.card(id).topic}: ${decision(said)}.`);
  }

  /** Whether an answer sets the question aside: its reason is of no use to another answer. */
  #settles({ choices = [] }) {
    const { premise, moot } = this.about.fixed;
    return choices.includes(premise) || choices.includes(moot);
  }

  /** Decide items of the scope: labels by question. */
  answerMany(labels) {
    const said = Object.entries(labels).map(([id, label]) => {
      const { because = "", note = "" } = this.given(id) ?? {};
      return [id, { choices: [label], text: "", later: "", because, note, detail: "", target: "" }];
    });
    if (said.length === 1) this.#suppose(said[0][0], said[0][1].because ? null : said[0][1].choices[0]);
    for (const [id, unsent] of said) this.drafts.set(id, { unsent });
    const answers = Object.fromEntries(said.map(([id, one]) => [id, this.#mine(one)]));
    this.#send({ kind: "scope", labels }, answers);
    this.announce(`${Object.values(labels)[0]}: ${said.length === 1 ? this.card(said[0][0]).text : said.length}`);
  }

  #mine(said) {
    return { ...said, by: this.about.by, on: "", provisional: false };
  }

  takeBack(id) {
    this.#send({ kind: "take back", question: id }, { [id]: null });
    this.announce(`${this.card(id).topic}: open again.`);
  }

  confirm(questions) {
    this.#suppose(questions[0], questions.length === 1 ? "" : null);
    this.#send({ kind: "confirm", questions });
    this.announce(`Confirmed: ${questions.length}.`);
  }

  uphold(id) {
    this.#send({ kind: "uphold", question: id });
    this.announce(`${this.card(id).topic}: it holds.`);
  }

  undo = () => this.#send({ kind: "undo" });

  /** Go to a question. */
  go(id, mode = this.mode) {
    if (!id) return;
    if (id !== this.alone) this.alone = null;
    this.at = id;
    this.mode = mode;
    this.#updateDeck();
    this.element.focus({ preventScroll: true });
    const nth = this.ids.indexOf(id) + 1;
    if (mode === "one") this.announce(`Question ${nth} of ${this.ids.length}: ${this.card(id).text}`);
  }

  /** Go on to the next question that is open, else stay. */
  next() {
    const following = this.#following(this.at);
    if (following) this.go(following);
    else {
      this.element.focus({ preventScroll: true });
      this.announce("No question is open. Press e to review the answers and export.");
    }
  }

  announce(text) {
    this.live.textContent = text;
  }

  /** Show what is true now. */
  update() {
    this.preview.update(this.model.get("outline"), (name) => this.model.get(`section ${name}`));
    this.#updateDeck();
  }

  #updateDeck() {
    this.stale = false;
    if (!this.ids.includes(this.at)) this.at = this.ids[0];
    this.drafts.set("place", { at: this.at, mode: this.mode });
    refill(this.groups, groups(this));
    refill(this.bar, tools(this));
    const one = this.mode === "one" && this.at;
    if (one) this.#showQuestion();
    else {
      this.shown = null;
      this.overview.update(this.find.value.trim());
      if (this.overview.element.parentNode !== this.stage) this.stage.replaceChildren(this.overview.element);
    }
    if (one) this.effects.ask();
    this.trouble.tell();
  }

  /** Show the question in sight on its card: that of the scope, or its own. */
  #showQuestion() {
    const whole = this.card(this.at).group === "scope" && this.alone !== this.at;
    const of = whole ? "scope" : this.at;
    if (this.shown?.of === of) return void this.shown.update();
    this.shown = Object.assign(whole ? new Scope(this) : new Card(this, this.at), { of });
    this.stage.replaceChildren(this.shown.element);
  }

  /** Show an item of the scope on a card of its own, for the answers that need words. */
  openAlone(id, field) {
    this.alone = id;
    this.go(id, "one");
    if (field) this.shown.open(field);
  }

  /** A message of the kernel. */
  hear(message) {
    this.heard = Date.now();
    this.polling = false;
    if (message.kind === "effects") {
      if (this.effects.hear(message)) this.shown?.update();
      this.effects.ask();
    } else if (message.kind === "drawn") this.preview.drawn(message.diagram, message.image);
    else if (message.kind === "explained") this.shown?.tell?.(message);
    else if (message.request) this.#settled(message);
    if (this.trouble.told) this.trouble.tell();
  }

  /** The kernel has it, or refused it. */
  #settled({ kind, request, why, note, question }) {
    const sent = this.outbox.settled(request);
    if (kind === "refused") {
      this.trouble.refusal = why;
      this.update();
      this.announce(`Not saved: ${why}`);
      return;
    }
    this.trouble.refusal = "";
    if (["add", "offer"].includes(sent?.message.kind)) this.adding.clear();
    for (const [id, answer] of Object.entries(sent?.answers ?? {})) {
      if (answer) this.drafts.sent(id, answer);
      this.trouble.unsaved.delete(id);
    }
    if (note) this.announce(note);
    if (question && question !== this.at) this.go(question);
    else this.#updateDeck();
  }

  tick() {
    const visible = document.visibilityState === "visible" && this.element.isConnected;
    if (visible && (!this.polling || Date.now() - this.heard > SILENCE)) {
      this.polling = true;
      this.outbox.tell({ kind: "poll" });
    }
    if (this.outbox.pending.size || this.trouble.told) this.trouble.tell();
  }

  /** Look through all answers before the export, then go to it. */
  leave() {
    if (this.mode === "one") {
      this.go(this.at, "all");
      this.overview.toExport.focus();
      return;
    }
    const button = document.querySelector(".speckit-export button");
    if (button) button.focus();
    else this.announce("The export panel is not on this page: run the cell that shows it.");
  }

  showKeys() {
    this.help.hidden = !this.help.hidden;
  }

  /** Back from a field to the deck itself, where keys act. */
  home() {
    this.help.hidden = true;
    this.element.focus({ preventScroll: true });
  }

  /** From one question to all, and back. */
  turn() {
    this.go(this.at, this.mode === "one" ? "all" : "one");
  }

  move(step) {
    const next = this.ids[this.ids.indexOf(this.at) + step];
    if (next) this.go(next, "one");
  }

  /** Look for a question among all. */
  look() {
    this.mode = "all";
    this.#updateDeck();
    this.find.focus();
  }

  /** The next open question after this one, from the start again at the end. */
  #following(id, itself = false) {
    const at = this.ids.indexOf(id);
    const others = [...this.ids.slice(at + (itself ? 0 : 1)), ...this.ids.slice(0, at)];
    const asked = others.filter((one) => this.isCounted(one) || (itself && this.card(one).group === "scope"));
    return asked.find((one) => OPEN.includes(this.state(one))) ?? asked.find((one) => this.state(one) === "confirm");
  }

  #send(message, answers) {
    this.outbox.send(message, answers);
    this.stale = true;
    this.pace.afterPaint(() => this.stale && this.#updateDeck());
  }

  #suppose(id, label) {
    const splices = label === null ? null : this.effects.splices(id, label);
    if (splices) this.preview.suppose(splices);
  }

  #build() {
    this.groups = h("div", { class: "sk-groups" });
    this.bar = h("div", { class: "sk-bar" });
    this.find = h("input", { type: "search", placeholder: "Find ( / )", "aria-label": "Find a question" });
    this.find.addEventListener("input", () => {
      this.mode = "all";
      this.#updateDeck();
    });
    this.find.addEventListener("keydown", (event) => {
      const [first] = this.overview.matching(this.find.value.trim());
      if (event.key !== "Enter" || !first) return;
      this.find.value = "";
      this.go(first, "one");
    });
    this.help = helpPanel();
    this.adding = new Adding(this);
    this.live = h("p", { class: "sk-live", "aria-live": "polite" });
    this.trouble = new Trouble(this);
    this.stage = h("div", { class: "sk-stage" });
    const top = h("div", { class: "sk-top" }, this.groups, this.find, this.bar);
    const asked = h("div", { class: "sk-asking" }, top, this.trouble.element, this.help, this.adding.element, this.stage, this.live);
    this.element = h(
      "section",
      { class: "speckit-view speckit-deck", tabindex: 0, "aria-label": "Questions of the spec", "data-lm-suppress-shortcuts": true, "data-root": this.about.root },
      h("div", { class: "sk-columns" }, asked, this.preview.element),
    );
    this.pace = new Pace(this.element);
    this.element.addEventListener("keydown", (event) => press(this, event));
  }
}

export default {
  render({ model, el }) {
    const view = new DeckView(model);
    el.append(view.element);
    const leave = follow(model, view, "revision");
    const clock = setInterval(() => view.tick(), POLL);
    return () => {
      clearInterval(clock);
      leave();
      view.preview.close();
    };
  },
};
