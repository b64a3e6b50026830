import type { Outer } from "../metadata/outer-enum.ts";
import { malformed, Reader } from "../scale/buffer.ts";
import { blake2Hex } from "../scale/hash.ts";
import { bytes, compact, u32, u64 } from "../scale/primitives.ts";
import { multiAddress, multiSignature } from "../scale/substrate.ts";
import { decode, encode, type TypeOf } from "../scale/type.ts";
import { type Era, readEra } from "./era.ts";
import { runtimeCall, timestamp } from "./runtime.ts";

/** Format 4 signed, formats 4 and 5 without a signature. */
const SIGNED_V4 = 0x84;
const BARE = [0x04, 0x05];

/** What the signature of an extrinsic covers besides the call. */
export type SignedPart = {
  readonly address: TypeOf<typeof multiAddress>;
  readonly signature: TypeOf<typeof multiSignature>;
  readonly era: Era;
  readonly nonce: number;
  readonly tip: bigint;
  /** The bytes of era, nonce, tip and metadata-hash mode as they were sent. */
  readonly extra: Uint8Array;
  readonly mode: number;
};

export type Extrinsic = {
  readonly hash: string;
  /** With its length prefix, as blocks carry it. */
  readonly encoded: Uint8Array;
  readonly signed: SignedPart | undefined;
  readonly call: Outer;
  readonly callBytes: Uint8Array;
};

/** Reads an extrinsic as clients submit it, length prefix included. */
export function decodeExtrinsic(encoded: Uint8Array): Extrinsic {
  const input = new Reader(decode(bytes, encoded));
  const format = input.byte();
  if (format !== SIGNED_V4 && !BARE.includes(format))
    throw malformed(0, `extrinsic format ${format} is unknown`);
  const signed = format === SIGNED_V4 ? readSigned(input) : undefined;
  const callBytes = input.rest();
  return { hash: blake2Hex(encoded), encoded, signed, call: decode(runtimeCall, callBytes), callBytes };
}

/** The extrinsic that sets a block's time. */
export function timestampInherent(nowMs: number): Extrinsic {
  const call = { pallet: timestamp.name, name: "set", value: { now: BigInt(nowMs) } };
  const callBytes = encode(runtimeCall, call);
  const encoded = encode(bytes, new Uint8Array([0x05, ...callBytes]));
  return { hash: blake2Hex(encoded), encoded, signed: undefined, call, callBytes };
}

function readSigned(input: Reader): SignedPart {
  const address = multiAddress.read(input);
  const signature = multiSignature.read(input);
  const start = input.offset;
  const era = readEra(input);
  const nonce = compact(u32).read(input);
  const tip = compact(u64).read(input);
  const mode = input.byte();
  return { address, signature, era, nonce, tip, mode, extra: input.since(start) };
}
