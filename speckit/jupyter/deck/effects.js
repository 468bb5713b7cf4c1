// What each answer would change, asked of the kernel before anybody chooses: the question in sight, then its neighbours.

export class Effects {
  constructor(deck) {
    this.deck = deck;
    this.told = new Map(); // by question: the kernel's reply
  }

  /** By answer what it changes; as of an earlier state while the kernel works out the new one. */
  of(id) {
    return this.told.get(id)?.effects;
  }

  /** What an answer makes of the page, as the spec stands; nothing where that is not known yet. */
  splices(id, answer) {
    return this.#isKnown(id) ? (this.of(id)[answer]?.splices ?? []) : null;
  }

  /** A reply came; whether it is about the question in sight. */
  hear(reply) {
    if (reply.revision !== this.deck.revision) return false;
    this.told.set(reply.question, reply);
    return reply.question === this.deck.at;
  }

  ask() {
    const { at, ids, revision } = this.deck;
    const place = ids.indexOf(at);
    const wanted = [at, ids[place + 1], ids[place - 1]].find((id) => id && !this.#isKnown(id));
    if (!wanted) return;
    const target = this.deck.targetOf(wanted);
    const asked = `${wanted} ${target} ${revision}`;
    if (this.asked === asked) return;
    this.asked = asked;
    this.deck.outbox.tell({ kind: "show", question: wanted, target });
  }

  #isKnown(id) {
    const { revision, target } = this.told.get(id) ?? {};
    return revision === this.deck.revision && target === this.deck.targetOf(id);
  }
}
