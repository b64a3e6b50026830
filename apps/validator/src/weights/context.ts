import type { Chain } from "@assay/chain";
import { mechanismStorageIndex, type PublishedInputs, type Signer, type VerifySignature } from "@assay/core";
import type { Logger } from "../log.ts";
import { within } from "../loop/within.ts";
import type { Store } from "../store/open.ts";
import type { Vitals } from "../vitals.ts";
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
  /** Whether the hotkey signs elsewhere too, as on other subnets: then a nonce that moved says nothing. */
  readonly isHotkeyShared: boolean;
  /** Share of the weight on chain that one epoch may move, ppb; null for any. */
  readonly maxChangePpb: number | null;
  /** How snapshots are computed again from their inputs, and whether one that differs is held; null for not at all. */
  readonly recompute: Recompute | null;
  readonly vitals: Vitals;
  readonly log: Logger;
};

/** Where published inputs come from; the client has this. */
export type Recompute = {
  readonly mode: "alarm" | "refuse";
  readonly inputsOf: (version: number) => Promise<PublishedInputs>;
};

/** One read of the chain may take this long. */
const READ_MS = 30_000;

/** A read of the chain under its deadline. */
export function reading<T>(what: string, promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return within(promise, { what, ms: READ_MS, signal });
}

/** Key under which chain and journal keep this mechanism's weights. */
export function storageIndexOf({ netuid, mechid }: Pick<WeightsContext, "netuid" | "mechid">): number {
  return mechanismStorageIndex(netuid, mechid);
}
