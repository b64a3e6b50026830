import { z } from "zod";
import { Address, Block, IsoTime, KeyId, Sha256 } from "./primitives.ts";

export const Role = z.enum(["admin", "reviewer", "validator", "viewer"]);
export type Role = z.infer<typeof Role>;

export const CreateKey = z
  .object({
    name: z.string().trim().min(1).max(100),
    role: Role,
    /** The hotkey a validator's key is bound to; null for every other role. */
    hotkey: Address.nullish(),
    expiresInDays: z.int().min(1).max(3650).default(90),
    /** The person it is for; left out, its name. Two keys of one owner are one pair of eyes. */
    owner: z.string().trim().min(1).max(100).nullish(),
    /** Hotkeys and coldkeys its owner has a stake in, and may therefore not approve for. */
    interests: z.array(Address).max(100).default([]),
  })
  .refine((key) => (key.role === "validator") === (key.hotkey != null), {
    message: "a validator's key is bound to one hotkey, and only a validator's key",
    path: ["hotkey"],
  });
export type CreateKey = z.infer<typeof CreateKey>;

export const ApiKey = z.object({
  id: KeyId,
  name: z.string(),
  role: Role,
  hotkey: Address.nullable(),
  owner: z.string(),
  createdAt: IsoTime,
  expiresAt: IsoTime,
  revokedAt: IsoTime.nullable(),
  /** The key that takes its place. */
  replacedBy: KeyId.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** The token is shown once and never stored. */
export const CreatedKey = ApiKey.extend({ token: z.string() });
export type CreatedKey = z.infer<typeof CreatedKey>;

/** What a validator reports about itself with each heartbeat. */
export const Heartbeat = z.object({
  softwareVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
  duties: z.array(z.enum(["weights", "evaluate", "challenge"])),
  snapshotVersion: z.int().min(1).nullable(),
  /** Last weights confirmed by read-back at a finalised block. */
  lastSet: z.object({ block: Block, snapshotVersion: z.int().min(1) }).nullable(),
});
export type Heartbeat = z.infer<typeof Heartbeat>;

export const ValidatorStatus = Heartbeat.extend({
  hotkey: Address,
  heartbeatAt: IsoTime,
  heartbeatBlock: Block,
  connections: z.int().min(0),
});
export type ValidatorStatus = z.infer<typeof ValidatorStatus>;

/** The newest entry of an audit log: by its hash the log can be held to everything up to here, for good. */
export const AuditHead = z.object({ sequence: z.int().min(0), hash: Sha256 });
export type AuditHead = z.infer<typeof AuditHead>;

/** One act of a person or of the system, chained to the one before by its hash. */
export const AuditEntry = z.object({
  sequence: z.int().min(1),
  at: IsoTime,
  actor: z.string(),
  action: z.string(),
  target: z.string(),
  reason: z.string().nullable(),
  facts: z.record(z.string(), z.json()),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
