// What is typed and not sent yet, kept by the browser: a reload, a dead kernel or a closed laptop loses nothing.

export class Drafts {
  constructor(spec) {
    this.prefix = `speckit ${spec} `;
  }

  /** What is kept under a name: an object, empty where there is nothing. */
  get(name) {
    try {
      return JSON.parse(localStorage.getItem(this.prefix + name)) ?? {};
    } catch {
      return {}; // storage is refused, or holds what another version wrote
    }
  }

  /** Whether something was typed for a question and not sent. */
  has(id) {
    const { unsent, ...typed } = this.get(id);
    return Object.keys(typed).length > 0;
  }

  /** Change what is kept; a value that is empty is dropped. */
  set(name, values) {
    const kept = Object.entries({ ...this.get(name), ...values }).filter(([, value]) => value);
    try {
      if (kept.length) localStorage.setItem(this.prefix + name, JSON.stringify(Object.fromEntries(kept)));
      else localStorage.removeItem(this.prefix + name);
    } catch {
      // storage is full or refused: what is typed stays in its field
    }
  }

  /** The kernel has an answer: what of it was kept goes, what was typed since stays. */
  sent(id, answer) {
    const draft = this.get(id);
    const saved = ["text", "later", "because", "note", "detail", "target"].filter((name) => draft[name]?.trim() === answer[name]);
    const premise = draft.premise?.trim() === answer.because ? { premise: "" } : {};
    this.set(id, { unsent: null, ...premise, ...Object.fromEntries(saved.map((name) => [name, ""])) });
  }
}
