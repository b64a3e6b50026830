import type { SignedSnapshot } from "@assay/core";

/** Two snapshots under one version: at most one of them is the backend's word. */
export type SnapshotConflict = { version: number; first: SignedSnapshot; other: SignedSnapshot };

/** More than are in flight between two connections, and little to keep. */
const MOST = 16;

/** What a subscription has received, so that nothing comes twice and nothing is contradicted in silence. */
export class Seen {
  #newest: number;
  readonly #recent = new Map<number, SignedSnapshot>();

  constructor(after: number) {
    this.#newest = after;
  }

  /** The highest version so far. */
  get newest(): number {
    return this.#newest;
  }

  /** Takes a snapshot in; `conflict` if another one came under its version before. */
  take(snapshot: SignedSnapshot): "new" | "known" | SnapshotConflict {
    const { version } = snapshot;
    const first = this.#recent.get(version);
    if (first !== undefined) return isSame(first, snapshot) ? "known" : { version, first, other: snapshot };
    this.#remember(snapshot);
    if (version <= this.#newest) return "known";
    this.#newest = version;
    return "new";
  }

  #remember(snapshot: SignedSnapshot): void {
    this.#recent.set(snapshot.version, snapshot);
    if (this.#recent.size > MOST) this.#recent.delete(Math.min(...this.#recent.keys()));
  }
}

/** The same text with another signature is no contradiction. */
function isSame(one: SignedSnapshot, other: SignedSnapshot): boolean {
  return one.body === other.body;
}
