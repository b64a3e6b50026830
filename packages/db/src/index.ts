export { type DatabaseOptions, type Db, openDatabase, type PoolFigures, type Trx } from "./connect.ts";
export { DbError, type DbErrorFacts, isTransient, violatedConstraint } from "./errors.ts";
export { type IdKind, newId } from "./ids.ts";
export { type Listener, type ListenOptions, listen } from "./listen.ts";
export { migrate } from "./migrate.ts";
export { CHANNELS, type Channel, notify } from "./notify.ts";
export {
  findApiKey,
  insertApiKey,
  listApiKeys,
  type NewApiKey,
  pageApiKeys,
  replaceApiKey,
  revokeApiKey,
} from "./queries/api-keys.ts";
export {
  AUDIT_ROOT,
  AUDIT_START,
  type AuditVerdict,
  auditHash,
  followAudit,
} from "./queries/audit-chain.ts";
export {
  type AuditAct,
  type AuditFilter,
  appendAudit,
  findAuditHead,
  listAudit,
  lockAudit,
  verifyAuditChain,
} from "./queries/audit-log.ts";
export { findBan, findBanOf, insertBan, liftBan, type NewBan, pageBans } from "./queries/bans.ts";
export {
  compareAnew,
  countPending,
  listPendingCandidates,
  listSupersededBy,
  markOverdue,
  requeueCandidate,
  supersedeAnew,
  supersedeCandidates,
} from "./queries/candidate-queue.ts";
export {
  type CandidateDecision,
  type CandidateFilter,
  decideCandidate,
  findCandidate,
  insertCandidate,
  latestCandidateOf,
  listCandidates,
  lockCandidate,
  type NewCandidate,
} from "./queries/candidates.ts";
export {
  dropEntrants,
  dropWaitingOf,
  listDueCompetitions,
  updateCompetition,
} from "./queries/competition-changes.ts";
export {
  findCompetition,
  getCompetition,
  insertCompetition,
  listCompetitions,
  lockCompetition,
  moveCompetition,
  type NewCompetition,
  pageCompetitions,
} from "./queries/competitions.ts";
export {
  type CycleClose,
  closeCycle,
  cyclesClosedAfter,
  findCollectingCycle,
  findCycle,
  finishCycle,
  getCycle,
  listCycles,
  listCyclesByStatus,
  type NewCycle,
  openCycle,
} from "./queries/cycles.ts";
export {
  claimDuty,
  type DutyClaim,
  ensureDuty,
  finishDuty,
  hastenDuty,
  holdsDuty,
  listDuties,
  renewDuty,
} from "./queries/duties.ts";
export { insertEquivocation, listEquivocations } from "./queries/equivocations.ts";
export { createFirstAdminKey, type FirstAdminKey } from "./queries/first-admin-key.ts";
export { insertInterests, listInterests, type NewInterests } from "./queries/interests.ts";
export {
  claimJob,
  completeJob,
  countUnfinishedJobs,
  failJob,
  findJob,
  getJob,
  hasJobOn,
  heartbeatJob,
  insertJobs,
  type JobClaim,
  type JobFailure,
  type Lease,
  listJobsOfCycle,
  listJobsOn,
  type NewJob,
  releaseJob,
  reopenFailedJobs,
} from "./queries/jobs.ts";
export {
  collectKeyRequest,
  decideKeyRequest,
  findPendingKeyRequest,
  insertKeyRequest,
  type KeyRequestDecision,
  lockKeyRequest,
  type NewKeyRequest,
  pageKeyRequests,
} from "./queries/key-requests.ts";
export { countReporters, type PlacedRow, pageLeaderboard } from "./queries/leaderboards.ts";
export {
  currentLeaders,
  endLeader,
  findCurrentLeader,
  hasLed,
  type LeaderEnd,
  type LeaderNote,
  leadersAt,
  listFormerLeaders,
  listLeaders,
  type NewLeader,
  noteLeader,
  replaceLeader,
} from "./queries/leaders.ts";
export { insertNonce, type NewNonce, pruneNonces } from "./queries/nonces.ts";
export type { PageOf } from "./queries/page.ts";
export {
  findResult,
  insertResult,
  listResultsOfCycle,
  type NewResult,
  type ResultOutcome,
} from "./queries/results.ts";
export { beginClearing, clearTexts, listClearableCycles, listClearingCycles } from "./queries/retention.ts";
export { insertReview, listReviews, type NewReview } from "./queries/reviews.ts";
export {
  findRulesDocument,
  insertRulesDocument,
  listRulesDocuments,
  lockRules,
} from "./queries/rules-documents.ts";
export { pageScores, type ScoreFilter, type ScoreRow } from "./queries/scores.ts";
export { findSettings, reviseSettings, type SettingsRevision } from "./queries/settings.ts";
export {
  findSnapshotAtBlock,
  findSnapshotInputs,
  findVisibleSnapshot,
  insertSnapshotInputs,
  listSnapshots,
  type SnapshotView,
} from "./queries/snapshot-history.ts";
export {
  findNewerSnapshot,
  findSnapshot,
  insertSnapshot,
  latestSnapshot,
  listSnapshotsAfter,
  type NewSnapshot,
  notifySnapshot,
  reserveSnapshotVersion,
} from "./queries/snapshots.ts";
export { listRecentSubmissions, lockAuthor, withdrawSubmission } from "./queries/submission-limits.ts";
export {
  collectSubmissions,
  explainEvaluation,
  findFirstWaiting,
  findSubmission,
  findSubmissionByContent,
  getSubmission,
  insertSubmission,
  listSubmissions,
  listSubmissionsOfCycle,
  type NewSubmission,
  rerunSubmission,
  returnSubmission,
  type SubmissionFilter,
  type SubmissionOutcome,
  type SubmissionVerdict,
  setSubmissionVerdict,
} from "./queries/submissions.ts";
export {
  getThresholds,
  insertThresholds,
  listThresholds,
  listThresholdsInForce,
  reviseThresholds,
  type ThresholdsRevision,
} from "./queries/thresholds.ts";
export { findValidatorKey, listKeyedHotkeys, listKeysInForce } from "./queries/validator-keys.ts";
export { findValidator, listValidators, type NewHeartbeat, upsertHeartbeat } from "./queries/validators.ts";
export type {
  ApiKeyRow,
  AuditRow,
  BanRow,
  CandidateRow,
  CompetitionRow,
  CycleRow,
  DutyRow,
  EquivocationRow,
  JobRow,
  JobStatus,
  KeyRequestRow,
  LeaderEndReason,
  LeaderLossReason,
  LeaderRow,
  ResultRow,
  ReviewRow,
  RosterEntry,
  RulesDocumentRow,
  Schema,
  SettingsRow,
  SnapshotRow,
  SubmissionRow,
  SupersededBecause,
  ThresholdsRow,
  ValidatorRow,
} from "./schema.ts";
