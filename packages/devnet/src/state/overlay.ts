import type { Changes, Store } from "./store.ts";

/** Readable state: raw bytes by hex key. */
export interface StateReader {
  get(key: string): Uint8Array | undefined;
  /** Existing keys under a prefix, ascending. */
  keys(prefix: string): Iterable<string>;
}

/** Readable and writable state. */
export interface State extends StateReader {
  set(key: string, value: Uint8Array | undefined): void;
}

/** The state as of one block. */
export function stateAt(store: Store, block: number): StateReader {
  return {
    get: (key) => store.get(key, block),
    keys: (prefix) => store.keys(prefix, block),
  };
}

/** Uncommitted changes over another state: kept by `changes`, or dropped with the overlay. */
export class Overlay implements State {
  readonly #base: StateReader;
  readonly #changes = new Map<string, Uint8Array | undefined>();

  constructor(base: StateReader) {
    this.#base = base;
  }

  get changes(): Changes {
    return this.#changes;
  }

  get(key: string): Uint8Array | undefined {
    return this.#changes.has(key) ? this.#changes.get(key) : this.#base.get(key);
  }

  set(key: string, value: Uint8Array | undefined): void {
    this.#changes.set(key, value);
  }

  keys(prefix: string): Iterable<string> {
    const found = new Set(this.#base.keys(prefix));
    for (const [key, value] of this.#changes) {
      if (!key.startsWith(prefix)) continue;
      if (value === undefined) found.delete(key);
      else found.add(key);
    }
    return [...found].sort();
  }
}
