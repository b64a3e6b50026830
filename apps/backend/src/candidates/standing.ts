import { ApiError, type ApiErrorFacts } from "@assay/api";
import { shortfalls } from "@assay/core";
import {
  type CandidateRow,
  type CompetitionRow,
  findBanOf,
  findCurrentLeader,
  getCycle,
  getThresholds,
  type Trx,
} from "@assay/db";
import type { Backend } from "../backend.ts";
import { thresholdsOf } from "../competitions/view.ts";

type Cause = Extract<ApiErrorFacts, { code: "API_CANDIDATE_STALE" }>["cause"];

/**
 * Checks once more, inside the deciding transaction, that a candidate may lead: registered, not banned, eligible, and
 * over the bar of whoever leads now. Throws API_CANDIDATE_STALE with the difference.
 */
export async function assertStillStands(
  trx: Trx,
  {
    backend,
    candidate,
    competition,
  }: { backend: Backend; candidate: CandidateRow; competition: CompetitionRow },
): Promise<void> {
  const { hotkey } = candidate;
  assertGoesOn(competition);
  const { metagraph, neurons } = backend.subnet.current();
  if (!neurons.has(hotkey))
    throw stale(candidate, "unregistered", `${hotkey} is not registered at block ${metagraph.at.block}`);
  await assertNotBanned(trx, candidate);
  await assertEligible(trx, candidate);
  await assertOverBar(trx, candidate);
}

/** Nobody is made the leader of what pays nobody any more. */
function assertGoesOn({ id, status }: CompetitionRow): void {
  if (status !== "ended" && status !== "archived") return;
  throw new ApiError({ code: "API_COMPETITION_NOT_OPEN", id, status }, `The competition is ${status}.`);
}

async function assertNotBanned(trx: Trx, candidate: CandidateRow): Promise<void> {
  const { netuid, hotkey, coldkey } = candidate;
  const ban = await findBanOf(trx, { netuid, addresses: [hotkey, coldkey] });
  if (ban !== undefined) throw stale(candidate, "banned", `${ban.address} is banned: ${ban.reason}`);
}

async function assertEligible(trx: Trx, candidate: CandidateRow): Promise<void> {
  const { competitionId, thresholdsVersion: version } = await getCycle(trx, candidate.cycleId);
  const thresholds = thresholdsOf(await getThresholds(trx, { competitionId, version }));
  const [missed] = shortfalls(candidate.figures, thresholds);
  if (missed === undefined) return;
  const difference = `${missed.figure} is ${missed.actual}, ${missed.required} is required`;
  throw stale(candidate, "ineligible", difference);
}

async function assertOverBar(trx: Trx, candidate: CandidateRow): Promise<void> {
  const { comparison, competitionId } = candidate;
  const leader = await findCurrentLeader(trx, competitionId);
  const comparedWith = comparison?.leaderSubmissionId ?? "nobody";
  const leads = leader?.submissionId ?? "nobody";
  if (comparedWith !== leads)
    throw stale(candidate, "leader-changed", `it was compared with ${comparedWith}, but ${leads} leads`);
  if (comparison === null || comparison.difference > comparison.bar) return;
  const difference = `it leads by ${comparison.difference}, more than ${comparison.bar} is required`;
  throw stale(candidate, "below-bar", difference);
}

function stale({ id }: CandidateRow, cause: Cause, difference: string): ApiError {
  const message = `The candidate no longer stands: ${difference}.`;
  return new ApiError({ code: "API_CANDIDATE_STALE", id, cause, difference }, message);
}
