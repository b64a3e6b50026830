import { REQUEST_HEADERS, REQUEST_SCHEME, requestBytes, type Signer, sha256Hex } from "@assay/core";

/** A request as it is about to leave. */
export type OutgoingRequest = {
  /** Path of the procedure, such as `submissions.create`. */
  purpose: string;
  method: "GET" | "POST";
  url: URL;
  /** The exact text of the body; empty if there is none. */
  body: string;
};

export type RequestSignature = {
  signer: Signer;
  netuid: number;
  timestampMs: number;
  /** 128 random bits, hex: a request with a nonce the backend has seen is a replay. */
  nonce?: string;
};

/** Signs a request as `assay-v1` and returns the headers to send with it. */
export async function signRequest(
  { purpose, method, url, body }: OutgoingRequest,
  { signer, netuid, timestampMs, nonce = newNonce() }: RequestSignature,
): Promise<Record<string, string>> {
  const bodySha256 = await sha256Hex(body);
  const target = url.pathname + url.search;
  const sender = { netuid, signer: signer.address, timestampMs, nonce };
  const claims = {
    purpose,
    method,
    target,
    audience: url.origin,
    ...sender,
    bodySha256,
  };
  return {
    [REQUEST_HEADERS.scheme]: REQUEST_SCHEME,
    [REQUEST_HEADERS.signer]: signer.address,
    [REQUEST_HEADERS.timestampMs]: String(timestampMs),
    [REQUEST_HEADERS.nonce]: nonce,
    [REQUEST_HEADERS.bodySha256]: bodySha256,
    [REQUEST_HEADERS.signature]: await signer.sign(requestBytes(claims)),
  };
}

/** 128 random bits, hex. */
export function newNonce(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
