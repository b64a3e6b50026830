import { IsoTime } from "@assay/core";
import { z } from "zod";
import { changesTo } from "./changes.ts";
import { adminProcedure, rest, router, viewerProcedure } from "./trpc.ts";
import type { KeyVerb } from "./verb.ts";

/** What admins may change while backends run; each has a default. */
export const OperatorSettings = z.strictObject({
  /** Hours a candidate may wait for a decision before somebody is told. */
  reviewSlaHours: z.int().min(1).max(8_760).default(48),
  /** Whether approving takes two people in competitions created from now on that do not say. */
  fourEyes: z.boolean().default(false),
  /** Seconds between two looks at whether the vector has changed; null as the process was started. */
  scoreIntervalSeconds: z.int().min(1).max(86_400).nullable().default(null),
  /** Age at which a snapshot is published again; null as the process was started. */
  broadcastIntervalSeconds: z.int().min(1).max(86_400).nullable().default(null),
  /** Cycles in a row a leader may miss the thresholds before its points decay. */
  graceCycles: z.int().min(1).max(1_000).default(2),
  /** Blocks a leader's hotkey may be absent from chain before its points decay. */
  graceBlocks: z.int().min(0).max(10_000_000).default(7_200),
  /** Blocks after which a leader's points decay in any case; null never. */
  maxTenureBlocks: z.int().min(1).max(1_000_000_000).nullable().default(null),
  /** Blocks in which the points of a lost leader halve; null is one tempo. */
  decayHalfLifeBlocks: z.int().min(1).max(10_000_000).nullable().default(null),
  /** Blocks between two submissions of one coldkey to one competition. */
  submissionCooldownBlocks: z.int().min(0).max(100_000).default(0),
  /** Submissions of one coldkey within 7,200 blocks, over all competitions. */
  submissionsPerDay: z.int().min(1).max(10_000).default(100),
  /** Largest artefact in bytes. */
  maxArtefactBytes: z.int().min(1_024).max(1_048_576).default(1_048_576),
  /** Days after the end of a cycle for which the signed texts of its results are kept; null for good. */
  resultRetentionDays: z.int().min(1).max(36_500).nullable().default(null),
});
export type OperatorSettings = z.infer<typeof OperatorSettings>;

/** The settings as they stand; version 0 is what ships. */
export const SettingsInForce = z.object({
  version: z.int().min(0),
  settings: OperatorSettings,
  updatedAt: IsoTime.nullable(),
});
export type SettingsInForce = z.infer<typeof SettingsInForce>;

export const PutSettings = z.object({
  /** The version its author saw; CONFLICT if it is no longer the newest. */
  basedOn: z.int().min(0),
  settings: changesTo(OperatorSettings),
  reason: z.string().trim().min(3).max(2000).nullish(),
});
export type PutSettings = z.infer<typeof PutSettings>;

export type SettingsVerbs = {
  get: KeyVerb<void, SettingsInForce>;
  put: KeyVerb<PutSettings, SettingsInForce>;
};

export const settingsRouter = (verbs: SettingsVerbs) =>
  router({
    /** The settings in force. */
    get: viewerProcedure
      .meta(rest("GET /admin/settings", { summary: "Get the settings" }))
      .input(z.void())
      .output(SettingsInForce)
      .query(({ ctx }) => verbs.get(ctx)),
    /** Changes those settings that are named; the others stay as they are. */
    put: adminProcedure
      .meta(rest("PUT /admin/settings", { summary: "Change settings" }))
      .input(PutSettings)
      .output(SettingsInForce)
      .mutation(({ ctx, input }) => verbs.put(ctx, input)),
  });
