import type { Head } from "../head.ts";

/** Hands every new finalised head to whoever listens; heights only grow, also across connections. */
export class HeadFeed {
  readonly #readers = new Set<{ wake: () => void }>();
  #newest: Head | undefined;
  #isEnded = false;

  get newest(): Head | undefined {
    return this.#newest;
  }

  /** Publishes a head; false if it is not higher than the last. */
  publish(head: Head): boolean {
    if (this.#newest !== undefined && head.block <= this.#newest.block) return false;
    this.#newest = head;
    this.#wakeAll();
    return true;
  }

  /** Ends all readers. */
  end(): void {
    this.#isEnded = true;
    this.#wakeAll();
  }

  /** Heads from the present one on; a slow reader gets only the newest, an aborted one is done. */
  async *read(signal?: AbortSignal): AsyncGenerator<Head, void, undefined> {
    let last = -1;
    while (!this.#isOver(signal)) {
      const head = this.#newest;
      if (head !== undefined && head.block > last) {
        last = head.block;
        yield head;
      } else await this.#change(signal);
    }
  }

  #isOver(signal: AbortSignal | undefined): boolean {
    return this.#isEnded || signal?.aborted === true;
  }

  #change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const reader = { wake: () => {} };
      reader.wake = () => {
        this.#readers.delete(reader);
        signal?.removeEventListener("abort", reader.wake);
        resolve();
      };
      this.#readers.add(reader);
      signal?.addEventListener("abort", reader.wake, { once: true });
    });
  }

  #wakeAll(): void {
    for (const { wake } of this.#readers) wake();
  }
}
