import { type Chain, connectChain, type Head } from "@assay/chain";
import { signerFromUri } from "@assay/chain/wallet";
import type { Signer } from "@assay/core";
import { type Devnet, demoGenesis, type Fault, startDevnet } from "@assay/devnet";
import { createAuthority } from "../testing/authority.ts";

export const NETUID = 1;
/** Long enough that an epoch leaves several blocks to send in. */
export const TEMPO = 40;
/** Free again before the next epoch's send block. */
export const RATE_LIMIT = 10;

/** Somebody with keys: a validator, a miner, or a stranger who is not registered yet. */
export type Participant = { readonly hotkey: string; readonly coldkey: string; readonly signer: Signer };

export type WorldOptions = {
  readonly validators: number;
  readonly miners: number;
  /** Whether the subnet begins with commit-reveal on. */
  readonly isSealed: boolean;
};

/** A subnet on a local node whose blocks are made by hand. */
export type World = {
  readonly options: WorldOptions;
  readonly devnet: Devnet;
  /** The test's own eyes: a connection that nothing ever disturbs. */
  readonly chain: Chain;
  readonly authority: Awaited<ReturnType<typeof createAuthority>>;
  readonly owner: Participant;
  readonly validators: readonly Participant[];
  readonly miners: readonly Participant[];
  readonly strangers: readonly Participant[];
  /** The finalised block. */
  head(): Head;
  close(): Promise<void>;
};

/** Fixed, and with it the genesis hash and every validator's send block. */
const START_MS = Date.parse("2026-01-01T00:00:00.000Z");
const STAKE_RAO = 5_000n * 1_000_000_000n;

export async function startWorld(options: WorldOptions): Promise<World> {
  const [owner, validators, miners, strangers] = await Promise.all([
    participant("Owner"),
    participants("Validator", options.validators),
    participants("Miner", options.miners),
    participants("Stranger", 4),
  ]);
  const staked = validators.map((validator) => ({ ...validator, stakeRao: STAKE_RAO }));
  const sudo = owner.coldkey;
  const demo = demoGenesis({ sudo, owner, validators: staked, miners, netuid: NETUID, blockMs: 0 });
  const hyperparameters = { commitRevealWeightsEnabled: options.isSealed };
  const terms = { tempo: TEMPO, weightsRateLimit: RATE_LIMIT, hyperparameters };
  const subnets = demo.subnets.map((subnet) => ({ ...subnet, ...terms }));
  const devnet = await startDevnet({ genesis: { ...demo, subnets, startTimeMs: START_MS }, port: 0 });
  const chain = await connectChain({ url: devnet.url });
  const authority = await createAuthority({ genesis: chain.genesisHash, netuid: NETUID, mechid: 0 });
  const head = () => ({ block: devnet.finalized().number, hash: devnet.finalized().hash });
  const close = async () => {
    await chain.close();
    await devnet.close();
  };
  return { options, devnet, chain, authority, owner, validators, miners, strangers, head, close };
}

/** Faults that stay until they are taken back; clearing one would clear them all. */
export type Weather = { readonly finalityLag: number; readonly isBeaconSilent: boolean };

export function setWeather({ devnet }: World, { finalityLag, isBeaconSilent }: Weather): void {
  const faults: Fault[] = [{ kind: "clear" }];
  if (finalityLag !== 1) faults.push({ kind: "finality", lag: finalityLag });
  if (isBeaconSilent) faults.push({ kind: "beacon" });
  for (const fault of faults) devnet.fault(fault);
}

function participants(name: string, count: number): Promise<Participant[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => participant(`${name}${index}`)));
}

async function participant(name: string): Promise<Participant> {
  const signer = await signerFromUri(`//${name}`);
  const { address: coldkey } = await signerFromUri(`//${name}//coldkey`);
  return { hotkey: signer.address, coldkey, signer };
}
