import type { SignedSnapshot } from "@assay/core";
import type { SnapshotRow } from "@assay/db";

/** A snapshot as it travels: the text that was signed, untouched. */
export function snapshotView({ version, body, key, signature, certificate }: SnapshotRow): SignedSnapshot {
  return { version, body, key, signature, certificate };
}
