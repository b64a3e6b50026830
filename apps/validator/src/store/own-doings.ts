import type { DatabaseSync } from "node:sqlite";
import { BLOCK, COMMIT_HASH, IN_BLOCK, NONCE } from "./indexes.ts";

/** What the journal has done with its hotkey, as far as it shows on chain. */
export type KnownDoings = {
  /** Nonce that follows the newest extrinsic of ours in a block; undefined if there is none. */
  readonly nonce: number | undefined;
  /** Block of our newest set or commit of this mechanism. */
  readonly lastUpdate: number | undefined;
};

/** Failed extrinsics take a nonce too, but set nothing. */
export function knownDoings(db: DatabaseSync, storageIndex: number): KnownDoings {
  const nonces = db.prepare(
    `select ${NONCE} as newest from intents indexed by used_nonces where ${IN_BLOCK} order by ${NONCE} desc limit 1`,
  );
  const blocks = db.prepare(
    `select ${BLOCK} as newest from intents where storage_index = ? and ${IN_BLOCK} order by ${BLOCK} desc limit 1`,
  );
  const newestNonce = wholeOrNone(nonces.get());
  return {
    nonce: newestNonce === undefined ? undefined : newestNonce + 1,
    lastUpdate: wholeOrNone(blocks.get(storageIndex)),
  };
}

/** Whether the journal has made a commit, of whichever mechanism. */
export function hasCommitted(db: DatabaseSync, commitHash: string): boolean {
  return db.prepare(`select id from intents where ${COMMIT_HASH} = ?`).get(commitHash) !== undefined;
}

function wholeOrNone(row: Record<string, unknown> | undefined): number | undefined {
  const value = row?.["newest"];
  return typeof value === "number" ? value : undefined;
}
