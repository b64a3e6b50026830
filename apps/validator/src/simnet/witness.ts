import type { Metagraph, WeightRow } from "@assay/chain";
import { NETUID, type World } from "./world.ts";

/** One weight extrinsic that took effect, with the subnet as its own block shows it. */
export type Sent = {
  readonly hash: string;
  readonly validator: string;
  readonly block: number;
  readonly blockHash: string;
  readonly call: string;
  readonly isCommit: boolean;
  /** Epoch in which it takes effect: that of the state after its block. */
  readonly epochIndex: number;
  readonly subnet: Metagraph;
};

/** What the finalised chain shows of every validator's weights. */
export type Shown = { readonly subnet: Metagraph; readonly rows: readonly WeightRow[] };

const WEIGHT_CALL = /\.(set|commit|reveal)\w*weights$/;

/** Reads from the chain what validators did to it; what a reorganisation undid is forgotten. */
export class Witness {
  readonly #world: World;
  readonly #read = new Map<string, Sent>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Every effective weight extrinsic of the present chain, oldest first, from a block on. */
  async sent(fromBlock: number): Promise<Sent[]> {
    const { devnet } = this.#world;
    const all = devnet.extrinsics.filter(({ success, call, block }) => {
      return success && block >= fromBlock && WEIGHT_CALL.test(call);
    });
    for (const [key, { block }] of this.#read) if (block < fromBlock) this.#read.delete(key);
    return Promise.all(all.map((one) => this.#look(one)));
  }

  /** All weights at the finalised block. */
  async shown(): Promise<Shown> {
    const { chain } = this.#world;
    const at = { at: this.#world.head().hash };
    const [subnet, rows] = await Promise.all([chain.metagraph(NETUID, at), chain.weights(NETUID, at)]);
    return { subnet, rows };
  }

  async #look(one: World["devnet"]["extrinsics"][number]): Promise<Sent> {
    const key = `${one.hash} ${one.blockHash}`;
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    const { chain } = this.#world;
    const at = { at: one.blockHash };
    const [subnet, { epochIndex }] = await Promise.all([
      chain.metagraph(NETUID, at),
      chain.epochState(NETUID, at),
    ]);
    const { hash, block, blockHash, call, signer: validator } = one;
    const isCommit = call.includes("commit");
    const sent = { hash, validator, block, blockHash, call, isCommit, epochIndex, subnet };
    this.#read.set(key, sent);
    return sent;
  }
}
