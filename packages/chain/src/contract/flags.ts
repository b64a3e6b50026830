import { parseArgs } from "node:util";
import type { Signer } from "@assay/core";
import { signerFromFile, signerFromWallet } from "../wallet/key-file.ts";
import { signerFromUri } from "../wallet/secret-uri.ts";

/** What the contract suite is asked to do. */
export type ContractFlags = {
  readonly url: string;
  readonly netuid: number;
  readonly mechid: number;
  readonly genesisHash: string | undefined;
  /** Whether to wait for the epochs in which commits are revealed. */
  readonly followsReveals: boolean;
  /** Loads the hotkey; undefined means that nothing is sent. */
  readonly signer: (() => Promise<Signer>) | undefined;
};

export const USAGE =
  "usage: test:chain -- --url ws://HOST:PORT [--netuid N] [--genesis 0x…]\n" +
  "  to send weights as well: [--wallet NAME [--hotkey NAME] [--wallet-path FOLDER] | --key FILE or //Development/path]\n" +
  "                           [--mechid N] [--reveals]";

const text = { type: "string" } as const;
const OPTIONS = {
  url: text,
  netuid: text,
  mechid: text,
  genesis: text,
  wallet: text,
  hotkey: text,
  "wallet-path": text,
  key: text,
  reveals: { type: "boolean" },
} as const;

/** Undefined if they are not meant so. */
export function parseContractFlags(args: readonly string[]): ContractFlags | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const { url, netuid = "1", mechid = "0", genesis: genesisHash, reveals = false } = values;
    if (url === undefined || !/^\d{1,5}$/.test(netuid) || !/^\d{1,3}$/.test(mechid)) return undefined;
    const where = { url, netuid: Number(netuid), mechid: Number(mechid), genesisHash };
    return { ...where, followsReveals: reveals, signer: signerOf(values) };
  } catch {
    return undefined;
  }
}

type Keys = { wallet?: string; hotkey?: string; "wallet-path"?: string; key?: string };

function signerOf({ key, wallet: name, hotkey, "wallet-path": path }: Keys): ContractFlags["signer"] {
  if (key !== undefined) return () => (key.startsWith("//") ? signerFromUri(key) : signerFromFile(key));
  if (name === undefined) return undefined;
  return () => signerFromWallet({ name, hotkey, path });
}
