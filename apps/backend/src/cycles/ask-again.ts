import { type CycleRow, listJobsOfCycle, reopenFailedJobs, type Trx } from "@assay/db";
import { recordAct } from "../audit/act.ts";
import type { Backend } from "../backend.ts";
import { MAX_FAILURES } from "../jobs/service.ts";
import { readEvidence } from "./evidence.ts";
import { judge } from "./judge.ts";

const MAX_IN_ALL = 2 * MAX_FAILURES;

/**
 * Whether a cycle whose jobs have all ended, some of them given up, waits for a quorum that those could still bring: in
 * its extension (`isLate`) they are open once more.
 */
export async function askAgain(
  trx: Trx,
  { backend, cycle, isLate }: { backend: Backend; cycle: CycleRow; isLate: boolean },
): Promise<boolean> {
  const evidence = await readEvidence(trx, { cycle, mechid: backend.mechid });
  const judged = await judge(trx, { cycle, evidence });
  if (judged.every(({ verdict }) => verdict.status !== "unscored")) return false;
  const jobs = await listJobsOfCycle(trx, cycle.id);
  if (!jobs.some(({ status, failures }) => status === "failed" && failures < MAX_IN_ALL)) return false;
  if (!isLate) return true;
  const reopened = await reopenFailedJobs(trx, { cycleId: cycle.id, maxFailures: MAX_IN_ALL });
  const act = { by: "cycles", action: "cycle.ask-again", target: cycle.id, facts: { jobs: reopened } };
  await recordAct(trx, backend, act);
  backend.log.info(
    { cycle: cycle.id, jobs: reopened },
    "cycle lacks a quorum: failed jobs are open once more",
  );
  return true;
}
