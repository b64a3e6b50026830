import { readFileSync } from "node:fs";
import { hexToBytes } from "@noble/hashes/utils.js";
import { verifyPulse } from "../beacon/pulse.ts";
import { QUICKNET } from "../beacon/quicknet.ts";

type Sealed = { round: number; plaintext: string; ciphertext: string };
type Weights = { hotkey: string; uids: number[]; values: number[]; versionKey: string };

/** The shape of `vectors/tlock.json`; hex without 0x. */
export type TlockVectors = {
  quicknet: {
    chainHash: string;
    publicKeyG2: string;
    genesisTime: number;
    periodSeconds: number;
    scheme: string;
  };
  beacons: { round: number; signature: string; randomness: string }[];
  payloads: { items: (Weights & { name: string; scale: string })[] };
  rustCiphertexts: (Sealed & { name: string; randomness: { esk: string; sigma: string; nonce: string } })[];
  intermediates: Record<"roundMessage" | "qidG1" | "r" | "uG2" | "gtArkBytes" | "h2" | "h4", string>;
  wasmCiphertexts: { items: (Sealed & { esk: string })[] };
  tsCiphertexts: { items: Sealed[] };
  incompatible: { name: string }[];
  schedule: {
    firstRevealBlock: { name: string; state: { currentBlock: number }; block: number }[];
    revealRound: { case: string; nowUnix: number; blockTime: number; round: number }[];
  };
  commitRevealV2Hash: {
    items: (Weights & {
      name: string;
      storageIndex: number;
      salt: number[];
      preimage: string;
      commitHash: string;
    })[];
  };
};

/** A file of `vectors/`, trusted to have the shape the caller names. */
export function readVectors<Shape>(file: string): Shape {
  return JSON.parse(readFileSync(new URL(`../../vectors/${file}`, import.meta.url), "utf8")) as Shape;
}

export const tlock = readVectors<TlockVectors>("tlock.json");

/** The recorded pulse of a round, verified. */
export function recordedPulse(round: number) {
  const beacon = tlock.beacons.find((candidate) => candidate.round === round);
  return verifyPulse(QUICKNET, { round, signature: hexToBytes(beacon?.signature ?? "") });
}

/** Weights of a vector with bytes and bigint in place of text. */
export function weightsOf({ hotkey, uids, values, versionKey }: Weights) {
  return { hotkey: hexToBytes(hotkey), uids, values, versionKey: BigInt(versionKey) };
}
