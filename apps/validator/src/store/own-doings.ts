import type { DatabaseSync } from "node:sqlite";

/** What the journal has done with its hotkey, as far as it shows on chain. */
export type KnownDoings = {
  /** Nonce that follows the newest extrinsic of ours in a block; undefined if there is none. */
  readonly nonce: number | undefined;
  /** Block of our newest set or commit of this mechanism. */
  readonly lastUpdate: number | undefined;
  readonly commits: readonly string[];
};

/** Failed extrinsics take a nonce too, but set nothing. */
export function knownDoings(db: DatabaseSync, storageIndex: number): KnownDoings {
  const newest = db.prepare(
    `select max(body ->> '$.signed.nonce') + 1 as nonce,
       max(case when storage_index = ? then body ->> '$.included.block' end) as block
     from intents where state in ('included', 'confirmed', 'revealed', 'unrevealed', 'refused')`,
  );
  const found = newest.get(storageIndex) ?? {};
  const commits = db
    .prepare(
      "select body ->> '$.commit.commitHash' as hash from intents where body ->> '$.commit' is not null",
    )
    .all();
  return {
    nonce: wholeOrNone(found["nonce"]),
    lastUpdate: wholeOrNone(found["block"]),
    commits: commits.map(({ hash }) => String(hash)),
  };
}

function wholeOrNone(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
