import { z } from "zod";

/** How far an intended weight extrinsic has come; only `expired` and `refused` free its epoch for another. */
export const IntentState = z.enum([
  "planned",
  "signed",
  "included",
  "confirmed",
  "revealed",
  "unrevealed",
  "expired",
  "refused",
]);
export type IntentState = z.infer<typeof IntentState>;

const Integer = z.int().min(0);

/** What was signed: enough to send the same bytes again and to look for them in blocks. */
export const SignedBytes = z.object({
  hash: z.string(),
  hex: z.string(),
  nonce: Integer,
  /** Last block in which it can be included. */
  eraEnd: Integer,
  /** First block in which it can be: the finalised head when it was signed. */
  fromBlock: Integer,
});
export type SignedBytes = z.infer<typeof SignedBytes>;

/** Where it was included, and the epoch in which it takes effect. */
export const Inclusion = z.object({ block: Integer, hash: z.string(), epochIndex: Integer });
export type Inclusion = z.infer<typeof Inclusion>;

/** A timelocked commit as the chain holds it until it opens it. */
export const SealedCommit = z.object({
  kind: z.enum(["timelock", "hash"]),
  netuid: Integer,
  mechid: Integer,
  hotkey: z.string(),
  commitHash: z.string(),
  revealRound: Integer.nullable(),
  epoch: Integer,
  block: Integer,
});
export type SealedCommit = z.infer<typeof SealedCommit>;

/** What is to be set, decided before anything is signed. */
export const IntentPlan = z.object({
  storageIndex: Integer,
  epochIndex: Integer,
  snapshotVersion: z.int().min(1),
  vectorHash: z.string(),
  row: z.array(z.tuple([Integer, Integer.max(65_535)])).min(1),
  /** u64 as decimal text. */
  versionKey: z.string(),
  plannedBlock: Integer,
});
export type IntentPlan = z.infer<typeof IntentPlan>;

/** One intended weight extrinsic as the journal keeps it. */
export const IntentBody = IntentPlan.extend({
  attempt: z.int().min(1),
  state: IntentState,
  signed: SignedBytes.nullable(),
  included: Inclusion.nullable(),
  confirmedBlock: Integer.nullable(),
  /** What was committed, where commit-reveal is on; older journals do not say. */
  commit: SealedCommit.nullable().default(null),
  /** Block that revealed it. */
  revealedBlock: Integer.nullable().default(null),
  /** Why it was refused, expired, could not be confirmed or was not revealed. */
  problem: z.string().nullable(),
});
export type IntentBody = z.infer<typeof IntentBody>;

export type Intent = IntentBody & { readonly id: number };
