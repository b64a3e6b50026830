import { setTimeout as wait } from "node:timers/promises";
import type { Chain } from "@assay/chain";
import type { Client } from "@assay/client";
import { listSnapshotsAfter } from "@assay/db";
import { describeError } from "../output.ts";
import { demoCast, NETUID, namesOf } from "./accounts.ts";
import { askElsewhere, askHere } from "./ask.ts";
import { collectEpochs, type Progress } from "./collect.ts";
import { type Ask, automatic, createDecisions, type Decider } from "./decisions.ts";
import type { RunFolder } from "./folder.ts";
import { openCompetition, startValidators, submitAgents } from "./people.ts";
import type { UpReport } from "./report.ts";
import type { Screen } from "./screen.ts";
import { type Database, type Run, startBackend, startChain, startDatabase } from "./services.ts";
import type { Stack } from "./stack.ts";

export type DemoOptions = {
  /** Ends after so many epochs that count, see {@link collectEpochs}; without it only a signal ends the run. */
  readonly epochs: number | undefined;
  readonly decider: Decider;
  readonly devnetPort: number;
  readonly backendPort: number;
  readonly folder: RunFolder;
  readonly screen: Screen;
  readonly stack: Stack;
  readonly interrupt: AbortController;
  /** Called once other terminals can join in. */
  onReady(access: { url: string; chainUrl: string; adminToken: string }): void;
};

const LOOK_MS = 500;

/** Runs the whole circle: chain, database, backend, validators and miners, until enough epochs have passed. */
export async function runDemo(options: DemoOptions): Promise<UpReport> {
  const { folder, screen, stack, interrupt } = options;
  const broken = new AbortController();
  const running = AbortSignal.any([broken.signal, interrupt.signal]);
  const fail = (error: Error): void => broken.abort(error);
  const run: Run = { folder, screen, stack, signal: running, fail, cast: await demoCast() };
  const starting = [startChain(run, options.devnetPort), startDatabase(run)] as const;
  await Promise.allSettled(starting);
  const [chain, database] = await Promise.all(starting);
  const backend = await startBackend(run, { chain, database, port: options.backendPort });
  options.onReady({ url: backend.url, chainUrl: chain.endpoint, adminToken: database.adminToken });
  const competition = await openCompetition(run, backend);
  const report: UpReport = {
    netuid: NETUID,
    endpoint: chain.endpoint,
    epochs: [],
    leader: null,
    snapshots: [],
    extrinsics: [],
  };
  await startValidators(run, { chain, backend, extrinsics: report.extrinsics });
  await submitAgents(run, { backend, competitions: [competition] });
  const done = new AbortController();
  const signal = AbortSignal.any([done.signal, running]);
  const look = createDecisions(backend.admin, {
    ask: askerOf(options, signal),
    screen,
    nameOf: namesOf(run.cast),
  });
  const progress: Progress = { decidedAt: undefined };
  const deciding = decideUntil(look, { chain, progress, screen, signal });
  const { decider } = options;
  const decides = decider === "approve" || decider === "reject" ? decider : undefined;
  const counting = { run, decides, progress, wanted: options.epochs };
  await collectEpochs(chain, { ...counting, epochs: report.epochs, signal });
  done.abort();
  await deciding;
  broken.signal.throwIfAborted();
  return complete(report, { admin: backend.admin, database });
}

function askerOf({ decider, screen, interrupt }: DemoOptions, signal: AbortSignal): Ask {
  if (decider === "approve" || decider === "reject") return automatic(decider);
  if (decider === "person-elsewhere") return askElsewhere(screen);
  return askHere({ screen, signal, interrupt: () => interrupt.abort() });
}

type Deciding = { chain: Chain; progress: Progress; screen: Screen; signal: AbortSignal };

/** A decision that fails, say because another terminal was faster, is told once and looked at again. */
async function decideUntil(
  look: () => Promise<boolean>,
  { chain, progress, screen, signal }: Deciding,
): Promise<void> {
  const act = async () => {
    if (await look()) progress.decidedAt ??= (await chain.finalisedHead()).block;
  };
  let told = "";
  while (!signal.aborted) {
    const problem = await act().then(() => "", describeError);
    if (problem !== "" && problem !== told && !signal.aborted) screen.bad("decision", problem);
    told = problem;
    await wait(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function complete(
  report: UpReport,
  { admin, database }: { admin: Client; database: Database },
): Promise<UpReport> {
  const [leader] = await admin.leaders.list();
  const snapshots = await listSnapshotsAfter(database.db, {
    netuid: NETUID,
    mechid: 0,
    version: 0,
    limit: 10_000,
  });
  return {
    ...report,
    leader:
      leader === undefined
        ? null
        : {
            hotkey: leader.hotkey,
            competition: leader.competitionId,
            approvedBy: leader.approvedBy,
            approvedAt: leader.approvedAt,
          },
    snapshots: snapshots.map(({ version, policy }) => ({ version, policy })),
  };
}
