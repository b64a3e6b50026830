import { z } from "zod";
import { CoreError } from "../errors.ts";
import { Address, Netuid, Sha256, Signature } from "../schema/primitives.ts";

/** First line of every signed request: names the scheme, and can never begin a SCALE extrinsic payload. */
export const REQUEST_SCHEME = "assay-v1";
/** A request is fresh within this many milliseconds of the verifier's clock, on both sides. */
export const REQUEST_WINDOW_MS = 30_000;
/** What a hotkey signs to open a socket with a key bound to it; the body is the key's token. */
export const CONNECTION_PURPOSE = "sockets.connect";
export const CONNECTION_TARGET = "/ws";
/** Nonces are remembered for twice the window and a margin. */
export const NONCE_LIFETIME_MS = 2 * REQUEST_WINDOW_MS + 10_000;

const line = z.string().regex(/^[\x21-\x7e]+$/, "expected printable ASCII without spaces");

/** Everything a signature covers; each field has a grammar without line breaks. */
export const RequestClaims = z.object({
  /** Path of the procedure, such as `submissions.create`. */
  purpose: z.string().regex(/^[a-zA-Z]+\.[a-zA-Z]+$/),
  method: z.enum(["GET", "POST"]),
  /** Path and raw query string exactly as received. */
  target: line.max(16_384),
  /** Origin of the backend that is meant, as the caller dialled it: `https://host[:port]`. */
  audience: line.max(300),
  netuid: Netuid,
  signer: Address,
  timestampMs: z.int().min(0),
  /** 128 random bits, hex. */
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  /** SHA-256 of the received body bytes; of nothing for a GET. */
  bodySha256: Sha256,
});
export type RequestClaims = z.infer<typeof RequestClaims>;

/**
 * The bytes a hotkey signs for one request: the scheme and nine fields, one a line.
 *
 * Two different requests never give the same bytes, because no field can hold a line break.
 *
 * @throws CoreError CORE_INVALID_DOCUMENT for claims that break their grammar.
 */
export function requestBytes(claims: RequestClaims): Uint8Array {
  assertClaims(claims);
  const { purpose, method, target, audience, netuid, signer, timestampMs, nonce, bodySha256 } = claims;
  const lines = [
    REQUEST_SCHEME,
    purpose,
    method,
    target,
    audience,
    netuid,
    signer,
    timestampMs,
    nonce,
    bodySha256,
  ];
  return new TextEncoder().encode(lines.join("\n"));
}

function assertClaims(claims: RequestClaims): void {
  const issue = RequestClaims.safeParse(claims).error?.issues[0];
  if (issue === undefined) return;
  throw new CoreError({ code: "CORE_INVALID_DOCUMENT", path: issue.path.join("."), reason: issue.message });
}

/** The headers that carry what the request itself does not show. */
export const REQUEST_HEADERS = {
  scheme: "x-assay-scheme",
  signer: "x-assay-signer",
  timestampMs: "x-assay-timestamp",
  nonce: "x-assay-nonce",
  bodySha256: "x-assay-body-sha256",
  signature: "x-assay-signature",
} as const;

/** Headers of a signed request as received. */
export const RequestHeaders = z.object({
  scheme: z.literal(REQUEST_SCHEME),
  signer: Address,
  timestampMs: z.coerce.number().int().min(0),
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  bodySha256: Sha256,
  signature: Signature,
});
export type RequestHeaders = z.infer<typeof RequestHeaders>;
