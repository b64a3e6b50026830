import { DevnetError } from "../errors.ts";
import { type StateReader, stateAt } from "../state/overlay.ts";
import { type Changes, Store } from "../state/store.ts";
import { extrinsicsDigest, type Header, hashOf, stateDigest } from "./header.ts";

/** One block with everything that was ever asked about it. */
export type Block = {
  readonly number: number;
  readonly hash: string;
  readonly header: Header;
  /** Encoded, the time-setting inherent first. */
  readonly extrinsics: readonly Uint8Array[];
  /** Hex keys whose value this block changed. */
  readonly changed: ReadonlySet<string>;
};

/** What becomes a block. */
export type Draft = { readonly changes: Changes; readonly extrinsics: readonly Uint8Array[] };

/** A block as it is kept in a file: with the values, not only the keys, of what it changed. */
export type SavedBlock = Draft & { readonly header: Header };

type Listener = (block: Block) => void;

const NO_HASH = `0x${"00".repeat(32)}`;

/** The blocks and their states. A block is finalised when its child arrives, unless `finalityLag` says otherwise. */
export class Chain {
  /** How many blocks the finalised one lies behind the head. */
  finalityLag = 1;
  /** The highest block that was told to be final. */
  #told = 0;
  /** Keys that dropped blocks had changed: whoever watches them must look again. */
  #stale = new Set<string>();
  readonly #store = new Store();
  readonly #blocks: Block[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #onHead = new Set<Listener>();
  readonly #onFinalized = new Set<Listener>();

  /** From the state of block 0, or from blocks that were saved. */
  constructor(start: Changes | readonly SavedBlock[]) {
    if (start instanceof Map) this.#append({ changes: start, extrinsics: [] });
    else if (isSaved(start)) for (const block of start) this.#restore(block);
    this.#told = this.finalized.number;
  }

  get head(): Block {
    return this.#at(this.#blocks.length - 1);
  }

  get finalized(): Block {
    return this.#at(Math.max(0, this.#blocks.length - 1 - this.finalityLag));
  }

  get genesis(): Block {
    return this.#at(0);
  }

  byNumber(number: number): Block | undefined {
    return this.#blocks[number];
  }

  byHash(hash: string): Block | undefined {
    const number = this.#numbers.get(hash);
    return number === undefined ? undefined : this.#blocks[number];
  }

  state(block: Block = this.head): StateReader {
    return stateAt(this.#store, block.number);
  }

  /** Keys under a prefix at a block, after `start` if it is given. */
  keys(prefix: string, block: Block, start: string): Iterable<string> {
    return this.#store.keys(prefix, block.number, start);
  }

  /** Adds a block on the head; its parent becomes final. */
  append(draft: Draft): Block {
    const block = this.#append(draft);
    for (const listener of this.#onHead) listener(block);
    this.#tellFinalized();
    return block;
  }

  /** Forgets the last blocks, final or not, and returns them, oldest first. */
  rewind(depth: number): readonly Block[] {
    const dropped = this.#blocks.splice(this.#blocks.length - depth, depth);
    for (const { hash, changed } of dropped) {
      this.#numbers.delete(hash);
      for (const key of changed) this.#stale.add(key);
    }
    const { number } = this.head;
    this.#store.revert(number);
    this.#told = Math.min(this.#told, number);
    return dropped;
  }

  #tellFinalized(): void {
    const { number } = this.finalized;
    while (this.#told < number) {
      this.#told += 1;
      const block = this.#at(this.#told);
      for (const listener of this.#onFinalized) listener(block);
    }
  }

  /** Changes the head's state in place, for tests. */
  amend(changes: Changes): void {
    this.#store.commit(this.head.number, changes);
  }

  /** Called with each new head; returns how to stop. */
  onHead(listener: Listener): () => void {
    this.#onHead.add(listener);
    return () => this.#onHead.delete(listener);
  }

  /** Called with each newly finalised block, after the head that finalised it. */
  onFinalized(listener: Listener): () => void {
    this.#onFinalized.add(listener);
    return () => this.#onFinalized.delete(listener);
  }

  /** All that {@link Chain} needs to be made again, up to a height. */
  saved(upTo = this.head.number): SavedBlock[] {
    const changes = this.#store.byBlock();
    return this.#blocks.slice(0, upTo + 1).map(({ number, header, extrinsics }) => {
      return { header, extrinsics, changes: changes.get(number) ?? new Map() };
    });
  }

  #restore({ header, extrinsics, changes }: SavedBlock): void {
    const parent = this.#blocks.at(-1)?.hash ?? NO_HASH;
    if (header.number !== this.#blocks.length || header.parent_hash !== parent) throw unlinked(header.number);
    this.#store.commit(header.number, changes);
    this.#push({ header, extrinsics, changed: new Set(changes.keys()) });
  }

  #push(block: Pick<Block, "header" | "extrinsics" | "changed">): Block {
    const { number } = block.header;
    const whole = { ...block, number, hash: hashOf(block.header) };
    this.#blocks.push(whole);
    this.#numbers.set(whole.hash, number);
    return whole;
  }

  #append(draft: Draft): Block {
    const parent = this.#blocks.at(-1);
    const number = this.#blocks.length;
    const changes = parent === undefined ? draft.changes : this.#effective(draft.changes);
    const header: Header = {
      parent_hash: parent?.hash ?? NO_HASH,
      number,
      state_root: stateDigest(parent?.header.state_root ?? NO_HASH, changes),
      extrinsics_root: extrinsicsDigest(draft.extrinsics),
      digest: [],
    };
    this.#store.commit(number, changes);
    const changed = new Set([...changes.keys(), ...this.#stale]);
    this.#stale = new Set();
    return this.#push({ header, extrinsics: draft.extrinsics, changed });
  }

  /** Writing what is already there is no change. */
  #effective(changes: Changes): Changes {
    const state = this.state();
    return new Map([...changes].filter(([key, value]) => !sameBytes(state.get(key), value)));
  }

  #at(number: number): Block {
    const block = this.#blocks[number];
    if (block === undefined) throw new RangeError(`no block ${number}`);
    return block;
  }
}

/** A map is told apart by its class, so what is none here is a list. */
function isSaved(start: Changes | readonly SavedBlock[]): start is readonly SavedBlock[] {
  return Array.isArray(start);
}

function unlinked(number: number): DevnetError {
  const problem = `block ${number} does not follow the one before it`;
  return new DevnetError({ code: "DEVNET_STATE_INVALID", problem }, `saved state: ${problem}`);
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return Buffer.compare(a, b) === 0;
}
