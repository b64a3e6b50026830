import { signerFromUri } from "@assay/chain/wallet";
import type { Signer } from "@assay/core";
import { demoGenesis, type GenesisSpec } from "@assay/devnet";
import { CliError } from "../errors.ts";

/** The demo's subnet. */
export const NETUID = 1;

export type Role = "owner" | "validator" | "miner";

/** Somebody of the demo subnet; the keys derive from the public development phrase and are worth nothing elsewhere. */
export type Participant = {
  readonly name: string;
  readonly role: Role;
  readonly hotkeyUri: string;
  readonly signer: Signer;
  readonly hotkey: string;
  readonly coldkey: string;
  readonly stakeRao: bigint;
};

const ALPHA = 1_000_000_000n;

/** Name, role and stake in alpha of everybody, in uid order. */
const CAST: readonly (readonly [name: string, role: Role, stakeAlpha: bigint])[] = [
  ["owner", "owner", 0n],
  ["validator-1", "validator", 500_000n],
  ["validator-2", "validator", 300_000n],
  ["validator-3", "validator", 200_000n],
  ["miner-1", "miner", 0n],
  ["miner-2", "miner", 0n],
  ["miner-3", "miner", 0n],
  ["miner-4", "miner", 0n],
];

/** Derives the keys of everybody in the demo. */
export function demoCast(): Promise<Participant[]> {
  return Promise.all(
    CAST.map(async ([name, role, stake]) => {
      const hotkeyUri = `//assay//${name}//hotkey`;
      const signer = await signerFromUri(hotkeyUri);
      const { address: coldkey } = await signerFromUri(`//assay//${name}//coldkey`);
      return { name, role, hotkeyUri, signer, hotkey: signer.address, coldkey, stakeRao: stake * ALPHA };
    }),
  );
}

/** The subnet's owner. */
export function ownerOf(cast: readonly Participant[]): Participant {
  const owner = cast.find(({ role }) => role === "owner");
  if (owner === undefined) throw new CliError({ code: "CLI_NO_OWNER" }, "nobody of the cast owns the subnet");
  return owner;
}

/** The chain's block 0 with everybody registered; the owner is also its sudo. */
export function demoSpec(cast: readonly Participant[]): GenesisSpec {
  const keys = ({ hotkey, coldkey }: Participant) => ({ hotkey, coldkey });
  const having = (role: Role): Participant[] => cast.filter((participant) => participant.role === role);
  const owner = ownerOf(cast);
  return demoGenesis({
    netuid: NETUID,
    sudo: owner.coldkey,
    owner: keys(owner),
    validators: having("validator").map((validator) => ({
      ...keys(validator),
      stakeRao: validator.stakeRao,
    })),
    miners: having("miner").map(keys),
  });
}

/** A genesis as the devnet reads it from a file: JSON with amounts as decimal text. */
export function genesisText(genesis: GenesisSpec): string {
  return JSON.stringify(
    genesis,
    (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value),
    2,
  );
}

/** Names everybody by their hotkey, as the screen shows them. */
export function namesOf(cast: readonly Participant[]): (hotkey: string) => string {
  const names = new Map(cast.map(({ hotkey, name }) => [hotkey, name]));
  return (hotkey) => names.get(hotkey) ?? hotkey;
}
