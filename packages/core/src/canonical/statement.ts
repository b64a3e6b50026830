import type { z } from "zod";
import { CoreError } from "../errors.ts";
import { canonicalJson, type Json } from "./canonical-json.ts";

/** Signs bytes with one sr25519 key; where the key lives is its own business. */
export type Signer = {
  readonly address: string;
  /** Signature as 0x and 128 hex digits. */
  sign(message: Uint8Array): Promise<string> | string;
};

/** Tells whether `signature` is `address`'s sr25519 signature of `message`. */
export type VerifySignature = (message: Uint8Array, signature: string, address: string) => boolean;

/** A statement as it travels: the exact text that was signed, and the signature. */
export type Signed = { body: string; signature: string };

/**
 * Signs a statement: its canonical JSON is both what travels and what is signed.
 *
 * @throws CoreError CORE_NOT_CANONICAL if the body holds what JSON cannot carry.
 */
export async function signStatement(
  body: { scheme: string } & { [key: string]: Json },
  signer: Signer,
): Promise<Signed> {
  const text = canonicalJson(body);
  return { body: text, signature: await signer.sign(new TextEncoder().encode(text)) };
}

/**
 * Opens a signed statement: signature first, then shape, then that the text is the canonical one.
 *
 * The schema carries the scheme's name, so a signature for one purpose never serves another.
 *
 * @throws CoreError CORE_BAD_SIGNATURE, CORE_INVALID_DOCUMENT or CORE_NOT_CANONICAL.
 */
export function openStatement<Schema extends z.ZodType>(
  signed: Signed,
  { address, schema, verify }: { address: string; schema: Schema; verify: VerifySignature },
): z.infer<Schema> {
  if (!verify(new TextEncoder().encode(signed.body), signed.signature, address))
    throw new CoreError({ code: "CORE_BAD_SIGNATURE", address });
  const value = parseJson(signed.body);
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new CoreError({
      code: "CORE_INVALID_DOCUMENT",
      path: issue?.path.join(".") ?? "",
      reason: issue?.message ?? "",
    });
  }
  if (canonicalJson(value) !== signed.body)
    throw new CoreError({
      code: "CORE_NOT_CANONICAL",
      path: "$",
      found: "another spelling of the same value",
    });
  return parsed.data;
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new CoreError({ code: "CORE_INVALID_DOCUMENT", path: "", reason: "not JSON" }, undefined, {
      cause,
    });
  }
}
