import type {
  AgentFailure,
  AgentFigures,
  BarComparison,
  Candidate,
  Competition,
  Cycle,
  Decision,
  EvaluatorIdentity,
  Submission,
} from "@assay/core";
import type { ColumnType, Generated, GeneratedAlways, Selectable } from "kysely";
import type { Frozen, JsonColumn, NullableJson, Timestamp } from "./columns.ts";
import type {
  ApiKeysTable,
  AuditLogTable,
  BansTable,
  DutiesTable,
  EquivocationsTable,
  InterestsTable,
  KeyRequestsTable,
  NoncesTable,
  ReviewsTable,
  RulesDocumentsTable,
  SettingsTable,
  SnapshotInputsTable,
  SnapshotsTable,
  ValidatorsTable,
} from "./operation-tables.ts";

/** The columns that name a submission's author. */
type Author = { hotkey: Frozen<string>; coldkey: Frozen<string> };

export type CompetitionsTable = {
  netuid: Frozen<number>;
  id: Frozen<string>;
  name: string;
  task: Frozen<string>;
  taskConfig: JsonColumn<Competition["taskConfig"]>;
  evaluator: JsonColumn<EvaluatorIdentity>;
  points: number;
  cycleBlocks: number;
  /** Version in force; the figures are a row of `thresholds`. */
  thresholdsVersion: number;
  status: Competition["status"];
  /** Approving takes two people. */
  fourEyes: boolean;
  /** First block it takes submissions in, and the first in which it is over. */
  startBlock: number | null;
  endBlock: number | null;
  createdAt: Frozen<Date>;
  createdAtBlock: Frozen<number>;
};

export type ThresholdsTable = {
  netuid: Frozen<number>;
  competitionId: Frozen<string>;
  version: Frozen<number>;
  minSuccessRate: Frozen<number>;
  minAvgReward: Frozen<number>;
  minEpisodes: Frozen<number>;
  maxEpisodes: Frozen<number>;
  winMargin: Frozen<number>;
  zScore: Frozen<number>;
  minLead: Frozen<number>;
  ceiling: Frozen<number>;
  createdAt: Frozen<Date>;
};

/** One validator asked for the jobs of a cycle, with its stake frozen when the cycle closed. */
export type RosterEntry = { hotkey: string; coldkey: string; stakeRao: string };

export type CyclesTable = {
  netuid: Frozen<number>;
  id: Frozen<string>;
  competitionId: Frozen<string>;
  status: Cycle["status"];
  thresholdsVersion: Frozen<number>;
  /** Hidden until the cycle is done; its hash is published from the start. */
  secret: Frozen<string>;
  secretHash: Frozen<string>;
  randomness: string | null;
  openedAt: Frozen<Date>;
  openedAtBlock: Frozen<number>;
  closedAt: Timestamp | null;
  closedAtBlock: number | null;
  doneAt: Timestamp | null;
  doneAtBlock: number | null;
  /** The leader that is run along with the entrants, as it stood when the cycle closed. */
  leaderSubmissionId: string | null;
  roster: NullableJson<RosterEntry[]>;
  /** Whether the signed texts of its results are there, are going, or are gone; their figures stay. */
  resultTexts: Generated<"kept" | "clearing" | "cleared">;
  /** When they began to go. */
  textsClearedAt: Timestamp | null;
};

export type SubmissionsTable = Author & {
  netuid: Frozen<number>;
  id: Frozen<string>;
  /** Order of acceptance, which decides ties. */
  sequence: GeneratedAlways<number>;
  competitionId: Frozen<string>;
  /** The cycle that judges it; null until that cycle closed. */
  cycleId: string | null;
  sha256: Frozen<string>;
  sizeBytes: Frozen<number>;
  status: Submission["status"];
  acceptedAt: Frozen<Date>;
  acceptedAtBlock: Frozen<number>;
  figures: NullableJson<AgentFigures>;
  failure: NullableJson<AgentFailure>;
  explanation: string;
};

export type JobStatus = "open" | "leased" | "done" | "failed" | "cancelled";

export type JobsTable = {
  netuid: Frozen<number>;
  id: Frozen<string>;
  cycleId: Frozen<string>;
  competitionId: Frozen<string>;
  submissionId: Frozen<string>;
  /** 0 for the seeds that every agent of the cycle runs, then 1, 2, … for extra ones. */
  round: Frozen<number>;
  validator: Frozen<string>;
  coldkey: Frozen<string>;
  /** The validator's stake weight, frozen when the cycle closed. */
  stakeRao: Frozen<bigint>;
  status: JobStatus;
  /** 0 before the first lease, then one more with each. */
  attempt: number;
  /** Failures of the validator itself; the budget is the caller's. */
  failures: number;
  leasedUntil: Timestamp | null;
  /** What the claim that leased it called itself; null where it gave no name. */
  claimKey: string | null;
  lastError: string | null;
  createdAt: Frozen<Date>;
  finishedAt: Timestamp | null;
};

