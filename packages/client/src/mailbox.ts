/** Holds the newest value for a reader who may be slow: what it has not taken is replaced. */
export class Mailbox<Value> {
  #value: Value | undefined;
  #hasEnded = false;
  #arrival = Promise.withResolvers<void>();

  put(value: Value): void {
    this.#value = value;
    this.#arrival.resolve();
  }

  /** Nothing more will come; what lies here can still be taken. */
  end(): void {
    this.#hasEnded = true;
    this.#arrival.resolve();
  }

  /** The newest value each time the reader asks, until the end or the signal. */
  async *values(signal?: AbortSignal): AsyncGenerator<Value, void, undefined> {
    for (;;) {
      await this.#arrival.promise;
      const value = this.#value;
      if (value === undefined || signal?.aborted === true) return;
      this.#value = undefined;
      if (!this.#hasEnded) this.#arrival = Promise.withResolvers();
      yield value;
    }
  }
}
