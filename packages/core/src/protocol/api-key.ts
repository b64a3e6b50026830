import { CoreError } from "../errors.ts";
import { fnv1a } from "../fnv1a.ts";
import { KeyId } from "../schema/primitives.ts";

/** A token's parts; only `secretHash` of the secret is ever stored. */
export type ParsedToken = { id: string; secret: string };

const TOKEN = /^assay_([0-9a-f]{32})_([0-9a-zA-Z]{43})_([0-9a-z]{6})$/;
const SECRET_BYTES = 32;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * Writes an API token `assay_<id>_<secret>_<check>`: the id in front to look it up, the check to refuse typing errors unread.
 *
 * @param keyId `key_<uuidv7>`.
 * @param random 32 random bytes.
 * @throws CoreError CORE_OUT_OF_RANGE for another id, CORE_LENGTH_MISMATCH for fewer or more bytes.
 */
export function formatToken(keyId: string, random: Uint8Array): string {
  assertParts(keyId, random);
  const id = keyId.replace(/^key_/, "").replaceAll("-", "");
  const body = `assay_${id}_${base62(random)}`;
  return `${body}_${check(body)}`;
}

/** Reads a token's parts; undefined for anything that is not a well-formed token. */
export function parseToken(token: string): ParsedToken | undefined {
  const [, hex, secret, sum] = TOKEN.exec(token) ?? [];
  if (hex === undefined || secret === undefined) return undefined;
  if (check(`assay_${hex}_${secret}`) !== sum) return undefined;
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { id: `key_${uuid}`, secret };
}

function assertParts(keyId: string, random: Uint8Array): void {
  if (!KeyId.safeParse(keyId).success)
    throw new CoreError({ code: "CORE_OUT_OF_RANGE", name: "keyId", value: keyId, range: "key_<uuidv7>" });
  if (random.length !== SECRET_BYTES)
    throw new CoreError({
      code: "CORE_LENGTH_MISMATCH",
      name: "random bytes",
      expected: SECRET_BYTES,
      actual: random.length,
    });
}

function base62(bytes: Uint8Array): string {
  let value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let text = "";
  for (let digit = 0; digit < 43; digit++) {
    text = ALPHABET.charAt(Number(value % 62n)) + text;
    value /= 62n;
  }
  return text;
}

/** 31 bits of a hash in base 36: it catches typing errors, it protects nothing. */
function check(text: string): string {
  return (fnv1a(text) >>> 1).toString(36).padStart(6, "0").slice(-6);
}
