export { type Access, type KeyAccess, ROLES } from "./access.ts";
export { Artefact, ArtefactRef, type ArtefactVerbs } from "./artefacts.ts";
export { type AuditVerbs, ListAudit } from "./audit.ts";
export { Ban, BanId, type BanVerbs, CreateBan, LiftBan, ListBans } from "./bans.ts";
export {
  CandidateRef,
  type CandidateVerbs,
  ListCandidates,
  QueuedCandidate,
  RecommendCandidate,
  Review,
  RevokeCandidate,
} from "./candidates.ts";
export { CandidateComparison, ComparedEnvironment, MeasuredBy, PairedFigures } from "./comparison.ts";
export {
  CompetitionRef,
  type CompetitionVerbs,
  ListCompetitions,
  MoveCompetition,
  ThresholdsVersion,
  UpdateCompetition,
} from "./competitions.ts";
export {
  type ApiContext,
  type Caller,
  ConnectionParams,
  type HotkeyCaller,
  type HotkeyContext,
  type KeyCaller,
  type KeyContext,
} from "./context.ts";
export { CycleRef, type CycleVerbs, ListCycles } from "./cycles.ts";
export { callByPath, describeProcedures, type ProcedureDescription } from "./describe.ts";
export { ApiError, type ApiErrorCode, type ApiErrorFacts, type InputIssue, STATUS } from "./errors.ts";
export { FailedJob, FailJob, type JobVerbs, Lease, LeaseRef } from "./jobs.ts";
export {
  DeclareInterests,
  GrantKey,
  Interests,
  KeyRequest,
  KeyRequestId,
  KeyRequestRef,
  KeyRequestStatus,
  ListKeyRequests,
  RefuseKey,
  RequestKey,
  RotateKey,
} from "./key-requests.ts";
export { KeyRef, type KeyVerbs } from "./keys.ts";
export { GetLeaderboard, type LeaderboardVerbs, Placement } from "./leaderboards.ts";
export { Leadership, type LeaderVerbs, ListLeaderships } from "./leaders.ts";
export { openApiDocument } from "./openapi.ts";
export { findBrokenText } from "./plain-text.ts";
export { asApiError, Refusal, type WireError, wireError } from "./refusal.ts";
export { ResultReceipt, type ResultVerbs } from "./results.ts";
export { type AppRouter, createRouter, type Verbs } from "./router.ts";
export { PutRules, RulesInForce, type RulesVerbs } from "./rules.ts";
export { ListScores, Score, type ScoreVerbs } from "./scores.ts";
export { OperatorSettings, PutSettings, SettingsInForce, type SettingsVerbs } from "./settings.ts";
export {
  ListSnapshots,
  SnapshotAt,
  SnapshotRef,
  SnapshotSummary,
  type SnapshotVerbs,
  SubscribeSnapshots,
} from "./snapshots.ts";
export {
  AcceptedSubmission,
  AskedValidator,
  ListSubmissions,
  RerunSubmission,
  SubmissionExplanation,
  SubmissionRef,
  type SubmissionVerbs,
} from "./submissions.ts";
export { SystemInfo, type SystemVerbs } from "./system.ts";
export type { ApiMeta } from "./trpc.ts";
export { HeartbeatAnswer, type ValidatorVerbs } from "./validators.ts";
export type { HotkeyVerb, KeyVerb, Verb } from "./verb.ts";
