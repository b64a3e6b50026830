import { canonicalJson } from "../canonical/canonical-json.ts";
import { sha256Hex } from "../canonical/sha256.ts";
import { CoreError } from "../errors.ts";
import { Sha256 } from "../schema/primitives.ts";

const SEED_DOMAIN = "assay-seed-v1";
const SECRET_DOMAIN = "assay-seed-secret-v1";

/** Public randomness: one printable word, so that the hashed lines have one reading. */
const WORD = /^[\x21-\x7e]{1,1000}$/;

/**
 * The hidden seeds of a cycle, the same for every agent: seed_i = SHA-256(domain, secret, randomness, i), one per
 * line, as text.
 *
 * Nobody knows them while submissions are open: the randomness appears only afterwards, and the backend, which alone
 * knows the secret, has published {@link secretHash} before. Once the secret is out, anybody recomputes them.
 *
 * @param secret 64 lower-case hex digits.
 * @param randomness drawn after the close: a block hash or a drand value, printable without spaces.
 * @param count 1 to 100,000.
 * @returns `count` seeds of 64 lower-case hex digits.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export async function deriveSeeds({
  secret,
  randomness,
  count,
}: {
  secret: string;
  randomness: string;
  count: number;
}): Promise<string[]> {
  assertSecret(secret);
  if (!WORD.test(randomness)) throw outOfRange("randomness", randomness, "1 to 1000 printable characters");
  if (!Number.isInteger(count) || count < 1 || count > 100_000)
    throw outOfRange("count", String(count), "1..100000");
  const prefix = `${SEED_DOMAIN}\n${secret}\n${randomness}\n`;
  return Promise.all(Array.from({ length: count }, (_, index) => sha256Hex(`${prefix}${index}`)));
}

/**
 * What is published about a secret before it is used: SHA-256 of its domain and its text, one per line.
 *
 * @throws CoreError CORE_OUT_OF_RANGE for a secret that is not 64 lower-case hex digits.
 */
export async function secretHash(secret: string): Promise<string> {
  assertSecret(secret);
  return sha256Hex(`${SECRET_DOMAIN}\n${secret}`);
}

/** Hash of the seeds a result was computed with: SHA-256 of their canonical JSON, in order. */
export function seedsHash(seeds: readonly string[]): Promise<string> {
  return sha256Hex(canonicalJson(seeds));
}

/** The message never shows the secret. */
function assertSecret(secret: string): void {
  if (!Sha256.safeParse(secret).success) throw outOfRange("secret", "(hidden)", "64 lower-case hex digits");
}

function outOfRange(name: string, value: string, range: string): CoreError {
  return new CoreError({ code: "CORE_OUT_OF_RANGE", name, value, range });
}
