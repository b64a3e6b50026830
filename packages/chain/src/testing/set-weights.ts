import type { Devnet } from "@assay/devnet";
import type { Chain } from "../types.ts";
import type { SetWeightsOutcome, SetWeightsRequest } from "../weights.ts";
import { hotkeyOf, type Journal, NETUID } from "./local-chain.ts";

/** What `submit` says once it waits for blocks. */
export const WAITING = "waiting for finalised blocks to decide";

/** A request the test subnet takes from a validator, unless something in it is changed. */
export async function requestOf(
  name: string,
  changes: Partial<SetWeightsRequest> = {},
): Promise<SetWeightsRequest> {
  const row = [
    [4, 65_535],
    [5, 13_107],
  ] as const;
  return { netuid: NETUID, mechid: 0, row, versionKey: 7n, signer: await hotkeyOf(name), ...changes };
}

/** Signs, sends, makes one block and another that finalises it. */
export async function setOn(
  { chain, log, devnet }: { chain: Chain; log: Journal; devnet: Devnet },
  request: SetWeightsRequest,
): Promise<SetWeightsOutcome> {
  const signed = await chain.signSetWeights(request);
  const waiting = log.next(WAITING);
  const outcome = chain.submit(signed);
  await Promise.race([waiting, outcome]);
  await devnet.newBlock(2);
  return outcome;
}
