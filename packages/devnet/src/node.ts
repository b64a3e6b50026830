import type { Clock } from "@assay/core";
import { type Block, Chain } from "./chain/chain.ts";
import { Faults } from "./faults/faults.ts";
import { genesisState } from "./genesis/build.ts";
import { refuseMainnet } from "./genesis/mainnet.ts";
import type { GenesisSpec } from "./genesis/spec.ts";
import { Pool, type Status } from "./pool/pool.ts";
import { type Taken, takeDue } from "./pool/take-due.ts";
import { type ValidityView, validate } from "./pool/validate.ts";
import { BlockBuilder } from "./runtime/build-block.ts";
import type { Extrinsic } from "./runtime/extrinsic.ts";
import { timestamp } from "./runtime/runtime.ts";
import { ownRuntime, type ServedRuntime } from "./runtime/served.ts";
import type { SavedChain } from "./saved/format.ts";
import { addressOf } from "./scale/ss58.ts";
import { read } from "./state/access.ts";
import type { StateReader } from "./state/overlay.ts";

/** One signed extrinsic that lies in a block. */
export type IncludedExtrinsic = {
  readonly hash: string;
  readonly block: number;
  readonly blockHash: string;
  /** Position inside the block. */
  readonly index: number;
  /** ss58 address. */
  readonly signer: string;
  /** For example `SubtensorModule.set_weights`. */
  readonly call: string;
  readonly success: boolean;
};

/** Chain time between blocks, whatever the wall pace. */
const SLOT_MS = 12_000;

/** The node without its network side: chain, pool, and the making of blocks. */
export class Node {
  readonly chain: Chain;
  readonly pool = new Pool();
  readonly chainName: string;
  readonly included: IncludedExtrinsic[] = [];
  readonly faults = new Faults();
  /** Milliseconds by which the next block is late, so that a block after a reorg is another. */
  #lateMs = 0;
  #reorgs = 0;

  /** Runtimes by the first block that has them, ascending. */
  readonly #runtimes: { readonly from: number; readonly runtime: ServedRuntime }[];

  constructor(start: GenesisSpec | SavedChain, clock: Clock, runtime: ServedRuntime = ownRuntime()) {
    const first = "blocks" in start ? start.blocks : genesisState(start, start.startTimeMs ?? clock.now());
    this.chain = new Chain(first);
    this.chainName = start.chainName;
    this.#runtimes = [{ from: 0, runtime }];
    refuseMainnet(this.chain.genesis.hash);
    this.chain.onFinalized((block) => this.pool.finalize(block.hash));
  }

  /** Takes an extrinsic into the pool or refuses it. */
  submit(extrinsic: Extrinsic, watcher?: (status: Status) => void): void {
    const refused = this.faults.takeRefusal();
    if (refused !== undefined) throw refused;
    const state = this.chain.state();
    const valid = validate(extrinsic, this.#view(state, this.chain.head.number + 1));
    this.pool.submit(valid, watcher, state);
  }

  /** The runtime that the state after a block has. */
  runtimeAt(block: number): ServedRuntime {
    const found = this.#runtimes.findLast(({ from }) => from <= block) ?? this.#runtimes[0];
    if (found === undefined) throw new RangeError("a node has a runtime");
    return found.runtime;
  }

  /** Gives the next block another runtime; what waits for that block is still checked by the old one. */
  upgrade(runtime: ServedRuntime): void {
    this.#runtimes.push({ from: this.chain.head.number + 1, runtime });
  }

  /** Makes one block of what waits and is due; while stalled, none. */
  produce(): Block {
    const { head } = this.chain;
    if (this.faults.isStalled) return head;
    const state = this.chain.state();
    const nowMs = Number(read(state, timestamp.storage.Now)) + SLOT_MS + this.#lateMs;
    this.#lateMs = 0;
    const builder = new BlockBuilder(
      { state, number: head.number, hash: head.hash },
      { nowMs, withholdsPulses: this.faults.isBeaconSilent },
    );
    const taken = takeDue(this.pool, builder, this.#view(builder.state, builder.block));
    const block = this.chain.append(builder.finish());
    this.included.push(...taken.map((one) => record(block, one)));
    this.pool.include(
      taken.map(({ valid }) => valid.extrinsic.hash),
      block.hash,
    );
    return block;
  }

  /** Undoes the last blocks; their extrinsics wait again unless they are dropped or were final. */
  rewind(depth: number, { drop }: { drop: boolean }): void {
    const undone = this.chain.rewind(depth);
    const { number } = this.chain.head;
    const kept = this.included.findIndex(({ block }) => block > number);
    if (kept >= 0) this.included.splice(kept);
    const isLater = this.#runtimes.findIndex(({ from }) => from > number);
    if (isLater > 0) this.#runtimes.splice(isLater);
    for (const { hash } of undone) this.pool.retract(hash, { drop });
    this.#reorgs += 1;
    this.#lateMs = this.#reorgs;
  }

  #view(state: StateReader, block: number): ValidityView {
    const { chain } = this;
    return {
      state,
      block,
      genesisHash: chain.genesis.hash,
      runtime: this.runtimeAt(block - 1).version,
      hashOf: (number) => chain.byNumber(number)?.hash,
    };
  }
}

function record(block: Block, { valid, index, success }: Taken): IncludedExtrinsic {
  const { extrinsic, who } = valid;
  const { pallet, name } = extrinsic.call;
  return {
    hash: extrinsic.hash,
    block: block.number,
    blockHash: block.hash,
    index,
    signer: addressOf(who),
    call: `${pallet}.${name}`,
    success,
  };
}
