import { type ArtefactVerbs, artefactsRouter } from "./artefacts.ts";
import { type AuditVerbs, auditRouter } from "./audit.ts";
import { type BanVerbs, bansRouter } from "./bans.ts";
import { type CandidateVerbs, candidatesRouter } from "./candidates.ts";
import { type CompetitionVerbs, competitionsRouter } from "./competitions.ts";
import { type CycleVerbs, cyclesRouter } from "./cycles.ts";
import { type JobVerbs, jobsRouter } from "./jobs.ts";
import { type KeyVerbs, keysRouter } from "./keys.ts";
import { type LeaderboardVerbs, leaderboardsRouter } from "./leaderboards.ts";
import { type LeaderVerbs, leadersRouter } from "./leaders.ts";
import { type ResultVerbs, resultsRouter } from "./results.ts";
import { type RulesVerbs, rulesRouter } from "./rules.ts";
import { type ScoreVerbs, scoresRouter } from "./scores.ts";
import { type SettingsVerbs, settingsRouter } from "./settings.ts";
import { type SnapshotVerbs, snapshotsRouter } from "./snapshots.ts";
import { type SubmissionVerbs, submissionsRouter } from "./submissions.ts";
import { type SystemVerbs, systemRouter } from "./system.ts";
import { router } from "./trpc.ts";
import { type ValidatorVerbs, validatorsRouter } from "./validators.ts";

/** Everything the backend can do, one verb per procedure. */
export type Verbs = {
  artefacts: ArtefactVerbs;
  audit: AuditVerbs;
  bans: BanVerbs;
  candidates: CandidateVerbs;
  competitions: CompetitionVerbs;
  cycles: CycleVerbs;
  jobs: JobVerbs;
  keys: KeyVerbs;
  leaderboards: LeaderboardVerbs;
  leaders: LeaderVerbs;
  results: ResultVerbs;
  rules: RulesVerbs;
  scores: ScoreVerbs;
  settings: SettingsVerbs;
  snapshots: SnapshotVerbs;
  submissions: SubmissionVerbs;
  system: SystemVerbs;
  validators: ValidatorVerbs;
};

/** The contract over an implementation of its verbs; its type is what clients are typed by, so it is inferred. */
export function createRouter(verbs: Verbs) {
  return router({
    artefacts: artefactsRouter(verbs.artefacts),
    audit: auditRouter(verbs.audit),
    bans: bansRouter(verbs.bans),
    candidates: candidatesRouter(verbs.candidates),
    competitions: competitionsRouter(verbs.competitions),
    cycles: cyclesRouter(verbs.cycles),
    jobs: jobsRouter(verbs.jobs),
    keys: keysRouter(verbs.keys),
    leaderboards: leaderboardsRouter(verbs.leaderboards),
    leaders: leadersRouter(verbs.leaders),
    results: resultsRouter(verbs.results),
    rules: rulesRouter(verbs.rules),
    scores: scoresRouter(verbs.scores),
    settings: settingsRouter(verbs.settings),
    snapshots: snapshotsRouter(verbs.snapshots),
    submissions: submissionsRouter(verbs.submissions),
    system: systemRouter(verbs.system),
    validators: validatorsRouter(verbs.validators),
  });
}

export type AppRouter = ReturnType<typeof createRouter>;
