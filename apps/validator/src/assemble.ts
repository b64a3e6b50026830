import type { Chain } from "@assay/chain";
import { verifySignature } from "@assay/chain/wallet";
import type { Client } from "@assay/client";
import { type Heartbeat, type Signer, systemClock } from "@assay/core";
import { evaluateDuty } from "./duties/evaluate.ts";
import { heartbeatDuty } from "./duties/heartbeat.ts";
import { weightsDuty } from "./duties/weights.ts";
import type { DutyName, Settings } from "./env.ts";
import type { Logger } from "./log.ts";
import type { Duty } from "./loop/duty.ts";
import { findLastConfirmed } from "./store/intents.ts";
import type { Store } from "./store/open.ts";
import { findKeptSnapshot } from "./store/snapshots.ts";
import { softwareVersion } from "./version.ts";
import { createVitals } from "./vitals.ts";
import { storageIndexOf, type WeightsContext } from "./weights/context.ts";
import { createInbox, type Inbox } from "./weights/inbox.ts";

export type Parts = {
  readonly settings: Settings;
  readonly chain: Chain;
  readonly store: Store;
  readonly client: Client;
  readonly signer: Signer;
  readonly log: Logger;
};

/** The duties that were asked for, the heartbeat that goes with any of them, and where snapshots are put. */
export function assemble(parts: Parts): { duties: Duty[]; inbox: Inbox } {
  const { settings, chain, store, client, signer, log } = parts;
  const { netuid, mechid, authority } = settings;
  const inbox = createInbox();
  const weights = {
    ...{ chain, store, signer, netuid, mechid, authority, verify: verifySignature, inbox, log },
    ...{ isHotkeyShared: false, maxChangePpb: null, vitals: createVitals() },
  };
  const make: Record<DutyName, () => Duty> = {
    weights: () => weightsDuty(weights),
    evaluate: () => evaluateDuty({ board: client, store, signer, clock: systemClock, log }),
  };
  const heartbeat = heartbeatDuty(client, () => stateOf(weights, settings.duties));
  return { duties: [heartbeat, ...settings.duties.map((name) => make[name]())], inbox };
}

function stateOf(context: WeightsContext, duties: DutyName[]): Heartbeat {
  const { db } = context.store;
  const last = findLastConfirmed(db, storageIndexOf(context));
  return {
    softwareVersion,
    duties,
    snapshotVersion: findKeptSnapshot(db)?.version ?? null,
    lastSet: last?.included ? { block: last.included.block, snapshotVersion: last.snapshotVersion } : null,
  };
}
