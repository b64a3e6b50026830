import { createHash } from "node:crypto";
import {
  type Competition,
  canonicalJson,
  type Episode,
  type Job,
  ResultBody,
  type SignedResult,
  seedsHash,
  signStatement,
  type Thresholds,
  WaypointNavigationConfig,
} from "@assay/core";
import type { Desk } from "./desk.ts";
import { hotkeyOf } from "./world.ts";

export const EVALUATOR = {
  task: "waypoint-navigation",
  version: "1",
  configHash: createHash("sha256")
    .update(canonicalJson(WaypointNavigationConfig.parse({})))
    .digest("hex"),
  codeHash: "2".repeat(64),
};

/** Opens a competition with enough episodes that luck decides nothing in a test. */
export function openCompetition(
  desk: Desk,
  changed: { name?: string; cycleBlocks?: number; thresholds?: Partial<Thresholds> } = {},
): Promise<Competition> {
  return desk.as("admin").competitions.create({
    name: "navigation",
    task: EVALUATOR.task,
    evaluator: EVALUATOR,
    cycleBlocks: 10,
    thresholds: { minEpisodes: 200, minSuccessRate: 0.3 },
    ...changed,
  });
}

/** Gives validators a key and lets them report for evaluation. */
export async function enlist(desk: Desk, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const { address: hotkey } = await hotkeyOf(name);
    await desk.as("admin").keys.create({ name, role: "validator", hotkey });
    await beat(desk, name);
  }
}

/** One heartbeat of a validator. */
export async function beat(desk: Desk, name: string): Promise<void> {
  const report = {
    softwareVersion: "0.1.0",
    duties: ["evaluate" as const],
    snapshotVersion: null,
    lastSet: null,
  };
  await (await desk.signedBy(name)).validators.heartbeat(report);
}

/** An agent that succeeds on about this share of all seeds; `salt` makes its bytes its own. */
export type Skill = { share: number; salt: string };

/** Submits an agent; what it can do is written in its bytes. */
export async function submit(desk: Desk, by: { name: string; competitionId: string; skill: Skill }) {
  const bytes = Buffer.from(JSON.stringify(by.skill));
  return (await desk.signedBy(by.name)).submissions.create({
    competitionId: by.competitionId,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    artefact: bytes.toString("base64"),
  });
}

/** Runs an agent on a seed: the better one succeeds wherever the worse one does. */
function episodeOf({ share }: Skill, seed: string): Episode {
  const luck = Number.parseInt(seed.slice(0, 8), 16) / 2 ** 32;
  return { success: luck < share, reward: luck < share ? 1 : 0, steps: 10 };
}

/** Claims, evaluates and reports until there is nothing left to do; returns how many jobs it did. */
export async function workAll(desk: Desk, name: string): Promise<number> {
  const validator = await desk.signedBy(name);
  for (let done = 0; ; done += 1) {
    const job = await validator.jobs.claim();
    if (job === null) return done;
    await validator.results.report(await evaluated(desk, { name, job }));
  }
}

/** The signed result of a job; `changed` replaces what an honest validator would say. */
export async function evaluated(
  desk: Desk,
  { name, job, changed = {} }: { name: string; job: Job; changed?: Partial<ResultBody> },
): Promise<SignedResult> {
  const validator = await desk.signedBy(name);
  const { artefact } = await validator.artefacts.get({ sha256: job.artefactSha256 });
  const skill = JSON.parse(Buffer.from(artefact, "base64").toString()) as Skill;
  return signedResult({ name, job, episodes: job.seeds.map((seed) => episodeOf(skill, seed)), changed });
}

/** A result over given episodes. */
export async function signedResult({
  name,
  job,
  episodes,
  changed = {},
}: {
  name: string;
  job: Job;
  episodes: Episode[];
  changed?: Partial<ResultBody>;
}): Promise<SignedResult> {
  const signer = await hotkeyOf(name);
  const body: ResultBody = {
    scheme: "assay-result-v1",
    jobId: job.id,
    cycleId: job.cycleId,
    submissionId: job.submissionId,
    validator: signer.address,
    attempt: job.attempt,
    artefactSha256: job.artefactSha256,
    evaluator: job.evaluator,
    seedsHash: await seedsHash(job.seeds),
    episodes,
    failure: null,
    ...changed,
  };
  return signStatement(ResultBody.parse(body), signer);
}
