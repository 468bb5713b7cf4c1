// When things are shown. What a choice makes of the spec is painted first, the cards follow behind that paint or
// before the next key. Nothing is replaced between the press of a button and its release: the click would be lost.

export class Pace {
  constructor(element) {
    this.waiting = [];
    this.pressed = false;
    this.ended = new AbortController();
    const options = { capture: true, signal: this.ended.signal };
    element.addEventListener("keydown", () => this.catchUp(), options);
    element.addEventListener("pointerdown", () => (this.pressed = true), options);
    for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, () => this.#release(), options);
  }

  /** Do it behind the next paint: at the start of the frame after it. */
  afterPaint(work) {
    this.waiting.push(work);
    requestAnimationFrame(() => requestAnimationFrame(() => this.catchUp()));
  }

  /** Do it behind what waits, as soon as no button is held down. */
  whenFree(work) {
    this.waiting.push(work);
    this.catchUp();
  }

  /** Do what waits. */
  catchUp() {
    while (!this.pressed && this.waiting.length) this.waiting.shift()();
  }

  close() {
    this.ended.abort();
  }

  #release() {
    if (!this.pressed) return;
    setTimeout(() => {
      this.pressed = false; // the click came right behind the release, before this
      this.catchUp();
    });
  }
}

/** Have a view follow its model, though never while a button is held down; gives what ends that. */
export function follow(model, view, changed) {
  const listeners = {
    [`change:${changed}`]: () => view.pace.whenFree(() => view.update()),
    "msg:custom": (message) => view.pace.whenFree(() => view.hear(message)),
  };
  for (const [name, listener] of Object.entries(listeners)) model.on(name, listener);
  return () => {
    for (const [name, listener] of Object.entries(listeners)) model.off(name, listener);
    view.pace.close();
  };
}
