import type { Chain } from "@assay/chain";
import { mechanismStorageIndex, type Signer, type VerifySignature } from "@assay/core";
import type { Logger } from "../log.ts";
import { within } from "../loop/within.ts";
import type { Store } from "../store/open.ts";
import type { Inbox } from "./inbox.ts";

/** Everything the weights duty works with. */
export type WeightsContext = {
  readonly chain: Chain;
  readonly store: Store;
  readonly signer: Signer;
  readonly netuid: number;
  readonly mechid: number;
  /** Hotkey whose certificates alone are trusted; null for the subnet's owner on chain. */
  readonly authority: string | null;
  readonly verify: VerifySignature;
  readonly inbox: Inbox;
  readonly log: Logger;
};

/** One read of the chain may take this long. */
const READ_MS = 30_000;

/** A read of the chain under its deadline. */
export function reading<T>(what: string, promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return within(promise, { what, ms: READ_MS, signal });
}

/** Key under which chain and journal keep this mechanism's weights. */
export function storageIndexOf({ netuid, mechid }: WeightsContext): number {
  return mechanismStorageIndex(netuid, mechid);
}
