import { createHash } from "node:crypto";
import { ApiError, type ConnectionParams, type KeyCaller } from "@assay/api";
import { verifySignature } from "@assay/chain/wallet";
import { CONNECTION_PURPOSE, CONNECTION_TARGET, requestBytes } from "@assay/core";
import {
  assertFresh,
  authenticateSignature,
  isSigned,
  type ReceivedRequest,
  type SignatureStore,
  spendNonce,
} from "./signed-request.ts";

/**
 * Whoever shows a key bound to a hotkey on a socket also proves to hold that hotkey, by a fresh signature over the token
 * and the place: a key that leaked is worth nothing alone. Throws API_PROOF_NEEDED or API_INVALID_SIGNATURE.
 */
export async function assertPossession(
  store: SignatureStore,
  { caller: { hotkey }, params }: { caller: KeyCaller; params: ConnectionParams },
): Promise<void> {
  if (hotkey === null) return;
  const { token, timestampMs, nonce, signature } = params;
  if (timestampMs === undefined || nonce === undefined || signature === undefined) throw unproven(hotkey);
  assertFresh(timestampMs, store.clock.now());
  const { netuid, audiences } = store;
  const claims = {
    purpose: CONNECTION_PURPOSE,
    method: "GET" as const,
    target: CONNECTION_TARGET,
    netuid,
    signer: hotkey,
    timestampMs,
    nonce,
    bodySha256: createHash("sha256").update(token).digest("hex"),
  };
  const isValid = audiences.some((audience) =>
    verifySignature(requestBytes({ ...claims, audience }), signature, hotkey),
  );
  if (!isValid) throw forged({ signer: hotkey, netuid, audiences: [...audiences] });
  await spendNonce({ signer: hotkey, nonce }, store);
}

/**
 * The same over HTTP, where the whole request is signed as a miner's is, so that nothing of it can be used again. Throws
 * API_PROOF_NEEDED, or what a signed request is refused with.
 */
export async function assertHolder(
  store: SignatureStore,
  { caller: { hotkey }, request }: { caller: KeyCaller; request: ReceivedRequest },
): Promise<void> {
  if (hotkey === null) return;
  if (!isSigned(request)) throw unproven(hotkey);
  const signer = await authenticateSignature(store, request);
  if (signer.hotkey !== hotkey) throw unproven(hotkey);
}

function unproven(hotkey: string): ApiError {
  const message = `This key is bound to ${hotkey}: show it with a signature of that hotkey, as @assay/client does when it has a signer.`;
  return new ApiError({ code: "API_PROOF_NEEDED", hotkey }, message);
}

function forged(facts: { signer: string; netuid: number; audiences: string[] }): ApiError {
  const message = `The signature is not ${facts.signer}'s for a connection to ${facts.audiences.join(" or ")}.`;
  return new ApiError({ code: "API_INVALID_SIGNATURE", purpose: CONNECTION_PURPOSE, ...facts }, message);
}
