import { z } from "zod";
import { PPB, Ppb } from "./primitives.ts";

/** What happens to the points of a competition without leader. */
export const UnledPolicy = z.enum(["redistribute", "burn"]);
/** What happens to the share of a miner type that nobody has a score for. */
export const EmptyTypePolicy = z.enum(["burn", "redistribute"]);
/** What happens to a subset of environments that nobody wins. */
export const HolePolicy = z.enum(["burn", "earliest", "split"]);

/** Which rules hold: hardened, or exactly those of the defining document. */
const preset = z.enum(["assay", "source"]).default("assay");

const Name = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);

/** Parameters of `competition`: points of approved leaders. */
export const CompetitionParameters = z.object({
  preset,
  unled: UnledPolicy.default("redistribute"),
});
export type CompetitionParameters = z.infer<typeof CompetitionParameters>;

/** Parameters of `tournament`: five periods, one approved winner. */
export const TournamentParameters = z.object({
  preset,
  /** All to the winner, or 7:2:1 to the first three. */
  prizes: z.enum(["winner", "podium"]).default("winner"),
  /** Whether epochs a winner could not be paid in are paid after the end. */
  owed: z.boolean().default(false),
  /** Share that shows the leader of a running evaluation; 0 shows nobody, 10,000,000 is the usual 1 %. */
  leaderPreview: Ppb.max(PPB / 10).default(0),
  /** How often the vector is computed again. */
  refreshSeconds: z.int().min(1).max(86_400).default(3600),
});
export type TournamentParameters = z.infer<typeof TournamentParameters>;

/** Parts that together are one whole. */
function isWhole(parts: readonly number[]): boolean {
  return parts.reduce((sum, part) => sum + part, 0) === PPB;
}

const MinerTypes = z
  .array(z.object({ type: Name, share: Ppb }))
  .min(1)
  .max(16)
  .refine(
    (types) => isWhole(types.map(({ share }) => share)),
    "the shares of the types must sum to 1,000,000,000",
  )
  .refine((types) => new Set(types.map(({ type }) => type)).size === types.length, "a type is listed twice");

const DETECTOR_AND_SEGMENTER = [
  { type: "detector", share: 900_000_000 },
  { type: "segmenter", share: 100_000_000 },
];

/** Parameters of `challenge`: continuous, each validator by its own challenges. The hardenings are `assay`'s only. */
export const ChallengeParameters = z.object({
  preset,
  types: MinerTypes.default(DETECTOR_AND_SEGMENTER),
  emptyType: EmptyTypePolicy.default("burn"),
  challengeIntervalBlocks: z.int().min(1).max(1_000_000).default(5),
  /** Miners of a type drawn per challenge. */
  sampleSize: z.int().min(1).max(4096).default(50),
  /** α of the score's moving average. */
  alpha: Ppb.min(1).default(20_000_000),
  /** p: what image and video are worth to a detector. */
  modalityWeights: z
    .object({ image: Ppb, video: Ppb })
    .refine(({ image, video }) => isWhole([image, video]), "the modality weights must sum to 1,000,000,000")
    .default({ image: 600_000_000, video: 400_000_000 }),
  /** w: what real or not, and which of three classes, are worth to a detector. */
  kindWeights: z
    .object({ binary: Ppb, multiclass: Ppb })
    .refine(
      ({ binary, multiclass }) => isWhole([binary, multiclass]),
      "the kind weights must sum to 1,000,000,000",
    )
    .default({ binary: 750_000_000, multiclass: 250_000_000 }),
  /** Hardening: blocks without a valid answer in which a score halves. */
  idleHalfLifeBlocks: z.int().min(1).max(10_000_000).default(7200),
  /** Hardening: lower scores weigh nothing. */
  minScore: Ppb.default(100_000_000),
  /** Hardening: largest part of its type's share that one miner is paid. */
  minerCap: Ppb.min(1).default(500_000_000),
  /** Rounds below which a validator's own state is no base for weights. */
  warmUpRounds: z.int().min(1).max(1_000_000).default(50),
});
export type ChallengeParameters = z.infer<typeof ChallengeParameters>;

/** Environments beyond which the subsets are too many to go through. */
export const MAX_ENVIRONMENTS = 16;

/** Parameters of `subsets`: points for every set of environments one is best on. The minimums are `assay`'s only. */
export const SubsetsParameters = z.object({
  preset,
  environments: z
    .array(Name)
    .min(1)
    .max(MAX_ENVIRONMENTS)
    .refine((names) => new Set(names).size === names.length, "an environment is listed twice"),
  holes: HolePolicy.default("burn"),
  /** Successes among all episodes of all environments. */
  minSuccessRate: Ppb.default(500_000_000),
  /** Episodes of all environments together. */
  minEpisodes: z.int().min(1).max(10_000_000).default(200),
});
export type SubsetsParameters = z.infer<typeof SubsetsParameters>;
