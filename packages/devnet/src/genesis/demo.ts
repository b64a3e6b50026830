import type { GenesisNeuron, GenesisSpec, KeyPair } from "./spec.ts";

/** Who takes part in the demo subnet. */
export type DemoParticipants = {
  readonly sudo: string;
  readonly owner: KeyPair;
  readonly validators: readonly (KeyPair & { readonly stakeRao: bigint })[];
  readonly miners: readonly KeyPair[];
  readonly netuid?: number;
  readonly blockMs?: number;
};

/** Free balance of the sudo account and every coldkey: 10^15 rao. */
const DEMO_BALANCE = 1_000_000_000_000_000n;
const DEMO_TEMPO = 40;
const DEMO_RATE_LIMIT = 10;

/**
 * One subnet with fast epochs (tempo 40) and weights set directly (rate limit 10, commit-reveal off). Uids: the
 * owner, then validators, then miners; validators hold their permit from the start.
 */
export function demoGenesis(participants: DemoParticipants): GenesisSpec {
  const { sudo, owner, validators, miners, netuid = 1, blockMs = 250 } = participants;
  const coldkeys = [sudo, ...[owner, ...validators, ...miners].map((one) => one.coldkey)];
  const neurons: GenesisNeuron[] = [
    owner,
    ...validators.map((validator) => ({ ...validator, validatorPermit: true })),
    ...miners,
  ];
  return {
    chainName: "Assay Devnet",
    blockMs,
    sudo,
    balances: Object.fromEntries(coldkeys.map((coldkey) => [coldkey, DEMO_BALANCE])),
    subnets: [
      {
        netuid,
        tempo: DEMO_TEMPO,
        weightsRateLimit: DEMO_RATE_LIMIT,
        owner,
        hyperparameters: { commitRevealWeightsEnabled: false },
        neurons,
      },
    ],
  };
}
