import { episodesThrough } from "@assay/core";
import {
  type CycleRow,
  explainEvaluation,
  findCurrentLeader,
  insertJobs,
  listSubmissionsOfCycle,
  type RosterEntry,
  type Trx,
} from "@assay/db";
import { recordAct } from "../audit/act.ts";
import type { Backend } from "../backend.ts";
import { type Entrant, type Evidence, lacksQuorum, readEvidence, verdictOn } from "./evidence.ts";
import { jobsFor } from "./jobs.ts";

type RunningOn = { backend: Backend; cycle: CycleRow };
type Near = { submissionId: string; round: number; roster: RosterEntry[] };

/**
 * Opens another round of seeds for the leader and whoever is too near its bar to tell, and says whether it did. Everything
 * is in the jobs, so a backend that stops in between goes on where it was.
 */
export async function runOn(trx: Trx, { backend, cycle }: RunningOn): Promise<boolean> {
  const leader = (await findCurrentLeader(trx, cycle.competitionId))?.submissionId;
  if (leader === undefined || leader !== cycle.leaderSubmissionId) return false;
  const evidence = await readEvidence(trx, { cycle, mechid: backend.mechid });
  const entrants = await listSubmissionsOfCycle(trx, cycle.id);
  const near = entrants.flatMap((entrant) => nearBar(evidence, { entrant, cycle, leader }) ?? []);
  if (near.length === 0) return false;
  // The leader appears once per entrant; a job that exists is not opened twice.
  const jobs = near.flatMap(({ submissionId, ...asked }) =>
    [submissionId, leader].flatMap((id) => jobsFor(id, { backend, cycle, ...asked })),
  );
  await insertJobs(trx, jobs);
  await tell(trx, { backend, cycle, evidence, near });
  return true;
}

/** The next round of an entrant near the bar, for the validators that have run it and the leader so far. */
function nearBar(
  evidence: Evidence,
  { entrant, cycle, leader }: { entrant: Entrant; cycle: CycleRow; leader: string },
): Near | undefined {
  const { id: submissionId } = entrant;
  const verdict = verdictOn(evidence, { entrant, leaderSubmissionId: leader });
  if (!verdict.needsMore || lacksQuorum(evidence, { id: submissionId, verdict })) return undefined;
  const { round } = verdict;
  const entrantBy = ranBy(evidence, { submissionId, round });
  const leaderBy = ranBy(evidence, { submissionId: leader, round });
  const roster = (cycle.roster ?? []).filter(({ hotkey }) => entrantBy.has(hotkey) && leaderBy.has(hotkey));
  return { submissionId, round: round + 1, roster };
}

function ranBy(
  { results }: Evidence,
  { submissionId, round }: { submissionId: string; round: number },
): Set<string> {
  const own = results.get(submissionId) ?? [];
  return new Set(own.filter((result) => result.round === round).map(({ validator }) => validator));
}

async function tell(
  trx: Trx,
  { backend, cycle, evidence, near }: RunningOn & { evidence: Evidence; near: Near[] },
): Promise<void> {
  const ids = near.map(({ submissionId }) => submissionId);
  const round = Math.max(...near.map((one) => one.round));
  const episodes = episodesThrough(round, evidence.thresholds);
  const explanation = `runs ${episodes} episodes in all, because fewer decide nothing`;
  await explainEvaluation(trx, { ids, explanation });
  const facts = { round, episodes, entrants: ids, leader: cycle.leaderSubmissionId };
  await recordAct(trx, backend, { by: "cycles", action: "cycle.run-on", target: cycle.id, facts });
  backend.log.info({ cycle: cycle.id, ...facts }, "cycle runs on near the bar");
}
