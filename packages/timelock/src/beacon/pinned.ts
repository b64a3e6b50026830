import { TimelockError } from "../errors.ts";
import { assertBeacon, type Beacon } from "./beacon.ts";
import { QUICKNET } from "./quicknet.ts";

/** The beacon of every public Bittensor network, by genesis hash. */
export const PINNED_BEACONS: Readonly<Record<string, Beacon>> = Object.freeze({
  /** Mainnet (finney). */
  "0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03": QUICKNET,
  /** The public testnet. */
  "0x8f9cf856bf558a14440e75569c9e58594757048d7b3a84b5d25f6bd978263105": QUICKNET,
});

const COMPARED = ["scheme", "publicKey", "genesisTime", "periodSeconds", "chainHash"] as const;

/**
 * The beacon to encrypt for on the chain of this genesis. For a public network it is the pinned one, and a chain that
 * names another is refused: weights sealed for a key of its own could be read at once. Any other genesis is a
 * development chain, which alone may name its beacon.
 */
export function beaconFor(genesis: string, onChain?: Beacon): Beacon {
  const key = genesis.toLowerCase();
  const pinned = Object.hasOwn(PINNED_BEACONS, key) ? PINNED_BEACONS[key] : undefined;
  if (pinned !== undefined) return samePinned({ genesis: key, pinned, onChain });
  if (onChain === undefined) {
    const message = `No beacon is pinned for the chain with genesis ${genesis}, and it names none.`;
    throw new TimelockError({ code: "TIMELOCK_BEACON_UNKNOWN", genesis }, message);
  }
  assertBeacon(onChain);
  return onChain;
}

type Comparison = { readonly genesis: string; readonly pinned: Beacon; readonly onChain: Beacon | undefined };

function samePinned({ genesis, pinned, onChain }: Comparison): Beacon {
  if (onChain === undefined) return pinned;
  const field = COMPARED.find((name) => textOf(onChain[name]) !== textOf(pinned[name]));
  if (field === undefined) return pinned;
  const values = { pinned: textOf(pinned[field]), onChain: textOf(onChain[field]) };
  const message = `The chain names a beacon with ${field} ${values.onChain}; ${values.pinned} is pinned for it.`;
  throw new TimelockError({ code: "TIMELOCK_BEACON_DIFFERS", genesis, field, ...values }, message);
}

function textOf(value: string | number): string {
  return String(value).toLowerCase();
}
