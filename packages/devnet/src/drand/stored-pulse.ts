import { type Pulse, TimelockError, verifyPulse } from "@assay/timelock";
import { drand } from "../runtime/runtime.ts";
import { bytesToHex } from "../scale/hex.ts";
import { read } from "../state/access.ts";
import type { StateReader } from "../state/overlay.ts";
import { beaconOf } from "./beacon.ts";

/** The check costs two pairings, and what waits mostly shares its round. */
let checked: { readonly key: string; readonly pulse: Pulse | undefined } | undefined;

/** The stored pulse of a round once it is checked, "missing" before it is stored, "forged" if it is not the beacon's. */
export function pulseAt(state: StateReader, round: bigint): Pulse | "missing" | "forged" {
  const stored = read(state, drand.storage.Pulses, round);
  if (stored === undefined) return "missing";
  const beacon = beaconOf(state);
  const signed = { round: Number(round), signature: stored.signature };
  const key = `${beacon.chainHash} ${round} ${bytesToHex(stored.signature)}`;
  if (checked?.key !== key) checked = { key, pulse: quietly(() => verifyPulse(beacon, signed)) };
  return checked.pulse ?? "forged";
}

/** What the work yields, nothing if timelock refuses it: on the chain such failures are silent. */
export function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof TimelockError) return undefined;
    throw error;
  }
}
