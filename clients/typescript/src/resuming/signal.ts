/** Wakes all who wait for the next time that something happens. */
export class Signal {
  #waiting: (() => void)[] = [];

  next(): Promise<void> {
    return new Promise(resolve => this.#waiting.push(resolve));
  }

  fire(): void {
    for (const wake of this.#waiting.splice(0)) {
      wake();
    }
  }
}
