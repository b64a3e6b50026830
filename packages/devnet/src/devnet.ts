import type { Clock } from "@assay/core";
import { DevnetError } from "./errors.ts";
import type { GenesisSpec } from "./genesis/spec.ts";

/** A block's height and 0x-prefixed hash. */
export type BlockRef = { readonly number: number; readonly hash: string };

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

/** What a devnet is started with. */
export type DevnetOptions = {
  readonly genesis: GenesisSpec;
  /** Wall pace in milliseconds, over the genesis' own; 0 means by hand (`newBlock`). */
  readonly blockMs?: number;
  /** 0 picks a free port. */
  readonly port?: number;
  readonly host?: string;
  /** Gives block 0 its time when the genesis names none. */
  readonly clock?: Clock;
};

/** A running local node. */
export type Devnet = {
  /** WebSocket endpoint for `WsProvider`. */
  readonly url: string;
  readonly port: number;
  readonly genesisHash: string;
  /** Signed extrinsics included so far, oldest first. */
  readonly extrinsics: readonly IncludedExtrinsic[];
  head(): BlockRef;
  finalized(): BlockRef;
  /** Makes `count` (1) blocks at once and returns the new head; each finalises its parent. */
  newBlock(count?: number): Promise<BlockRef>;
  close(): Promise<void>;
};

/** Starts a node: genesis, JSON-RPC over WebSocket, blocks by timer or by hand. */
export async function startDevnet(options: DevnetOptions): Promise<Devnet> {
  throw new DevnetError({ code: "DEVNET_GENESIS_INVALID", path: "", problem: options.genesis.chainName });
}
