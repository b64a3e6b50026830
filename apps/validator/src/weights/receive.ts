import type { DatabaseSync } from "node:sqlite";
import { type OpenInput, openSnapshot, SignedSnapshot, type SnapshotBody } from "@assay/core";
import { ValidatorError } from "../errors.ts";
import { findKeptSnapshot, keepConflict, keepSnapshot } from "../store/snapshots.ts";

/** What a snapshot is held against: all of it read from chain or set by the operator. */
export type Trust = Omit<OpenInput, "signed">;

/** What became of a received snapshot. */
export type Verdict =
  | { readonly kind: "accepted"; readonly body: SnapshotBody }
  /** The same statement again. */
  | { readonly kind: "known"; readonly version: number }
  /** Two statements under one version: no weights until a newer version. */
  | { readonly kind: "conflict"; readonly error: Error }
  | { readonly kind: "refused"; readonly error: Error };

/** Verifies a received snapshot and keeps it if it is new; nothing unverified ever reaches the store. */
export async function receiveSnapshot(
  db: DatabaseSync,
  signed: SignedSnapshot,
  trust: Trust,
): Promise<Verdict> {
  const kept = findKeptSnapshot(db);
  if (kept && signed.version < kept.version) return refuseOlder(signed.version, kept.version);
  const body = await open(signed, trust);
  if (body instanceof Error) return { kind: "refused", error: body };
  const { version, vectorHash } = body;
  if (version !== kept?.version) {
    keepSnapshot(db, { version, vectorHash, signed });
    return { kind: "accepted", body };
  }
  if (vectorHash === kept.vectorHash) return { kind: "known", version };
  keepConflict(db, { version, vectorHash, signed });
  return { kind: "conflict", error: conflictOf({ version, vectorHash, other: kept.vectorHash }) };
}

/** The error that holds a validator between two statements under one version. */
export function conflictOf(facts: { version: number; vectorHash: string; other: string }): ValidatorError {
  return new ValidatorError(
    { code: "VALIDATOR_SNAPSHOT_CONFLICT", ...facts },
    `Two different snapshots are signed as version ${facts.version}. No weights are set until a newer version comes.`,
  );
}

/** Whatever goes wrong while it is opened is a fault of the snapshot: the last good one stays. */
async function open(signed: SignedSnapshot, trust: Trust): Promise<SnapshotBody | Error> {
  try {
    return await openSnapshot({ ...trust, signed: SignedSnapshot.parse(signed) });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function refuseOlder(version: number, highest: number): Verdict {
  const error = new ValidatorError(
    { code: "VALIDATOR_SNAPSHOT_OLDER", version, highest },
    `Snapshot ${version} is older than ${highest}, which was already accepted.`,
  );
  return { kind: "refused", error };
}
