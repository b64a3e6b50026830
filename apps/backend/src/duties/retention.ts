import {
  type CycleRow,
  clearTexts,
  type DutyClaim,
  listClearableCycles,
  listClearingCycles,
} from "@assay/db";
import type { Backend } from "../backend.ts";
import { clearedBefore, releaseTexts } from "../results/retention.ts";
import type { Duty } from "./duty.ts";
import { fenced } from "./fenced.ts";
import { RETENTION } from "./names.ts";

const INTERVAL_MS = 3_600_000;
/** Pause before what one run has left over. */
const SOON_MS = 1_000;
/** What a run does at most, so that a replica that is told to stop need not wait for it. */
const MOST = { batch: 500, batches: 20, cycles: 100 };

/** Clears the signed texts of results of cycles that ended long ago; everything that was computed from them stays. */
export function retentionDuty(backend: Backend, most = MOST): Duty {
  let isDone = true;
  return {
    name: RETENTION,
    get intervalMs() {
      return isDone ? INTERVAL_MS : SOON_MS;
    },
    run: async (claim) => {
      await release(backend, { claim, cycles: most.cycles });
      isDone = await clear(backend, { claim, ...most });
    },
  };
}

type Work = { readonly claim: DutyClaim };

async function release(backend: Backend, { claim, cycles: limit }: Work & { cycles: number }): Promise<void> {
  const { db, netuid } = backend;
  const before = await clearedBefore(backend);
  if (before === undefined) return;
  for (const cycle of await listClearableCycles(db, { netuid, before, limit }))
    await fenced(backend, { claim, act: (trx) => releaseTexts(trx, { backend, cycle, before }) });
}

type Batches = Work & { readonly batch: number; readonly batches: number };

/** Clears batch by batch, each in a transaction of its own; false if something is left. */
async function clear(backend: Backend, { claim, batch, batches }: Batches): Promise<boolean> {
  const { db, netuid } = backend;
  const cycles: CycleRow[] = await listClearingCycles(db, netuid);
  for (let run = 0; run < batches; run += 1) {
    const [cycle] = cycles;
    if (cycle === undefined) return true;
    const work = { cycleId: cycle.id, limit: batch };
    const cleared = await fenced(backend, { claim, act: (trx) => clearTexts(trx, work) });
    if (cleared === undefined) return true;
    if (cleared < batch) cycles.shift();
  }
  return cycles.length === 0;
}
