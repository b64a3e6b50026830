import type { Chain } from "@assay/chain";
import { NETUID } from "./accounts.ts";
import { finalisedEpochs } from "./epochs.ts";
import type { EpochReport } from "./report.ts";
import { epochTable } from "./screen.ts";
import type { Run } from "./services.ts";

/** Epochs after which they count although nobody was decided on. */
const PATIENCE = 10;

/** Block at which the first decision was taken, once it was. */
export type Progress = { decidedAt: number | undefined };

export type Collecting = {
  run: Run;
  /** Whether the demo decides by itself. */
  isAutomatic: boolean;
  progress: Progress;
  /** How many are to be collected; without it they go on until the signal. */
  wanted: number | undefined;
  epochs: EpochReport[];
  signal: AbortSignal;
};

/**
 * Collects epochs that saw everybody at work for half of them or more; where the demo decides by itself also its first
 * decision, because blocks come by the clock and a slow machine evaluates for longer.
 */
export async function collectEpochs(
  chain: Chain,
  { run, isAutomatic, progress, wanted, epochs, signal }: Collecting,
): Promise<void> {
  const { at: joined, tempo } = await chain.epochState(NETUID);
  for await (const epoch of finalisedEpochs(chain, { netuid: NETUID, cast: run.cast, signal })) {
    const isPatient = isAutomatic && epoch.block - joined.block < PATIENCE * tempo;
    const since = isPatient ? (progress.decidedAt ?? epoch.block) : joined.block;
    const counts = epoch.block - since >= tempo / 2;
    const ran = `${epoch.index} ran at block ${epoch.block}`;
    run.screen.line("epoch", counts ? ran : `${ran}; ${isPatient ? UNDECIDED : LATE}, so it does not count`);
    run.screen.block(epochTable(epoch));
    if (counts) epochs.push(epoch);
    if (epochs.length === wanted) return;
  }
}

const LATE = "everybody was at work for less than half of it";
const UNDECIDED = "nobody was decided on in its first half";
