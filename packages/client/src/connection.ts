import { CONNECTION_PURPOSE, CONNECTION_TARGET, requestBytes, sha256Hex } from "@assay/core";
import type { Settings } from "./settings.ts";
import { newNonce } from "./sign.ts";

/** What a socket says first: the API key and, if there is a signer, its fresh signature over it. */
export async function connectionParams(
  { signer, netuid, clock, httpUrl }: Settings,
  token: string,
): Promise<Record<string, string>> {
  if (signer === undefined) return { token };
  const sender = { netuid, signer: signer.address, timestampMs: clock.now(), nonce: newNonce() };
  const place = {
    purpose: CONNECTION_PURPOSE,
    method: "GET",
    target: CONNECTION_TARGET,
    audience: new URL(httpUrl).origin,
  } as const;
  const signature = await signer.sign(
    requestBytes({ ...place, ...sender, bodySha256: await sha256Hex(token) }),
  );
  return { token, timestampMs: String(sender.timestampMs), nonce: sender.nonce, signature };
}
