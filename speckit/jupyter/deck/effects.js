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

  /** What an answer makes of the page, also of an earlier state of it; nothing where that was never told. */
  splices(id, answer) {
    const { effects, target } = this.told.get(id) ?? {};
    return effects && target === this.deck.targetOf(id) ? (effects[answer]?.splices ?? []) : null;
  }

  /** A reply came; whether it is about the question in sight. Each splice keeps the units that it was cut for. */
  hear(reply) {
    if (reply.revision !== this.deck.revision) return false;
    const all = Object.values(reply.effects).flatMap(({ splices }) => splices);
    for (const splice of all) splice.before = this.deck.model.get(`section ${splice.key}`) ?? [];
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
