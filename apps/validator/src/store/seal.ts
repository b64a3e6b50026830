import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "@assay/core";
import { ValidatorError } from "../errors.ts";

/** A record as the journal keeps it: its text, and the hash that shows a flipped bit. */
export type Sealed = { readonly body: string; readonly seal: string };

/** Text and its SHA-256, ready to be stored. */
export function seal(value: Json): Sealed {
  const body = canonicalJson(value);
  return { body, seal: sha256(body) };
}

/** The hash of a record whose parts are columns of their own. */
export function sealOf(value: Json): string {
  return seal(value).seal;
}

/** The stored value; refuses text that no longer has its hash. */
export function unseal(record: Sealed, where: string): unknown {
  if (sha256(record.body) !== record.seal) throw damaged(where);
  return JSON.parse(record.body);
}

/** A record that is not what was written. */
export function damaged(where: string): ValidatorError {
  const problem = "a record does not have the hash it was written with";
  return new ValidatorError(
    { code: "VALIDATOR_JOURNAL_DAMAGED", path: where, problem },
    `The journal is damaged (${where}): ${problem}. Run \`recover\`, which reads the chain first.`,
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
