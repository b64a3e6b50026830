import { concatBytes } from "@noble/hashes/utils.js";
import { assertLength } from "../assert.ts";
import { TimelockError } from "../errors.ts";
import { compact, scaleReader, u16s, u64 } from "./scale.ts";

/** The weights of a timelocked commit, and whose they are. */
export type WeightsPayload = {
  /** Raw public key of the hotkey that signs the commit, 32 bytes: the chain drops anybody else's. */
  readonly hotkey: Uint8Array;
  /** Unsigned 16-bit, as many as values. */
  readonly uids: readonly number[];
  /** Unsigned 16-bit. */
  readonly values: readonly number[];
  /** Unsigned 64-bit. */
  readonly versionKey: bigint;
};

/** A payload as read: without hotkey in the older form, and its lists may differ in length, which the chain refuses later. */
export type DecodedPayload = Omit<WeightsPayload, "hotkey"> & { readonly hotkey: Uint8Array | null };

const HOTKEY_BYTES = 32;

/** The bytes of a payload in SCALE; always the current form, as one without hotkey can be replayed by others. */
export function encodePayload({ hotkey, uids, values, versionKey }: WeightsPayload): Uint8Array {
  assertLength("hotkey", hotkey, HOTKEY_BYTES);
  assertSameLength(uids, values);
  const owner = concatBytes(compact(HOTKEY_BYTES), hotkey);
  return concatBytes(owner, u16s("uids", uids), u16s("values", values), u64("versionKey", versionKey));
}

/**
 * Reads a payload. Like the chain it takes the older form only for bytes that begin with no current one; unlike the chain it
 * refuses bytes that follow.
 */
export function decodePayload(bytes: Uint8Array): DecodedPayload {
  const current = readForm(bytes, { hasHotkey: true });
  const isCurrent = current !== undefined && (current.payload.hotkey?.length ?? 0) >= HOTKEY_BYTES;
  const form = isCurrent ? current : readForm(bytes, { hasHotkey: false });
  if (form === undefined) throw malformed("they end too early or state a length wrongly");
  if (form.left > 0) throw malformed(`${form.left} bytes follow`);
  if (isCurrent && form.payload.hotkey?.length !== HOTKEY_BYTES) throw malformed("the hotkey is too long");
  return form.payload;
}

/** Refuses lists that do not pair up. */
export function assertSameLength(uids: readonly number[], values: readonly number[]): void {
  if (uids.length === values.length) return;
  const lengths = { uids: uids.length, values: values.length };
  const message = `There are ${lengths.uids} uids and ${lengths.values} values; each uid needs one.`;
  throw new TimelockError({ code: "TIMELOCK_UNEQUAL_LENGTHS", ...lengths }, message);
}

type Form = { readonly payload: DecodedPayload; readonly left: number };

function readForm(bytes: Uint8Array, { hasHotkey }: { hasHotkey: boolean }): Form | undefined {
  const reader = scaleReader(bytes);
  const hotkey = hasHotkey ? reader.readBytes() : null;
  const payload = {
    hotkey,
    uids: reader.readU16s(),
    values: reader.readU16s(),
    versionKey: reader.readU64(),
  };
  return reader.isBroken() ? undefined : { payload, left: reader.left() };
}

function malformed(reason: string): TimelockError {
  const message = `The decrypted bytes are no weights: ${reason}.`;
  return new TimelockError({ code: "TIMELOCK_PAYLOAD_MALFORMED", reason }, message);
}
