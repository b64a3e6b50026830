import type { Signer } from "@assay/core";
import { type Devnet, type GenesisSpec, type GenesisSubnet, startDevnet } from "@assay/devnet";
import { type ConnectOptions, connectChain } from "../connect.ts";
import type { ChainLog } from "../log.ts";
import type { Chain } from "../types.ts";
import { signerFromUri } from "../wallet/index.ts";
import { SERVED_METADATA } from "./served-metadata.ts";

/** The participants of the test subnet by uid: the owner, three validators, two miners, and one without stake. */
export const NAMES = ["Owner", "Alice", "Bob", "Charlie", "Dave", "Eve"] as const;
export const NETUID = 2;

/** The hotkey of a participant. */
export function hotkeyOf(name: string): Promise<Signer> {
  return signerFromUri(`//${name}`);
}

/** The coldkey's address of a participant. */
export async function coldkeyOf(name: string): Promise<string> {
  return (await signerFromUri(`//${name}//coldkey`)).address;
}

const STAKE_RAO: Readonly<Record<string, bigint>> = {
  Alice: 3_000_000_000_000n,
  Bob: 2_000_000_000_000n,
  Charlie: 10_000_000n,
};

async function neuron(name: string) {
  const keys = { hotkey: (await hotkeyOf(name)).address, coldkey: await coldkeyOf(name) };
  const stakeRao = STAKE_RAO[name];
  return stakeRao === undefined ? keys : { ...keys, stakeRao, validatorPermit: name !== "Charlie" };
}

/** A genesis with one subnet: commit-reveal off, two mechanisms, tempo 20, rate limit 5. */
export async function localGenesis(overrides: Partial<GenesisSubnet> = {}): Promise<GenesisSpec> {
  const neurons = await Promise.all(NAMES.map(neuron));
  const subnet: GenesisSubnet = {
    netuid: NETUID,
    tempo: 20,
    weightsRateLimit: 5,
    owner: await neuron("Owner"),
    neurons,
    ...overrides,
    hyperparameters: {
      commitRevealWeightsEnabled: false,
      minAllowedWeights: 2,
      mechanismCount: 2,
      weightsVersionKey: 7n,
      ...overrides.hyperparameters,
    },
  };
  const sudo = (await hotkeyOf("Sudo")).address;
  return {
    chainName: "local",
    startTimeMs: 0,
    sudo,
    balances: {},
    stakeThresholdRao: 1_000_000_000n,
    subnets: [subnet],
  };
}

/** A devnet whose blocks are made by hand. */
export async function startLocal(overrides?: Partial<GenesisSubnet>, port = 0): Promise<Devnet> {
  return startDevnet({ genesis: await localGenesis(overrides), blockMs: 0, port, ...SERVED_METADATA });
}

/** What a connection says; `next` is the next line with that message, to be awaited instead of slept for. */
export type Journal = ChainLog & { next(message: string): Promise<object> };

/** A log whose lines can be awaited. */
export function journal(): Journal {
  const waiters = new Set<{ message: string; resolve: (facts: object) => void }>();
  const write = (facts: object, message: string) => {
    for (const waiter of waiters) {
      if (waiter.message !== message) continue;
      waiters.delete(waiter);
      waiter.resolve(facts);
    }
  };
  const next = (message: string) => new Promise<object>((resolve) => waiters.add({ message, resolve }));
  return { debug: write, info: write, warn: write, next };
}

/** A chain on the devnet together with its journal. */
export async function connectLocal(
  url: string,
  options: Partial<ConnectOptions> = {},
): Promise<{ chain: Chain; log: Journal }> {
  const log = journal();
  return { chain: await connectChain({ url, deadlineMs: 120_000, log, ...options }), log };
}
