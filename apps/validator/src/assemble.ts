import type { Chain } from "@assay/chain";
import { verifySignature } from "@assay/chain/wallet";
import type { Client } from "@assay/client";
import { type Heartbeat, type Signer, systemClock } from "@assay/core";
import { evaluateDuty } from "./duties/evaluate.ts";
import { heartbeatDuty, type Presence } from "./duties/heartbeat.ts";
import { statusDuty } from "./duties/status.ts";
import { weightsDuty } from "./duties/weights.ts";
import { type Settings, type WorkingDuty, workingDuties } from "./env.ts";
import { boardOf } from "./evaluate/board.ts";
import type { JobOutcome } from "./evaluate/context.ts";
import { localWorker } from "./evaluators/local.ts";
import { Pool } from "./evaluators/pool.ts";
import type { Refusal } from "./evaluators/refusal.ts";
import { type Review, reviewBy, unreviewed } from "./evaluators/review.ts";
import type { Reception } from "./evaluators/server.ts";
import type { Worker } from "./evaluators/worker.ts";
import type { Logger } from "./log.ts";
import type { Duty } from "./loop/duty.ts";
import type { OnRun } from "./loop/run-duties.ts";
import type { StatusSource } from "./status/read.ts";
import { findLastConfirmed } from "./store/intents.ts";
import type { Store } from "./store/open.ts";
import { findKeptSnapshot } from "./store/snapshots.ts";
import { softwareVersion } from "./version.ts";
import { createVitals, type Vitals } from "./vitals.ts";
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

/** What a process runs and shows. */
export type Assembled = {
  readonly duties: Duty[];
  /** Where received snapshots are put. */
  readonly inbox: Inbox;
  readonly status: StatusSource;
  readonly onRun: OnRun;
  /** Where evaluators of other hosts join. */
  readonly evaluators: Pick<Reception, "pool" | "onRefusal" | "review">;
};

/** The duties that were asked for, the heartbeat and the status that go with any of them. */
export function assemble(parts: Parts): Assembled {
  const { settings, chain, store, client, signer, log } = parts;
  const inbox = createInbox();
  const vitals = createVitals();
  const weights = contextOf(parts, { inbox, vitals });
  const onJob = (outcome: JobOutcome) => vitals.metrics.jobs.inc({ outcome });
  const local = localWorker();
  const pool = poolOf(settings, { local, vitals });
  const make: Record<WorkingDuty, () => Duty> = {
    weights: () => weightsDuty(weights),
    evaluate: () =>
      evaluateDuty({ board: boardOf(client), pool, store, signer, clock: systemClock, log, onJob }),
  };
  const { netuid, mechid } = settings;
  const duties = workingDuties(settings.duties);
  const who = { hotkey: signer.address, genesis: chain.genesisHash, netuid, mechid, duties };
  const status = { db: store.db, vitals, storageIndex: storageIndexOf(weights), who };
  const always = [
    statusDuty(status, { store, clock: systemClock }),
    heartbeatDuty(watched(client, vitals), () => stateOf(weights, duties)),
  ];
  const { metrics } = vitals;
  const onRun: OnRun = ({ duty, outcome, seconds }) => {
    metrics.duties.inc({ duty, outcome });
    metrics.dutySeconds.observe({ duty }, seconds);
  };
  const onRefusal = ({ reason }: Refusal) => metrics.evaluatorRefusals.inc({ reason });
  const evaluators = { pool, onRefusal, review: reviewOf(settings, local) };
  const asked = duties.map((name) => make[name]());
  return { duties: [...always, ...asked], inbox, status, onRun, evaluators };
}

function poolOf(
  { localEvaluator: use, evaluatorPort }: Settings,
  { local, vitals }: { local: Worker; vitals: Vitals },
): Pool {
  const onChange = (joined: number) => {
    vitals.evaluators = joined;
  };
  return new Pool({ local, use, isOpen: evaluatorPort !== null, onChange });
}

/** A host that never evaluates cannot play anything again. */
function reviewOf({ localEvaluator, spotCheck: episodes }: Settings, local: Worker): Review {
  const isBlind = localEvaluator === "never" || episodes === 0;
  return isBlind ? unreviewed : reviewBy({ local, episodes });
}

function contextOf(
  { settings, chain, store, signer, client, log }: Parts,
  { inbox, vitals }: { inbox: Inbox; vitals: Vitals },
): WeightsContext {
  const { netuid, mechid, authority, sharedHotkey: isHotkeyShared, maxChange: maxChangePpb } = settings;
  const inputsOf = (version: number) => client.snapshots.inputs({ version });
  const recompute = settings.verify === "off" ? null : { mode: settings.verify, inputsOf };
  const subnet = { netuid, mechid, authority, isHotkeyShared, maxChangePpb, recompute };
  return { chain, store, signer, ...subnet, verify: verifySignature, inbox, vitals, log };
}

/** The backend, with a note of whether it answered last. */
function watched({ validators }: Client, vitals: Vitals): Presence {
  const heartbeat = async (state: Heartbeat) => {
    try {
      await validators.heartbeat(state);
      vitals.isBackendUp = true;
    } catch (error) {
      vitals.isBackendUp = false;
      throw error;
    }
  };
  return { validators: { heartbeat } };
}

function stateOf(context: WeightsContext, duties: WorkingDuty[]): Heartbeat {
  const { db } = context.store;
  const last = findLastConfirmed(db, storageIndexOf(context));
  return {
    softwareVersion,
    duties,
    snapshotVersion: findKeptSnapshot(db)?.version ?? null,
    lastSet: last?.included ? { block: last.included.block, snapshotVersion: last.snapshotVersion } : null,
  };
}
