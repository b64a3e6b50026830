import { demoGenesis } from "./demo.ts";
import type { GenesisSpec, KeyPair } from "./spec.ts";

/** Accounts of the well-known development phrase: coldkey `//Name`, hotkey `//Name//hotkey`. */
export const DEVELOPMENT_ACCOUNTS = {
  alice: {
    coldkey: "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
    hotkey: "5FBy7nNZZ3gBHSPdNQh8msKHxG1yf9pzrCDrnSXphZhJug2P",
  },
  bob: {
    coldkey: "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty",
    hotkey: "5Haibjija79oVxEDbAjMw1n4ZbbRRpcgE4rYZM6o8YR6i2bA",
  },
  charlie: {
    coldkey: "5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y",
    hotkey: "5E5MmTv3xS9MmtCV7C5UsEhJtGFq3sHCDFpF1WkUbPiLExV2",
  },
  dave: {
    coldkey: "5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy",
    hotkey: "5EFkN25vYpQXcwYCpGK9pp96TuBoyPasBitGgZKyeVHF29VU",
  },
  eve: {
    coldkey: "5HGjWAeFDfFCWPsjFQdVV2Msvz2XtMktvgocEZcCj68kUMaw",
    hotkey: "5EpznjUor6fQJK9jMJf8upMKYjGqz2MandXwdLsLeVxDyttX",
  },
  ferdie: {
    coldkey: "5CiPPseXPECbkjWCa6MnjNokrgYjMqmKndv2rSnekmSK2DjL",
    hotkey: "5DCMYRJN8z7B6m8DHY2BFG4ZfoS3utXiybo6phVPXziMPSun",
  },
} as const satisfies Record<string, KeyPair>;

const TAO = 1_000_000_000n;

/**
 * The genesis of a devnet started without one: subnet 1 of Alice (uid 0, also sudo) with validators Bob, Charlie
 * and Dave (3,000, 2,000 and 1,000 alpha; uids 1 to 3) and miners Eve and Ferdie (uids 4 and 5).
 */
export function developmentGenesis(): GenesisSpec {
  const { alice, bob, charlie, dave, eve, ferdie } = DEVELOPMENT_ACCOUNTS;
  return demoGenesis({
    sudo: alice.coldkey,
    owner: alice,
    validators: [
      { ...bob, stakeRao: 3_000n * TAO },
      { ...charlie, stakeRao: 2_000n * TAO },
      { ...dave, stakeRao: 1_000n * TAO },
    ],
    miners: [eve, ferdie],
  });
}
