import type { DatabaseSync } from "node:sqlite";
import { SignedSnapshot } from "@assay/core";
import { z } from "zod";
import { ValidatorError } from "../errors.ts";
import { seal, unseal } from "./seal.ts";
import { inTransaction, writing } from "./writing.ts";

/** A snapshot whose signature was verified, as it was received. */
export const KeptSnapshot = z.object({
  version: z.int().min(1),
  vectorHash: z.string(),
  signed: SignedSnapshot,
});
export type KeptSnapshot = z.infer<typeof KeptSnapshot>;

/** Verified snapshots are kept for as long as an operator may ask what was set. */
const KEPT = 50;

/** Keeps a verified snapshot; throws VALIDATOR_SNAPSHOT_OLDER unless its version is the highest ever kept. */
export function keepSnapshot(db: DatabaseSync, snapshot: KeptSnapshot): void {
  const highest = findKeptSnapshot(db)?.version ?? 0;
  if (snapshot.version <= highest)
    throw new ValidatorError({ code: "VALIDATOR_SNAPSHOT_OLDER", version: snapshot.version, highest });
  const { body, seal: hash } = seal(snapshot);
  inTransaction(db, () => {
    db.prepare("insert into snapshots (body, seal) values (?, ?)").run(body, hash);
    db.prepare(
      "delete from snapshots where id not in (select id from snapshots order by version desc limit ?)",
    ).run(KEPT);
  });
}

/** The kept snapshot of the highest version. */
export function findKeptSnapshot(db: DatabaseSync): KeptSnapshot | undefined {
  return read(db.prepare("select body, seal from snapshots order by version desc limit 1").get());
}

/** A kept snapshot by its version. */
export function findSnapshotOf(db: DatabaseSync, version: number): KeptSnapshot | undefined {
  return read(db.prepare("select body, seal from snapshots where version = ?").get(version));
}

/** Keeps, as evidence, the second statement of a version that was already kept with other content. */
export function keepConflict(db: DatabaseSync, second: KeptSnapshot): void {
  const { body, seal: hash } = seal(second);
  const insert = db.prepare("insert into conflicts (body, seal) values (?, ?) on conflict do nothing");
  writing(db, () => insert.run(body, hash));
}

/** The second statement about the highest version: it holds the validator until a newer version comes. */
export function findConflict(db: DatabaseSync): KeptSnapshot | undefined {
  const highest = findKeptSnapshot(db)?.version ?? 0;
  const newest = db.prepare(
    "select body, seal from conflicts where version >= ? order by version desc limit 1",
  );
  return read(newest.get(highest));
}

/** Reads every snapshot once, so that a flipped bit is found at start. */
export function checkSnapshots(db: DatabaseSync): void {
  for (const table of ["snapshots", "conflicts"])
    db.prepare(`select body, seal from ${table}`).all().forEach(read);
}

function read(row: Record<string, unknown> | undefined): KeptSnapshot | undefined {
  if (row === undefined) return undefined;
  const record = { body: String(row["body"]), seal: String(row["seal"]) };
  return KeptSnapshot.parse(unseal(record, "snapshots"));
}
