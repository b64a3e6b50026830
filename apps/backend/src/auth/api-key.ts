import { createHash, timingSafeEqual } from "node:crypto";
import { ApiError, type KeyCaller } from "@assay/api";
import { type Clock, parseToken } from "@assay/core";
import { type ApiKeyRow, type Db, findApiKey } from "@assay/db";

export type KeyStore = { readonly db: Db; readonly clock: Clock; readonly netuid: number };

const UNKNOWN = "0".repeat(64);

/** Who shows this token. Only the holder of the secret learns that a key was revoked or has expired. */
export async function authenticateToken(store: KeyStore, token: string): Promise<KeyCaller> {
  const parsed = parseToken(token);
  if (parsed === undefined) throw invalidKey();
  const row = await findApiKey(store.db, parsed.id);
  // An unknown id costs the same comparison, so that timing does not tell which ids exist.
  const matches = isSameHash(row?.secretHash ?? UNKNOWN, sha256(parsed.secret));
  if (row === undefined || !matches || !isForSubnet(row, store.netuid)) throw invalidKey();
  assertInForce(row, store.clock.now());
  const { id, name, role, hotkey } = row;
  return { kind: "key", id, name, role, hotkey };
}

/** Throws API_KEY_REVOKED or API_KEY_EXPIRED. */
export function assertInForce({ id, revokedAt, expiresAt }: ApiKeyRow, now: number): void {
  if (revokedAt !== null)
    throw new ApiError({ code: "API_KEY_REVOKED", id }, "This API key has been revoked.");
  if (expiresAt.getTime() > now) return;
  const expiredAt = expiresAt.toISOString();
  throw new ApiError({ code: "API_KEY_EXPIRED", id, expiredAt }, `This API key expired at ${expiredAt}.`);
}

function isForSubnet(row: ApiKeyRow, netuid: number): boolean {
  return row.netuid === null || row.netuid === netuid;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function isSameHash(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, "hex"), Buffer.from(b, "hex"));
}

function invalidKey(): ApiError {
  return new ApiError({ code: "API_INVALID_KEY" }, "This is not an API key of this backend.");
}
