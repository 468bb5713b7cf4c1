// What was said to the kernel and is not confirmed yet.

export class Outbox {
  constructor(model) {
    this.model = model;
    this.pending = new Map(); // by request: {answers by question, message, at}
    this.request = Date.now();
  }

  /** Send what is to be recorded, with the answers that it stands for until the kernel has them. */
  send(message, answers = {}) {
    this.request += 1;
    this.pending.set(this.request, { answers, message, at: Date.now() });
    this.tell({ ...message, request: this.request });
  }

  /** Say something to the kernel; one that is gone is told of like one that does not answer. */
  tell(message) {
    try {
      this.model.send(message);
    } catch {
      if (this.pending.has(message.request)) this.pending.get(message.request).at = 0;
    }
  }

  again() {
    for (const [request, sent] of this.pending) {
      sent.at = Date.now();
      this.tell({ ...sent.message, request });
    }
  }

  /** What was sent last about a question. */
  about(id) {
    return [...this.pending.values()].reverse().find(({ answers }) => id in answers);
  }

  /** The kernel has answered a request: what it was. */
  settled(request) {
    const sent = this.pending.get(request);
    this.pending.delete(request);
    return sent;
  }

  /** Whether something waits longer than this. */
  late(milliseconds) {
    return [...this.pending.values()].some(({ at }) => Date.now() - at > milliseconds);
  }
}
