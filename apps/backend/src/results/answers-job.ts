import { ApiError } from "@assay/api";
import { canonicalJson, type ResultBody, seedsHash } from "@assay/core";
import { findCompetition, getCycle, getSubmission, type JobRow } from "@assay/db";
import type { Backend } from "../backend.ts";
import { seedsOf } from "../cycles/seeds.ts";
import { found } from "../not-found.ts";

/** Refuses a result that is about anything else than its job: API_RESULT_REFUSED names the first field that differs. */
export async function assertAnswersJob(
  backend: Backend,
  { body, job }: { body: ResultBody; job: JobRow },
): Promise<void> {
  const asked = await askedOf(backend, job);
  const answered: Record<keyof typeof asked, string> = {
    validator: body.validator,
    cycleId: body.cycleId,
    submissionId: body.submissionId,
    artefactSha256: body.artefactSha256,
    evaluator: canonicalJson(body.evaluator),
    seedsHash: body.seedsHash,
    episodes: String(body.failure === null ? body.episodes.length : asked.episodes),
    episodesAfterFailure: String(body.failure === null ? 0 : body.episodes.length),
  };
  for (const [field, expected] of Object.entries(asked)) {
    const actual = answered[field as keyof typeof asked];
    if (actual === expected) continue;
    const facts = { jobId: job.id, field, expected, actual };
    throw new ApiError(
      { code: "API_RESULT_REFUSED", ...facts },
      `The result's ${field} is not that of its job.`,
    );
  }
}

async function askedOf({ db, netuid }: Backend, job: JobRow) {
  const { competitionId: id } = job;
  const cycle = await getCycle(db, job.cycleId);
  const submission = await getSubmission(db, job.submissionId);
  const competition = found(await findCompetition(db, id), { kind: "competition", id, netuid });
  const seeds = await seedsOf(db, { cycle, round: job.round });
  return {
    validator: job.validator,
    cycleId: cycle.id,
    submissionId: submission.id,
    artefactSha256: submission.sha256,
    evaluator: canonicalJson(competition.evaluator),
    seedsHash: await seedsHash(seeds),
    episodes: String(seeds.length),
    episodesAfterFailure: "0",
  };
}
