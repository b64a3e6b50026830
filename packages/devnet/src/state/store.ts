import { SortedKeys } from "./sorted-keys.ts";

/** Changes of one block by hex key; `undefined` removes. */
export type Changes = ReadonlyMap<string, Uint8Array | undefined>;

type Version = { readonly block: number; readonly value: Uint8Array | undefined };

/**
 * The state of every block. A key keeps one version per block that changed it, so a block costs what it
 * changed and any height is read without replay.
 */
export class Store {
  readonly #versions = new Map<string, Version[]>();
  /** Every key that ever existed. */
  readonly #keys = new SortedKeys();

  get(key: string, block: number): Uint8Array | undefined {
    const versions = this.#versions.get(key);
    if (versions === undefined) return undefined;
    for (let i = versions.length - 1; i >= 0; i -= 1) {
      const version = versions[i];
      if (version !== undefined && version.block <= block) return version.value;
    }
    return undefined;
  }

  /** Adds a block's changes; blocks come in ascending order, the same height may be changed again. */
  commit(block: number, changes: Changes): void {
    for (const [key, value] of changes) {
      const versions = this.#versions.get(key);
      if (versions === undefined) {
        this.#versions.set(key, [{ block, value }]);
        this.#keys.add(key);
        continue;
      }
      if (versions.at(-1)?.block === block) versions.pop();
      versions.push({ block, value });
    }
  }

  /** What every block changed, in the order of blocks. */
  byBlock(): Map<number, Map<string, Uint8Array | undefined>> {
    const blocks = new Map<number, Map<string, Uint8Array | undefined>>();
    for (const [key, versions] of this.#versions) {
      for (const { block, value } of versions) {
        const changes = blocks.get(block) ?? new Map<string, Uint8Array | undefined>();
        blocks.set(block, changes.set(key, value));
      }
    }
    return blocks;
  }

  /** Forgets every change after `block`. */
  revert(block: number): void {
    for (const [key, versions] of this.#versions) {
      const kept = versions.filter((version) => version.block <= block);
      if (kept.length < versions.length) this.#versions.set(key, kept);
    }
  }

  /** Keys under `prefix` that exist at `block`, ascending, after `start` if one is given. */
  *keys(prefix: string, block: number, start = ""): Generator<string> {
    for (const key of this.#keys.under(prefix, start)) if (this.get(key, block) !== undefined) yield key;
  }
}
