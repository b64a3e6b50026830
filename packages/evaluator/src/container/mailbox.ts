/** Keeps what arrives until the one reader takes it, in order. */
export class Mailbox<T> {
  readonly #waiting: T[] = [];
  #arrival = Promise.withResolvers<void>();

  put(item: T): void {
    this.#waiting.push(item);
    this.#arrival.resolve();
  }

  /** The next item, whenever it comes. */
  async take(): Promise<T> {
    for (;;) {
      const item = this.#waiting.shift();
      if (item !== undefined) return item;
      this.#arrival = Promise.withResolvers<void>();
      await this.#arrival.promise;
    }
  }
}
