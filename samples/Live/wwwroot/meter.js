/** Of how many frames the figures are. */
const window = 100;

/** The rate and the latency of the last frames. */
export class Meter {
  #shown = [];
  #latencies = [];
  count = 0;

  /** A frame was shown at a time, drawn at another, in milliseconds. */
  add(shown, began) {
    this.count++;
    this.#shown.push(shown);
    this.#latencies.push(shown - began);
    if (this.#shown.length > window) {
      this.#shown.shift();
      this.#latencies.shift();
    }
  }

  /** Frames a second. */
  get rate() {
    return this.#shown.length < 2 ? 0 : (1000 * (this.#shown.length - 1)) / (this.#shown.at(-1) - this.#shown[0]);
  }

  /** What this part of the frames took at most, in milliseconds. */
  latency(part) {
    return this.#latencies.toSorted((one, other) => one - other)[Math.ceil(part * this.#latencies.length) - 1] ?? 0;
  }
}
