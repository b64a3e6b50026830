import type { Chain } from "@assay/chain";
import { verifySignature } from "@assay/chain/wallet";
import type { Signer } from "@assay/core";
import type { Logger } from "../log.ts";
import type { Store } from "../store/open.ts";
import { createVitals } from "../vitals.ts";
import type { WeightsContext } from "../weights/context.ts";
import { createInbox } from "../weights/inbox.ts";

type Parts = {
  readonly chain: Chain;
  readonly store: Store;
  readonly signer: Signer;
  readonly netuid: number;
  readonly log: Logger;
} & Partial<Pick<WeightsContext, "isHotkeyShared" | "maxChangePpb" | "recompute">>;

/** What the weights duty works with by default: mechanism 0, the owner on chain trusted, nothing received yet. */
export function weightsContext(parts: Parts): WeightsContext {
  const usual = { mechid: 0, authority: null, verify: verifySignature };
  const limits = { isHotkeyShared: false, maxChangePpb: null, recompute: null };
  return { ...usual, ...limits, ...parts, inbox: createInbox(), vitals: createVitals() };
}
