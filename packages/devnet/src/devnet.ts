import { type Clock, systemClock } from "@assay/core";
import type { Block } from "./chain/chain.ts";
import { applyFault } from "./faults/apply-fault.ts";
import type { Fault } from "./faults/fault.ts";
import type { GenesisSpec } from "./genesis/spec.ts";
import { type IncludedExtrinsic, Node } from "./node.ts";
import { createRouter } from "./rpc/router.ts";
import { serveRpc } from "./rpc/server.ts";
import { ownRuntime, recordedRuntime } from "./runtime/served.ts";
import { loadChain } from "./saved/file.ts";
import { Keeper } from "./saved/keeper.ts";
import { startTimer } from "./timer.ts";

/** A block's height and 0x-prefixed hash. */
export type BlockRef = { readonly number: number; readonly hash: string };

/** What a devnet is started with. */
export type DevnetOptions = {
  readonly genesis: GenesisSpec;
  /** Wall pace in milliseconds, over the genesis' own; 0 means by hand (`newBlock`). */
  readonly blockMs?: number;
  /** 9944; 0 picks a free port. */
  readonly port?: number;
  /** 127.0.0.1. */
  readonly host?: string;
  /** Where the chain is kept: continued from there if the file exists, saved to it on close. */
  readonly stateFile?: string;
  /** A recorded metadata to serve instead of the devnet's own. */
  readonly metadata?: Uint8Array;
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
  /** Called with each new head; returns how to stop. */
  onHead(listener: (head: BlockRef) => void): () => void;
  /** Makes `count` (1) blocks at once and returns the new head; each finalises its parent. */
  newBlock(count?: number): Promise<BlockRef>;
  /** Lets something go wrong. */
  fault(fault: Fault): void;
  /** Saves the chain to a file of its own, up to a block (the head): a fork to start another devnet from. */
  fork(file: string, at?: number): Promise<void>;
  close(): Promise<void>;
};

const DEFAULT_PORT = 9944;
const DEFAULT_HOST = "127.0.0.1";

/** Starts a node: genesis, JSON-RPC over WebSocket, blocks by timer or by hand. */
export async function startDevnet(options: DevnetOptions): Promise<Devnet> {
  const { genesis, host = DEFAULT_HOST, port = DEFAULT_PORT, clock = systemClock } = options;
  const saved = options.stateFile === undefined ? undefined : await loadChain(options.stateFile);
  const runtime = options.metadata === undefined ? ownRuntime() : recordedRuntime(options.metadata);
  const node = new Node(saved ?? genesis, clock, runtime);
  const keeper = new Keeper(node, options.stateFile);
  const server = await serveRpc(createRouter(node, keeper), { host, port });
  const stopTimer = startTimer(options.blockMs ?? genesis.blockMs ?? 0, () => node.produce());
  return {
    url: `ws://${host}:${server.port}`,
    port: server.port,
    genesisHash: node.chain.genesis.hash,
    extrinsics: node.included,
    head: () => refOf(node.chain.head),
    finalized: () => refOf(node.chain.finalized),
    onHead: (listener) => node.chain.onHead((block) => listener(refOf(block))),
    newBlock: async (count = 1) => {
      for (let made = 0; made < count; made += 1) node.produce();
      return refOf(node.chain.head);
    },
    fault: (fault) => applyFault(node, fault),
    fork: (file, at) => keeper.saveTo(file, at),
    close: async () => {
      stopTimer();
      await server.close();
      await keeper.close();
    },
  };
}

function refOf({ number, hash }: Block): BlockRef {
  return { number, hash };
}