export type ResultsTable = {
  netuid: Frozen<number>;
  cycleId: Frozen<string>;
  jobId: Frozen<string>;
  validator: Frozen<string>;
  attempt: Frozen<number>;
  competitionId: Frozen<string>;
  submissionId: Frozen<string>;
  /** The signed text as it was received; null once it was cleared. */
  body: ColumnType<string | null, string, null>;
  bodySha256: Frozen<string>;
  signature: Frozen<string>;
  episodes: Frozen<number>;
  successes: Frozen<number>;
  meanReward: Frozen<number>;
  failureCode: Frozen<string | null>;
  receivedAt: Frozen<Date>;
};

export type SupersededBecause = "newer-submission" | "bar-moved" | "banned" | "competition-ended";

export type CandidatesTable = Author & {
  netuid: Frozen<number>;
  id: Frozen<string>;
  competitionId: Frozen<string>;
  cycleId: Frozen<string>;
  submissionId: Frozen<string>;
  status: Candidate["status"];
  figures: JsonColumn<AgentFigures>;
  validators: Frozen<number>;
  stakeShare: Frozen<number>;
  comparison: NullableJson<BarComparison>;
  contested: boolean;
  createdAt: Frozen<Date>;
  /** When it last joined the queue. */
  pendingSince: Timestamp;
  /** When somebody was told that it waits too long; once per stay in the queue. */
  overdueSince: Timestamp | null;
  supersededBecause: SupersededBecause | null;
  /** The leading candidate whose bar it is not known to be over. */
  supersededBy: string | null;
  decisionAction: Decision["action"] | null;
  decidedBy: string | null;
  decidedKeyId: string | null;
  decisionReason: string | null;
  decidedAt: Timestamp | null;
};

export type LeaderEndReason = "replaced" | "revoked" | "banned" | "deregistered" | "decayed" | "ended";

export type LeadersTable = Author & {
  netuid: Frozen<number>;
  id: Frozen<string>;
  competitionId: Frozen<string>;
  candidateId: Frozen<string>;
  submissionId: Frozen<string>;
  approvedBy: Frozen<string>;
  approvedAt: Frozen<Date>;
  fromBlock: Frozen<number>;
  endedAt: Timestamp | null;
  endedAtBlock: number | null;
  endReason: LeaderEndReason | null;
  /** Cycles in a row in which it missed the thresholds. */
  missedCycles: Generated<number>;
  absentSinceBlock: number | null;
  /** Block since which its points halve, why, and how often; null while they are whole. */
  lostAtBlock: number | null;
  lostBecause: LeaderLossReason | null;
  halfLifeBlocks: number | null;
};

export type LeaderLossReason = "below-thresholds" | "absent" | "tenure";

/** Every table by its camel-cased name. */
export type Schema = {
  competitions: CompetitionsTable;
  thresholds: ThresholdsTable;
  cycles: CyclesTable;
  submissions: SubmissionsTable;
  jobs: JobsTable;
  results: ResultsTable;
  candidates: CandidatesTable;
  leaders: LeadersTable;
  rulesDocuments: RulesDocumentsTable;
  snapshots: SnapshotsTable;
  snapshotInputs: SnapshotInputsTable;
  equivocations: EquivocationsTable;
  apiKeys: ApiKeysTable;
  interests: InterestsTable;
  keyRequests: KeyRequestsTable;
  reviews: ReviewsTable;
  bans: BansTable;
  settings: SettingsTable;
  nonces: NoncesTable;
  validators: ValidatorsTable;
  auditLog: AuditLogTable;
  duties: DutiesTable;
};

export type CompetitionRow = Selectable<CompetitionsTable>;
export type ThresholdsRow = Selectable<ThresholdsTable>;
export type CycleRow = Selectable<CyclesTable>;
export type SubmissionRow = Selectable<SubmissionsTable>;
export type JobRow = Selectable<JobsTable>;
export type ResultRow = Selectable<ResultsTable>;
export type CandidateRow = Selectable<CandidatesTable>;
export type LeaderRow = Selectable<LeadersTable>;
export type RulesDocumentRow = Selectable<RulesDocumentsTable>;
export type SnapshotRow = Selectable<SnapshotsTable>;
export type EquivocationRow = Selectable<EquivocationsTable>;
export type ApiKeyRow = Selectable<ApiKeysTable>;
export type KeyRequestRow = Selectable<KeyRequestsTable>;
export type ReviewRow = Selectable<ReviewsTable>;
export type BanRow = Selectable<BansTable>;
export type SettingsRow = Selectable<SettingsTable>;
export type ValidatorRow = Selectable<ValidatorsTable>;
export type AuditRow = Selectable<AuditLogTable>;
export type DutyRow = Selectable<DutiesTable>;
