import type { Certificate, Heartbeat, Json, Role, RulesDocument } from "@assay/core";
import type { Frozen, JsonColumn, Timestamp } from "./columns.ts";

export type RulesDocumentsTable = {
  netuid: Frozen<number>;
  mechid: Frozen<number>;
  fromBlock: Frozen<number>;
  document: JsonColumn<RulesDocument>;
  createdAt: Frozen<Date>;
};

export type SnapshotsTable = {
  netuid: Frozen<number>;
  mechid: Frozen<number>;
  version: Frozen<number>;
  block: Frozen<number>;
  validUntil: Frozen<number>;
  /** The signed text. */
  body: Frozen<string>;
  key: Frozen<string>;
  signature: Frozen<string>;
  certificate: JsonColumn<Certificate>;
  vectorHash: Frozen<string>;
  /** Why the subnet's vector says what it says; for lists, the body decides. */
  policy: Frozen<string>;
  createdAt: Frozen<Date>;
  /** Epoch from which on everybody can read on chain what it says; null for one that was stored before it was known. */
  publicFromEpoch: Frozen<number | null>;
};

export type SnapshotInputsTable = {
  netuid: Frozen<number>;
  mechid: Frozen<number>;
  version: Frozen<number>;
  /** Canonical JSON whose hash the snapshot states. */
  inputs: Frozen<string>;
};

/** Another result than the first one under the same attempt: the validator signed both. */
export type EquivocationsTable = {
  netuid: Frozen<number>;
  cycleId: Frozen<string>;
  jobId: Frozen<string>;
  validator: Frozen<string>;
  attempt: Frozen<number>;
  bodySha256: Frozen<string>;
  /** Of the one that counts. */
  recordedSha256: Frozen<string>;
  body: Frozen<string>;
  signature: Frozen<string>;
  receivedAt: Frozen<Date>;
};

export type ApiKeysTable = {
  /** Null for a key that is good for every subnet. */
  netuid: Frozen<number | null>;
  id: Frozen<string>;
  name: Frozen<string>;
  role: Frozen<Role>;
  hotkey: Frozen<string | null>;
  secretHash: Frozen<string>;
  /** The person it belongs to: two keys of one owner are one pair of eyes. */
  owner: Frozen<string>;
  createdAt: Frozen<Date>;
  expiresAt: Timestamp;
  revokedAt: Timestamp | null;
  /** The key that takes its place. */
  replacedBy: string | null;
};

export type InterestsTable = {
  netuid: Frozen<number>;
  owner: Frozen<string>;
  address: Frozen<string>;
  keyId: Frozen<string>;
  declaredAt: Frozen<Date>;
};

export type KeyRequestsTable = {
  netuid: Frozen<number>;
  id: Frozen<string>;
  hotkey: Frozen<string>;
  name: Frozen<string>;
  status: "pending" | "granted" | "refused" | "collected";
  requestedAt: Frozen<Date>;
  expiresInDays: number | null;
  decidedAt: Timestamp | null;
  decidedBy: string | null;
  reason: string | null;
  /** The key it was collected as. */
  keyId: string | null;
};

export type ReviewsTable = {
  netuid: Frozen<number>;
  id: Frozen<string>;
  candidateId: Frozen<string>;
  verdict: Frozen<"approve" | "reject" | "note">;
  note: Frozen<string>;
  owner: Frozen<string>;
  keyId: Frozen<string>;
  /** Who led when it was written: the verdict is about that comparison. */
  leaderCandidateId: Frozen<string | null>;
  createdAt: Frozen<Date>;
};

export type BansTable = {
  netuid: Frozen<number>;
  id: Frozen<string>;
  /** A hotkey or a coldkey. */
  address: Frozen<string>;
  reason: Frozen<string>;
  bannedBy: Frozen<string>;
  keyId: Frozen<string>;
  createdAt: Frozen<Date>;
  liftedAt: Timestamp | null;
  liftedBy: string | null;
  liftReason: string | null;
};

export type SettingsTable = {
  netuid: Frozen<number>;
  version: number;
  document: JsonColumn<{ [name: string]: Json }>;
  updatedAt: Timestamp;
};

export type NoncesTable = {
  netuid: Frozen<number>;
  signer: Frozen<string>;
  nonce: Frozen<string>;
  expiresAt: Frozen<Date>;
};

export type ValidatorsTable = {
  netuid: Frozen<number>;
  hotkey: Frozen<string>;
  softwareVersion: string;
  duties: JsonColumn<Heartbeat["duties"]>;
  snapshotVersion: number | null;
  lastSetBlock: number | null;
  lastSetVersion: number | null;
  heartbeatAt: Timestamp;
  heartbeatBlock: number;
};

export type AuditLogTable = {
  netuid: Frozen<number>;
  sequence: Frozen<number>;
  at: Frozen<Date>;
  actor: Frozen<string>;
  action: Frozen<string>;
  target: Frozen<string>;
  reason: Frozen<string | null>;
  facts: JsonColumn<{ [name: string]: Json }>;
  previousHash: Frozen<string>;
  hash: Frozen<string>;
};

export type DutiesTable = {
  netuid: Frozen<number>;
  name: Frozen<string>;
  dueAt: Timestamp;
  leasedUntil: Timestamp | null;
  /** Grows with every claim; a write that carries an older one is refused. */
  fence: number;
};
