import { z } from "zod";
import { AuditHead } from "./access.ts";
import {
  Address,
  Block,
  BlockHash,
  CandidateId,
  Mechid,
  Netuid,
  PPB,
  Ppb,
  Sha256,
  Signature,
} from "./primitives.ts";
import { RulesDocument } from "./rules-document.ts";

/** Why a vector says what it says; an empty or uniform vector has no name here and cannot exist. */
export const VectorPolicy = z.enum(["leaders", "winner", "scores", "subsets", "burn"]);

/** Shares by hotkey plus the burnt share: together exactly one. */
export const WeightVector = z
  .object({
    policy: VectorPolicy,
    entries: z.array(z.object({ hotkey: Address, share: Ppb.min(1) })).max(4096),
    burn: Ppb,
  })
  .refine((vector) => vector.entries.reduce((sum, { share }) => sum + share, vector.burn) === PPB, {
    message: "entries and burn must sum to 1,000,000,000",
  })
  .refine((vector) => new Set(vector.entries.map(({ hotkey }) => hotkey)).size === vector.entries.length, {
    message: "a hotkey is listed twice",
  })
  .refine((vector) => (vector.policy === "burn") === (vector.burn === PPB), {
    message: 'the policy is "burn" exactly when everything burns',
  });
export type WeightVector = z.infer<typeof WeightVector>;

/** One backend instance's contribution to a snapshot. */
export const InstanceVector = z.object({
  id: z.string(),
  vector: WeightVector,
  /** SHA-256 of the canonical JSON of everything the vector was computed from. */
  inputsHash: Sha256,
  /** Approved candidates the vector rests on. */
  decisions: z.array(CandidateId),
});
export type InstanceVector = z.infer<typeof InstanceVector>;

/** What a validator does once a snapshot is past `validUntil`. */
export const OnExpiry = z.enum(["stop", "refresh", "burn"]);

/** The statement that is signed: integers, strings and booleans only. */
export const SnapshotBody = z.object({
  scheme: z.literal("assay-snapshot-v1"),
  genesis: BlockHash,
  netuid: Netuid,
  mechid: Mechid,
  /** Strictly grows per (netuid, mechid). */
  version: z.int().min(1),
  /** Finalised block the vector was computed at. */
  block: Block,
  /** Epoch index at that block. */
  forEpoch: z.int().min(0),
  validUntil: Block,
  onExpiry: OnExpiry,
  /** SHA-256 of the canonical JSON of { rules, instances: [{ id, vector }] }. */
  vectorHash: Sha256,
  rules: RulesDocument,
  /** None for instances that every validator decides for itself. */
  instances: z.array(InstanceVector).max(16),
  /** How far the backend's audit log had come, if it keeps one: whoever has the snapshot can hold the log to it. */
  auditHead: AuditHead.exactOptional(),
});
export type SnapshotBody = z.infer<typeof SnapshotBody>;

/** The subnet owner's hotkey says which key may sign snapshots, and for which blocks. */
export const CertificateBody = z.object({
  scheme: z.literal("assay-certificate-v1"),
  genesis: BlockHash,
  netuid: Netuid,
  key: Address,
  fromBlock: Block,
  untilBlock: Block,
});
export type CertificateBody = z.infer<typeof CertificateBody>;

/** `body` is the canonical JSON of a `CertificateBody`, signed as it stands by `ownerHotkey`. */
export const Certificate = z.object({
  body: z.string().max(2000),
  ownerHotkey: Address,
  signature: Signature,
});
export type Certificate = z.infer<typeof Certificate>;

/** `body` is the canonical JSON of a `SnapshotBody`, signed as it stands by the certified `key`. */
export const SignedSnapshot = z.object({
  version: z.int().min(1),
  body: z.string().max(4_000_000),
  key: Address,
  signature: Signature,
  certificate: Certificate,
});
export type SignedSnapshot = z.infer<typeof SignedSnapshot>;
