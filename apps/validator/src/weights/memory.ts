import type { EpochState, Head } from "@assay/chain";
import { errorFacts } from "../log.ts";
import { LOG } from "../log-messages.ts";
import type { WeightsContext } from "./context.ts";
import type { Hold } from "./hold.ts";
import { noteOverdue, type OverdueMemory } from "./overdue.ts";
import type { RevealMemory } from "./reveal.ts";

/** Blocks between two looks at a reason to hold. */
export const HOLD_BLOCKS = 4;

/** What only spares work and log lines: nothing in it decides what is sent. */
export type Memory = OverdueMemory &
  RevealMemory & {
    quietUntil: number;
    /** The schedule for which it is quiet: an owner may change it. */
    schedule: string;
    lastHold: string;
    /** Why the last run failed, as the status shows it. */
    failure: Hold | undefined;
    /** The hold that stood before. */
    hidden: Hold | undefined;
    /** The epoch that runs, and the one in which strangers were looked for. */
    epochIndex: number | undefined;
    watchedEpoch: number;
    recomputeFrom: number;
  };

/** What a duty that has just begun remembers. */
export const FRESH = {
  quietUntil: 0,
  schedule: "",
  lastHold: "",
  failure: undefined,
  hidden: undefined,
  epochIndex: undefined,
  watchedEpoch: -1,
  recomputeFrom: 0,
  toldTempos: 0,
  toldReveals: "",
} satisfies Memory;

/** A hold with the blocks to wait: null for the rest of the epoch. */
export type Waiting = Hold & { readonly blocks?: number | null };

/** A duty that fails with every block is told once: its reason stands in the status, and overdue weights are told too. */
export function noteFailure(
  context: WeightsContext,
  memory: Memory,
  { head, error }: { head: Head; error: unknown },
): void {
  const { vitals } = context;
  const { code, error: text } = errorFacts(error);
  const [reason = code] = text.split("\n");
  if (vitals.hold !== memory.failure) memory.hidden = vitals.hold;
  memory.failure = { kind: "hold", code, reason };
  vitals.hold = memory.failure;
  if (vitals.epoch !== undefined) noteOverdue(context, memory, { head, epoch: vitals.epoch });
}

/** What held before holds still, unless this run has found otherwise. */
export function endFailure({ vitals }: WeightsContext, memory: Memory): void {
  if (memory.failure !== undefined && vitals.hold === memory.failure) vitals.hold = memory.hidden;
  memory.failure = undefined;
  memory.hidden = undefined;
}

/** Something new may end a hold at once. */
export function lookAnew(memory: Memory): void {
  memory.quietUntil = 0;
  memory.recomputeFrom = 0;
}

/** Remembers why nothing is sent, or that nothing keeps us; a reason is told once an epoch. */
export function noteHold(
  { log, vitals }: WeightsContext,
  memory: Memory,
  { held, head, epoch }: { held?: Waiting | undefined; head: Head; epoch: EpochState },
): void {
  vitals.hold = held;
  if (held === undefined) return;
  const { blocks = HOLD_BLOCKS, code, reason } = held;
  memory.quietUntil = blocks === null ? Number.POSITIVE_INFINITY : head.block + blocks;
  const told = `${epoch.epochIndex} ${code}`;
  if (memory.lastHold === told) return;
  memory.lastHold = told;
  vitals.metrics.holds.inc({ reason: code });
  log.warn({ epochIndex: epoch.epochIndex, code, reason }, LOG.weightsHeld);
}
