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
export { compareRationals, type Rational, toNumber } from "./exact/rational.ts";
export {
  type ChallengeVectorInput,
  challengeVector,
} from "./mechanisms/challenge/challenge-vector.ts";
export { type ChallengeInputs, challengeMechanism } from "./mechanisms/challenge/mechanism.ts";
export { type ChallengeRules, challengeRules } from "./mechanisms/challenge/rules.ts";
export { isVoidRound, type SampledMiner } from "./mechanisms/challenge/void-round.ts";
export {
  type BarInput,
  bar,
  comparedMetric,
} from "./mechanisms/competition/bar.ts";
export { type CopyAttempt, copyChance } from "./mechanisms/competition/copy-chance.ts";
export { decayedPoints } from "./mechanisms/competition/decay.ts";
export { isEligible, type Shortfall, shortfalls } from "./mechanisms/competition/eligibility.ts";
export { judgeSubmission, type Verdict } from "./mechanisms/competition/judge.ts";
export type { JudgeInput, ValidatorResult } from "./mechanisms/competition/judge-input.ts";
export { competitionVector, type LedCompetition } from "./mechanisms/competition/leader-vector.ts";
export { leastWinMargin } from "./mechanisms/competition/least-win-margin.ts";
export { type LeaderStanding, type Loss, type LossRules, leaderLoss } from "./mechanisms/competition/loss.ts";
export { competitionMechanism } from "./mechanisms/competition/mechanism.ts";
export { normalCopyChance } from "./mechanisms/competition/normal-copy-chance.ts";
export { type PairedAttempt, pairedCopyChance } from "./mechanisms/competition/paired-copy-chance.ts";
export { presetThresholds } from "./mechanisms/competition/presets.ts";
export {
  episodesThrough,
  judgeRounds,
  type RoundResult,
  type RoundsVerdict,
  straddlesBar,
} from "./mechanisms/competition/rounds.ts";
export {
  type Mechanism,
  type MechanismOutcome,
  type MechanismQuestion,
  unknownOutcome,
  vectorOutcome,
} from "./mechanisms/mechanism.ts";
export type { EnvironmentRecord, SubsetCandidate } from "./mechanisms/subsets/candidate.ts";
export { isSubsetEligible } from "./mechanisms/subsets/eligibility.ts";
export { type SubsetsInputs, subsetsMechanism } from "./mechanisms/subsets/mechanism.ts";
export { type SubsetPoints, subsetPoints } from "./mechanisms/subsets/points.ts";
export { subsetsVector } from "./mechanisms/subsets/subsets-vector.ts";
export { environmentThreshold } from "./mechanisms/subsets/threshold.ts";
export {
  type AcceptedAgent,
  latestAgents,
  NO_ENTRIES,
  syncEntries,
  type TournamentEntries,
} from "./mechanisms/tournament/entries.ts";
export {
  type TournamentInputs,
  type TournamentState,
  tournamentMechanism,
} from "./mechanisms/tournament/mechanism.ts";
export {
  type EpochRun,
  type OwedPlace,
  owedPlaces,
  type PaidTournament,
  payableOwed,
} from "./mechanisms/tournament/owed.ts";
export { type TournamentPeriod, tournamentPeriod } from "./mechanisms/tournament/periods.ts";
export { assertPlans, type EpochTiming } from "./mechanisms/tournament/plans.ts";
export {
  type RankingInput,
  type Standing,
  type TournamentRanking,
  tournamentRanking,
} from "./mechanisms/tournament/ranking.ts";
export { isRefreshDue } from "./mechanisms/tournament/refresh.ts";
export {
  type SettledResults,
  settleResults,
  type TournamentResult,
} from "./mechanisms/tournament/results.ts";
export {
  type Place,
  type ReviewDecision,
  type ReviewOutcome,
  reviewOutcome,
  type TournamentReview,
} from "./mechanisms/tournament/review.ts";
export {
  type RewardedTournament,
  type TournamentVectorInput,
  tournamentVector,
} from "./mechanisms/tournament/winner-vector.ts";
export { agentFigures, failedEpisodes } from "./metrics/agent.ts";
export { type Answer, type AnswerTally, mergeTallies, tallyAnswers } from "./metrics/answer-tally.ts";
export {
  type BinaryCounts,
  binaryCounts,
  binaryMatrix,
  binaryMcc,
  binaryMccTerms,
} from "./metrics/binary-mcc.ts";
export {
  type ConfusionMatrix,
  confusionMatrix,
  emptyMatrix,
  type Labelled,
  mergeMatrices,
  withAnswer,
} from "./metrics/confusion-matrix.ts";
export { type DetectorReward, detectorReward, type ModalityReward } from "./metrics/detector-reward.ts";
export {
  DETECTOR_CLASSES,
  type DetectorRules,
  detectorRules,
  type Modality,
} from "./metrics/detector-rules.ts";
export { differenceInterval } from "./metrics/difference-interval.ts";
export {
  type Delivered,
  type GeneratorReward,
  type GeneratorWork,
  generatorReward,
} from "./metrics/generator-reward.ts";
export { iou } from "./metrics/iou.ts";
export { type MaskShape, type PackedMask, packedMask } from "./metrics/mask.ts";
export type { Mcc, MccTerms } from "./metrics/mcc.ts";
export { multiclassMcc, multiclassMccTerms } from "./metrics/multiclass-mcc.ts";
export { maskOverlap, mergeOverlaps, NO_OVERLAP, type Overlap } from "./metrics/overlap.ts";
export { type MaskFault, packMask, packTruth, type Threshold } from "./metrics/pack-mask.ts";
export { type Metric, type PairedDifference, pairedDifference } from "./metrics/paired-difference.ts";
export {
  type SegmenterItem,
  type SegmenterReward,
  segmenterReward,
} from "./metrics/segmenter-reward.ts";
export { type Sn34Input, type Sn34Rules, type Sn34Score, sn34Score } from "./metrics/sn34-score.ts";
export { type Interval, wilsonInterval } from "./metrics/wilson-interval.ts";
export { slide, WINDOW_SIZE } from "./metrics/window.ts";
export { formatToken, type ParsedToken, parseToken } from "./protocol/api-key.ts";
export {
  CONNECTION_PURPOSE,
  CONNECTION_TARGET,
  NONCE_LIFETIME_MS,
  REQUEST_HEADERS,
  REQUEST_SCHEME,
  REQUEST_WINDOW_MS,
  RequestClaims,
  RequestHeaders,
  requestBytes,
} from "./protocol/signed-request.ts";
export { type SeededRandom, seededRandom } from "./random/seeded-random.ts";
export { shuffled } from "./random/shuffled.ts";
export { type BlockPace, type BlockStamp, blockPace } from "./schedule/block-pace.ts";
export {
  type EstimatedBlock,
  type EstimatedTime,
  estimateBlock,
  estimateTime,
} from "./schedule/block-time.ts";
export { isEpochDue, lookAheadEpoch, nextEpochStart } from "./schedule/due.ts";
export { epochsBetween } from "./schedule/epochs-between.ts";
export { legacyBlocksUntilEpoch } from "./schedule/legacy.ts";
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
  AuditHead,
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
export { Cycle, Job, ResultBody, ResultReceiptBody, SignedResult } from "./schema/job.ts";
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
  CompetitionInput,
  LeaderInput,
  LeaderLoss,
  PublishedInputs,
  SnapshotInputs,
} from "./schema/snapshot-inputs.ts";
export {
  AgentFigures,
  MAX_ARTEFACT_BYTES,
  Receipt,
  ReceiptBody,
  Submission,
  SubmissionStatus,
  SubmitAgent,
} from "./schema/submission.ts";
export { InvertedPendulumConfig, WaypointNavigationConfig } from "./schema/task.ts";
export { TournamentId, TournamentPeriods, TournamentPlan } from "./schema/tournament.ts";
export {
  type ChallengerRules,
  type ChallengerThreshold,
  challengerThreshold,
  type Reign,
} from "./scores/challenger-threshold.ts";
export { coldkeyCap } from "./scores/coldkey-cap.ts";
export { ema } from "./scores/ema.ts";
export { FIRST_SAMPLE, fairSample, type Sample, type SampleState } from "./scores/fair-sample.ts";
export {
  type ExactShare,
  type KingLanes,
  type KingShares,
  kingShares,
  type Lane,
  laneShares,
} from "./scores/king-lanes.ts";
export { lenientScore } from "./scores/lenient-score.ts";
export { afterIdleness, type MinerScore, type ScoreOwner, scoreKey } from "./scores/miner-score.ts";
export { type Quorum, quorum } from "./scores/quorum.ts";
export { type RankIncentive, rankIncentive, type StakedRow } from "./scores/rank-incentive.ts";
export { type Ranked, ranking } from "./scores/ranking.ts";
export { impartialRoster, type RosterValidator } from "./scores/roster.ts";
export {
  type Observation,
  type ScoreRound,
  type ScoreRules,
  scoreRound,
  scoreRules,
} from "./scores/score-round.ts";
export { type StakeMean, type StakeVote, stakeMean } from "./scores/stake-mean.ts";
export { type StakeMedian, stakeMedian, type WeighedVote } from "./scores/stake-median.ts";
export type { RobustMean } from "./scores/tails.ts";
export { trimmedMean } from "./scores/trimmed-mean.ts";
export { type TypedScore, type TypeRules, type TypeShares, typeShares } from "./scores/type-shares.ts";
export { winsorisedMean } from "./scores/winsorised-mean.ts";
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
  SimulatedVoter,
  SimulationConfig,
  ValidatorAgent,
  ValidatorStrategy,
} from "./simulation/types.ts";
export { buildSnapshotBody, type SnapshotInput } from "./snapshot/build.ts";
export { type OpenInput, openSnapshot } from "./snapshot/open.ts";
export { type RecomputedSnapshot, recomputeSnapshot } from "./snapshot/recompute.ts";
export { signCertificate, signSnapshot } from "./snapshot/sign.ts";
export { validUntil } from "./snapshot/valid-until.ts";
export { vectorHash } from "./snapshot/vector-hash.ts";
export { verifySnapshot } from "./snapshot/verify.ts";
export { burnTarget, type Neuron, type SubnetOwner } from "./weights/burn-target.ts";
export { allocationByMechid, type MechidAllocation } from "./weights/by-mechid.ts";
export { type Allocation, backendInstances, type InstanceShares } from "./weights/instances.ts";
export { apportion, toPpb } from "./weights/largest-remainder.ts";
export { subnetVector } from "./weights/mix.ts";
export { quantise } from "./weights/quantise.ts";
export { type ResolvedRow, type ResolveInput, resolveRow } from "./weights/resolve.ts";
export { commitHashPreimage, type WeightCommitment } from "./weights/sdk/commit-hash-preimage.ts";
export { convertMaybeSplitToU16 } from "./weights/sdk/convert-maybe-split-to-u16.ts";
export { convertWeightUidsAndValsToTensor } from "./weights/sdk/convert-weight-uids-and-vals-to-tensor.ts";
export {
  convertWeightsAndUidsForEmit,
  type EmittedWeights,
} from "./weights/sdk/convert-weights-and-uids-for-emit.ts";
export type { Floats } from "./weights/sdk/floats.ts";
export { normalizeMaxWeight } from "./weights/sdk/normalize-max-weight.ts";
export { type ProcessedWeights, processWeights, type SubnetLimits } from "./weights/sdk/process-weights.ts";
export { type RowContext, sentRow, type UidShare } from "./weights/sent-row.ts";
export { type InstanceReport, type SubnetOutcome, subnetOutcome } from "./weights/subnet-outcome.ts";
export { vectorOf } from "./weights/vector-of.ts";
