import { nonceOf } from "../balances/accounts.ts";
import type { StateReader } from "../state/overlay.ts";
import { POOL_CODE, poolRefusal } from "./refusal.ts";
import type { ValidExtrinsic } from "./validate.ts";

/** What a watcher of an extrinsic is told, as JSON-RPC words it. */
export type Status =
  | "ready"
  | "future"
  | "invalid"
  | "dropped"
  | { inBlock: string }
  | { retracted: string }
  | { finalized: string };

type Watcher = (status: Status) => void;
type Entry = ValidExtrinsic & { readonly watchers: Set<Watcher> };

/** Extrinsics that wait for a block, and those that lie in one not yet finalised. */
export class Pool {
  readonly #waiting = new Map<string, Entry>();
  readonly #included = new Map<string, readonly Entry[]>();

  /** Takes an extrinsic in, or refuses a copy and a second one with the same nonce: priority is flat. */
  submit(valid: ValidExtrinsic, watcher: Watcher | undefined, state: StateReader): void {
    const { hash } = valid.extrinsic;
    if (this.#waiting.has(hash)) throw poolRefusal(POOL_CODE.alreadyImported, hash);
    const rival = [...this.#waiting.values()].some(
      (one) => one.who === valid.who && one.nonce === valid.nonce,
    );
    if (rival) {
      const data = "The transaction has too low priority to replace another transaction already in the pool.";
      throw poolRefusal(POOL_CODE.priorityTooLow, data);
    }
    const watchers = new Set(watcher === undefined ? [] : [watcher]);
    this.#waiting.set(hash, { ...valid, watchers });
    watcher?.(this.nextNonce(valid.who, state) > valid.nonce ? "ready" : "future");
  }

  /** Waiting extrinsics, oldest first. */
  list(): readonly ValidExtrinsic[] {
    return [...this.#waiting.values()];
  }

  /** The next free nonce of an account: past those that wait without a gap. */
  nextNonce(who: string, state: StateReader): number {
    const taken = new Set(this.list().flatMap((one) => (one.who === who ? [one.nonce] : [])));
    let nonce = nonceOf(state, who);
    while (taken.has(nonce)) nonce += 1;
    return nonce;
  }

  /** Drops an extrinsic that can no longer be included. */
  reject(hash: string): void {
    const entry = this.#waiting.get(hash);
    this.#waiting.delete(hash);
    tell(entry, "invalid");
  }

  /** Moves extrinsics from waiting to the block that holds them. */
  include(hashes: readonly string[], blockHash: string): void {
    const entries = hashes.flatMap((hash) => this.#waiting.get(hash) ?? []);
    for (const hash of hashes) this.#waiting.delete(hash);
    this.#included.set(blockHash, entries);
    for (const entry of entries) tell(entry, { inBlock: blockHash });
  }

  finalize(blockHash: string): void {
    for (const entry of this.#included.get(blockHash) ?? []) tell(entry, { finalized: blockHash });
    this.#included.delete(blockHash);
  }

  /** Takes back what a block had included that is none any more: it waits again, or is gone with `drop`. */
  retract(blockHash: string, { drop }: { drop: boolean }): void {
    for (const entry of this.#included.get(blockHash) ?? []) {
      tell(entry, { retracted: blockHash });
      if (drop) tell(entry, "dropped");
      else this.#waiting.set(entry.extrinsic.hash, entry);
    }
    this.#included.delete(blockHash);
  }

  /** Stops telling a watcher anything. */
  unwatch(watcher: Watcher): void {
    const entries = [...this.#waiting.values(), ...[...this.#included.values()].flat()];
    for (const entry of entries) entry.watchers.delete(watcher);
  }
}

function tell(entry: Entry | undefined, status: Status): void {
  for (const watcher of entry?.watchers ?? []) watcher(status);
}
