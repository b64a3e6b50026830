import type { Chain, EpochState } from "@assay/chain";
import { NETUID } from "./accounts.ts";
import { finalisedEpochs, type SeenEpoch } from "./epochs.ts";
import type { EpochReport } from "./report.ts";
import { epochTable } from "./screen.ts";
import type { Run } from "./services.ts";

/** Epochs after which they count although nobody was decided on. */
const PATIENCE = 20;

/** Block at which the first decision was taken, once it was. */
export type Progress = { decidedAt: number | undefined };

export type Collecting = {
  run: Run;
  /** Whether the demo decides by itself, and then what. */
  decides: "approve" | "reject" | undefined;
  progress: Progress;
  /** How many are to be collected; without it they go on until the signal. */
  wanted: number | undefined;
  epochs: EpochReport[];
  signal: AbortSignal;
};

/**
 * Collects epochs that saw everybody at work for half of them or more; where the demo decides by itself also its first
 * decision, because blocks come by the clock and a slow machine evaluates for longer. The last of them comes after every
 * validator has heard of an approval.
 */
export async function collectEpochs(chain: Chain, collecting: Collecting): Promise<void> {
  const { run, wanted, epochs, signal } = collecting;
  const began = await chain.epochState(NETUID);
  let shown = "";
  for await (const epoch of finalisedEpochs(chain, { netuid: NETUID, cast: run.cast, signal })) {
    const { report } = epoch;
    const lack = lackOf(epoch, { ...collecting, began });
    const ran = `${report.index} ran at block ${report.block}`;
    const table = epochTable(report);
    const news = table === shown ? `${ran}, like the one before` : ran;
    run.screen.line("epoch", lack === undefined ? news : `${news}; ${lack}, so it does not count`);
    if (table !== shown) run.screen.block(table);
    if (table !== shown && burns(report))
      run.screen.line(
        "burn",
        "nobody leads: what the miners would get goes to the owner, from whom the chain withholds it",
      );
    shown = table;
    if (lack === undefined) epochs.push(report);
    if (epochs.length === wanted) return;
  }
}

/** A burn is weight on the owner's hotkey. */
function burns({ uids, incentive }: EpochReport): boolean {
  return uids.some(({ uid, role }) => role === "owner" && (incentive[uid] ?? 0) > 0);
}

type Judging = Pick<Collecting, "decides" | "progress" | "wanted" | "epochs"> & { began: EpochState };

/** Why an epoch does not count; undefined if it does. */
function lackOf(
  { report: { block }, weightsSince }: SeenEpoch,
  { decides, progress: { decidedAt }, wanted, epochs, began: { at, tempo } }: Judging,
): string | undefined {
  const isPatient = decides !== undefined && block - at.block < PATIENCE * tempo;
  if (!isPatient) return block - at.block < tempo / 2 ? LATE : undefined;
  if (decidedAt === undefined || block - decidedAt < tempo / 2) return UNDECIDED;
  const isLast = epochs.length + 1 === wanted;
  return decides === "approve" && isLast && weightsSince <= decidedAt ? UNHEARD : undefined;
}

const LATE = "everybody was at work for less than half of it";
const UNDECIDED = "nobody was decided on in its first half";
const UNHEARD = "a validator has not set weights since the decision";
