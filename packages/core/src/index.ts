export { canonicalJson, type Json } from "./canonical/canonical-json.ts";
export { sha256Hex } from "./canonical/sha256.ts";
export {
  openStatement,
  type Signed,
  type Signer,
  signStatement,
  type VerifySignature,
} from "./canonical/statement.ts";
export { type Clock, systemClock } from "./clock.ts";
export { CodedError, type ErrorFacts } from "./coded-error.ts";
export { activityCutoffBlocks } from "./consensus/activity.ts";
export type { OlderBonds } from "./consensus/bonds-older.ts";
export type { Yuma3Bonds } from "./consensus/bonds-yuma3.ts";
export type { EmissionShares } from "./consensus/emission.ts";
export { type EpochTrace, epoch, epochOutput, epochTrace } from "./consensus/epoch.ts";
export { explainMiner, explainValidator, outOfConsensus, silentValidators } from "./consensus/explain.ts";
export type {
  MinerExplanation,
  MinerVote,
  Proportion,
  ValidatorExplanation,
  WeightVote,
} from "./consensus/explanation.ts";
export { createEpochKernel, type EpochKernel, fastEpoch } from "./consensus/fast/fast-epoch.ts";
export { type Fixed, fromFloat, fromInteger, ONE, q16 } from "./consensus/fixed.ts";
export { isMaxLimited, maxUpscaleU16 } from "./consensus/max-upscale.ts";
export {
  type CombinedOutput,
  combineMechanisms,
  type MechanismEpoch,
  mechanismStorageIndex,
  splitEmissions,
} from "./consensus/mechanisms.ts";
export { type Holding, inheritedStake, stakeWeight } from "./consensus/stake-weight.ts";
export type { EpochInput, EpochOutput, FixedRows, SparseRow } from "./consensus/types.ts";
export { type StoredWeight, storedWeight, type WeightMask } from "./consensus/weight-mask.ts";
export type { WeightStages } from "./consensus/weights.ts";
export { deriveSeeds, secretHash, seedsHash } from "./cycle/seeds.ts";
export { CoreError, type CoreErrorFacts } from "./errors.ts";
export { compareRationals, type Rational } from "./exact/rational.ts";
export {
  type BarInput,
  bar,
  comparedMetric,
} from "./mechanisms/competition/bar.ts";
export { decayedPoints } from "./mechanisms/competition/decay.ts";
export { isEligible, type Shortfall, shortfalls } from "./mechanisms/competition/eligibility.ts";
export { judgeSubmission, type Verdict } from "./mechanisms/competition/judge.ts";
export type { JudgeInput, ValidatorResult } from "./mechanisms/competition/judge-input.ts";
export { competitionVector, type LedCompetition } from "./mechanisms/competition/leader-vector.ts";
export { presetThresholds } from "./mechanisms/competition/presets.ts";
export { agentFigures, failedEpisodes } from "./metrics/agent.ts";
export { type Metric, type PairedDifference, pairedDifference } from "./metrics/paired-difference.ts";
export { formatToken, type ParsedToken, parseToken } from "./protocol/api-key.ts";
export {
  NONCE_LIFETIME_MS,
  REQUEST_HEADERS,
  REQUEST_SCHEME,
  REQUEST_WINDOW_MS,
  RequestClaims,
  RequestHeaders,
  requestBytes,
} from "./protocol/signed-request.ts";
export { isEpochDue, lookAheadEpoch, nextEpochStart } from "./schedule/due.ts";
export { type CommitTiming, firstRevealBlock } from "./schedule/reveal-block.ts";
export { type SendSlot, sendBlock } from "./schedule/send-block.ts";
export {
  MAX_TEMPO,
  newSchedule,
  type ScheduleModel,
  type ScheduleState,
  withTempo,
  withTriggeredEpoch,
} from "./schedule/state.ts";
export { afterEpochSlot, deferEpoch, type EpochPlan, planEpochs, stepBlock } from "./schedule/step.ts";
export {
  ApiKey,
  AuditEntry,
  CreatedKey,
  CreateKey,
  Heartbeat,
  Role,
  ValidatorStatus,
} from "./schema/access.ts";
export {
  ApproveCandidate,
  BarComparison,
  Candidate,
  CandidateStatus,
  Decision,
  Leader,
  RejectCandidate,
} from "./schema/candidate.ts";
export { Competition, CreateCompetition, Thresholds } from "./schema/competition.ts";
export { parseEpochFile } from "./schema/epoch-file.ts";
export { type EpochOutputJson, epochOutputToJson, type WholeJson } from "./schema/epoch-output.ts";
export { AgentFailure, Episode, EvaluatorIdentity, MAX_REWARD } from "./schema/evaluation.ts";
export { Cycle, Job, ResultBody, SignedResult } from "./schema/job.ts";
export {
  ChallengeParameters,
  CompetitionParameters,
  EmptyTypePolicy,
  HolePolicy,
  MAX_ENVIRONMENTS,
  SubsetsParameters,
  TournamentParameters,
  UnledPolicy,
} from "./schema/mechanism-parameters.ts";
export { type Page, PageInput, pageOf } from "./schema/page.ts";
export {
  Address,
  Block,
  BlockHash,
  CandidateId,
  CompetitionId,
  CycleId,
  Finite,
  IsoTime,
  idOf,
  JobId,
  KeyId,
  Mechid,
  Netuid,
  PPB,
  Ppb,
  RaoText,
  Sha256,
  Share,
  Signature,
  SubmissionId,
  Uid,
} from "./schema/primitives.ts";
export { MechanismInstance, MissingPolicy, type Preset, RulesDocument } from "./schema/rules-document.ts";
export {
  Certificate,
  CertificateBody,
  InstanceVector,
  OnExpiry,
  SignedSnapshot,
  SnapshotBody,
  VectorPolicy,
  WeightVector,
} from "./schema/snapshot.ts";
export {
  AgentFigures,
  MAX_ARTEFACT_BYTES,
  Receipt,
  ReceiptBody,
  Submission,
  SubmissionStatus,
  SubmitAgent,
} from "./schema/submission.ts";
export { WaypointNavigationConfig } from "./schema/task.ts";
export { coldkeyCap } from "./scores/coldkey-cap.ts";
export { type Quorum, quorum } from "./scores/quorum.ts";
export { type Ranked, ranking } from "./scores/ranking.ts";
export { impartialRoster, type RosterValidator } from "./scores/roster.ts";
export { type StakeMean, type StakeVote, stakeMean } from "./scores/stake-mean.ts";
export { type StakeMedian, stakeMedian, type WeighedVote } from "./scores/stake-median.ts";
export {
  cappedMedian,
  headMedian,
  plainMean,
  stakeWeightedMean,
  trimmedByHead,
  uncappedMedian,
  winsorisedByHead,
} from "./simulation/aggregates.ts";
export { type Dice, diceOf } from "./simulation/dice.ts";
export { byMechanism } from "./simulation/mechanisms/by-mechanism.ts";
export { leaderTakesAll } from "./simulation/mechanisms/leader-takes-all.ts";
export { proportional } from "./simulation/mechanisms/proportional.ts";
export type { Leadership, MinerOutcome, SimulationResult, ValidatorOutcome } from "./simulation/result.ts";
export { simulate } from "./simulation/simulate.ts";
export { colluder } from "./simulation/strategies/colluder.ts";
export { honestMiner } from "./simulation/strategies/honest-miner.ts";
export { honestValidator } from "./simulation/strategies/honest-validator.ts";
export { lazyValidator } from "./simulation/strategies/lazy-validator.ts";
export { samplingNoise } from "./simulation/strategies/measuring.ts";
export { selfMiner } from "./simulation/strategies/self-miner.ts";
export { silentValidator } from "./simulation/strategies/silent-validator.ts";
export { submissionCopier } from "./simulation/strategies/submission-copier.ts";
export { weightCopier } from "./simulation/strategies/weight-copier.ts";
export type {
  Aggregate,
  ConsensusSettings,
  Decider,
  MinerStrategy,
  SimulatedMechanism,
  SimulatedMiner,
  SimulatedValidator,
  SimulatedVote,
  SimulationConfig,
  ValidatorAgent,
  ValidatorStrategy,
} from "./simulation/types.ts";
export { buildSnapshotBody, type SnapshotInput } from "./snapshot/build.ts";
export { type OpenInput, openSnapshot } from "./snapshot/open.ts";
export { signCertificate, signSnapshot } from "./snapshot/sign.ts";
export { validUntil } from "./snapshot/valid-until.ts";
export { vectorHash } from "./snapshot/vector-hash.ts";
export { burnTarget, type Neuron, type SubnetOwner } from "./weights/burn-target.ts";
export type { Allocation, InstanceShares } from "./weights/instances.ts";
export { toPpb } from "./weights/largest-remainder.ts";
export { subnetVector } from "./weights/mix.ts";
export { quantise } from "./weights/quantise.ts";
export { type ResolvedRow, type ResolveInput, resolveRow } from "./weights/resolve.ts";
export { type RowContext, sentRow, type UidShare } from "./weights/sent-row.ts";
export { vectorOf } from "./weights/vector-of.ts";
