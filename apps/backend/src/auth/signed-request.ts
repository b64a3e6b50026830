import { createHash } from "node:crypto";
import { ApiError, type HotkeyCaller } from "@assay/api";
import { verifySignature } from "@assay/chain/wallet";
import {
  type Clock,
  NONCE_LIFETIME_MS,
  REQUEST_HEADERS,
  REQUEST_WINDOW_MS,
  RequestClaims,
  RequestHeaders,
  requestBytes,
} from "@assay/core";
import { type Db, findValidatorKey, insertNonce } from "@assay/db";
import type { Subnet } from "../chain/subnet.ts";
import type { HotkeyLimit } from "./hotkey-limit.ts";

/** A request as received; the body is read only when everything cheaper has been checked. */
export type ReceivedRequest = {
  readonly method: string;
  /** Path and raw query string exactly as received. */
  readonly target: string;
  /** Path of the procedure. */
  readonly purpose: string;
  readonly header: (name: string) => string | undefined;
  /** Throws API_BODY_TOO_LARGE. */
  readonly body: () => Promise<Uint8Array>;
};

export type SignatureStore = {
  readonly db: Db;
  readonly clock: Clock;
  readonly netuid: number;
  readonly subnet: Subnet;
  readonly audiences: readonly string[];
  readonly hotkeys: HotkeyLimit;
};

/** Whether a request claims to be signed. */
export function isSigned(request: Pick<ReceivedRequest, "header">): boolean {
  return Object.values(REQUEST_HEADERS).some((name) => request.header(name) !== undefined);
}

/**
 * Who signed this request: shape, time, registration, signature, room, body, nonce.
 *
 * The body, up to 33 MB, is read only once its hash is known to be signed. The nonce is stored last, so that nobody can
 * fill the store or spend the nonce of another.
 */
export async function authenticateSignature(
  store: SignatureStore,
  request: ReceivedRequest,
): Promise<HotkeyCaller> {
  const headers = readHeaders(request);
  assertFresh(headers.timestampMs, store.clock.now());
  assertRegistered(headers.signer, store);
  assertSignature(headers, { store, request });
  await store.hotkeys.assertRoom(headers.signer);
  await assertBody(headers.bodySha256, request);
  await spendNonce(headers, store);
  await store.hotkeys.take(headers.signer);
  return { kind: "hotkey", hotkey: headers.signer, isValidator: await isValidator(headers.signer, store) };
}

function readHeaders({ header }: ReceivedRequest): RequestHeaders {
  const received = Object.entries(REQUEST_HEADERS).map(([field, name]) => [field, header(name)]);
  const parsed = RequestHeaders.safeParse(Object.fromEntries(received));
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0]) as keyof typeof REQUEST_HEADERS;
  throw malformed(REQUEST_HEADERS[field], parsed.error.issues[0]?.message);
}

function malformed(header: string, reason = "malformed"): ApiError {
  return new ApiError({ code: "API_MALFORMED_SIGNATURE", header }, `Signed request: ${header}: ${reason}.`);
}

/** Throws API_REQUEST_EXPIRED for what was signed too long ago, or is dated ahead. */
export function assertFresh(timestampMs: number, now: number): void {
  const skewMs = timestampMs - now;
  if (Math.abs(skewMs) <= REQUEST_WINDOW_MS) return;
  const direction = skewMs < 0 ? "behind" : "ahead of";
  const message = `The request is dated ${Math.abs(skewMs) / 1000} s ${direction} the backend's clock; 30 s are allowed.`;
  throw new ApiError({ code: "API_REQUEST_EXPIRED", skewMs, windowMs: REQUEST_WINDOW_MS }, message);
}

function assertRegistered(hotkey: string, { subnet, netuid }: SignatureStore): void {
  if (subnet.current().neurons.has(hotkey)) return;
  const message = `${hotkey} is not registered on subnet ${netuid} at the newest finalised block.`;
  throw new ApiError({ code: "API_UNKNOWN_HOTKEY", hotkey, netuid }, message);
}

async function assertBody(claimed: string, request: ReceivedRequest): Promise<void> {
  const actual = createHash("sha256")
    .update(await request.body())
    .digest("hex");
  if (actual === claimed) return;
  throw new ApiError(
    { code: "API_BODY_HASH_MISMATCH", claimed, actual },
    "The body is not the one that was signed.",
  );
}

function assertSignature(
  headers: RequestHeaders,
  { store, request }: { store: SignatureStore; request: ReceivedRequest },
): void {
  const { signer, signature } = headers;
  const { netuid } = store;
  const { purpose, method, target } = request;
  const audiences = likelyAudiences(store.audiences, request);
  const isValid = audiences.some((audience) => {
    const claims = RequestClaims.safeParse({ ...headers, purpose, method, target, audience, netuid });
    if (!claims.success) throw malformed(String(claims.error.issues[0]?.path[0]));
    return verifySignature(requestBytes(claims.data), signature, signer);
  });
  if (isValid) return;
  const message = `The signature is not ${signer}'s for ${purpose} on subnet ${netuid} at ${audiences.join(" or ")}.`;
  const facts = { signer, purpose, netuid, audiences: [...audiences] };
  throw new ApiError({ code: "API_INVALID_SIGNATURE", ...facts }, message);
}

/** The origin that was dialled stands in the host header too, unless a proxy rewrote it: each one less saves a check. */
function likelyAudiences(audiences: readonly string[], { header }: ReceivedRequest): readonly string[] {
  const dialled = audiences.filter((audience) => new URL(audience).host === header("host"));
  return dialled.length > 0 ? dialled : audiences;
}

/** Throws API_REPLAYED if the signer has used a nonce before. */
export async function spendNonce(
  { signer, nonce }: Pick<RequestHeaders, "signer" | "nonce">,
  { db, clock, netuid }: SignatureStore,
): Promise<void> {
  const expiresAt = new Date(clock.now() + NONCE_LIFETIME_MS);
  const fresh = await insertNonce(db, { netuid, signer, nonce, expiresAt });
  if (fresh === undefined)
    throw new ApiError({ code: "API_REPLAYED", nonce }, "This request has been received before.");
}

async function isValidator(hotkey: string, { db, clock, netuid }: SignatureStore): Promise<boolean> {
  const key = await findValidatorKey(db, { netuid, hotkey, now: new Date(clock.now()) });
  return key !== undefined;
}
