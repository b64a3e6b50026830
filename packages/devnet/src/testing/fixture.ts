import { publishPulses } from "../drand/pulses.ts";
import { callRefusal } from "../errors.ts";
import { genesisState } from "../genesis/build.ts";
import { DEVELOPMENT_ACCOUNTS, developmentGenesis } from "../genesis/development.ts";
import type { GenesisSpec } from "../genesis/spec.ts";
import type { Context } from "../runtime/context.ts";
import { dispatch } from "../runtime/dispatch.ts";
import { timestamp } from "../runtime/runtime.ts";
import { accountFromAddress } from "../scale/ss58.ts";
import { write } from "../state/access.ts";
import { Overlay, stateAt } from "../state/overlay.ts";
import { Store } from "../state/store.ts";
import { runCoinbase } from "../subtensor/coinbase.ts";

const START_MS = 1_700_000_000_000;

/** The hex account of a development hotkey or coldkey. */
export function developmentAccount(
  name: keyof typeof DEVELOPMENT_ACCOUNTS,
  key: "hotkey" | "coldkey" = "hotkey",
): string {
  const account = accountFromAddress(DEVELOPMENT_ACCOUNTS[name][key]);
  if (account === undefined) throw new Error(`${name} has no ${key}`);
  return account;
}

/** A context at `block` on the state of a genesis. */
export function contextAt(block: number, genesis: GenesisSpec = developmentGenesis()): Context {
  const store = new Store();
  store.commit(0, genesisState(genesis, START_MS));
  return { state: new Overlay(stateAt(store, 0)), block, events: [], dispatch };
}

/** The development genesis with commit-reveal on and a permit for every validator. */
export function committingGenesis(): GenesisSpec {
  const genesis = developmentGenesis();
  const hyperparameters = { commitRevealWeightsEnabled: true, mechanismCount: 2, maxAllowedUids: 128 };
  return { ...genesis, subnets: genesis.subnets.map((subnet) => ({ ...subnet, hyperparameters })) };
}

/** The same state in a later block, its epochs run. */
export function advance(context: Context, block: number): Context {
  let current = context;
  while (current.block < block) {
    current = { ...current, block: current.block + 1, events: [] };
    runCoinbase(current);
  }
  return current;
}

/** The name of the error a work is refused with, "accepted" if it is not. */
export function refusalOf(work: () => void): unknown {
  try {
    work();
    return "accepted";
  } catch (error) {
    return callRefusal(error)?.error ?? error;
  }
}

/** As {@link advance}, with the chain's time and the beacon's pulses in every block. */
export function live(context: Context, block: number): Context {
  let current = context;
  while (current.block < block) {
    current = advance(current, current.block + 1);
    write(current.state, timestamp.storage.Now, [BigInt(timeOf(current.block))]);
    publishPulses(current);
  }
  return current;
}

/** Chain time of a block in milliseconds. */
export function timeOf(block: number): number {
  return START_MS + block * 12_000;
}
