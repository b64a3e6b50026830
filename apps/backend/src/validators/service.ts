import type { HeartbeatAnswer, HotkeyCaller } from "@assay/api";
import type { Heartbeat, ValidatorStatus } from "@assay/core";
import { listValidators as listValidatorRows, upsertHeartbeat, type ValidatorRow } from "@assay/db";
import { type Backend, blockOf, nowOf } from "../backend.ts";

/** Records that a validator is alive, for the block the backend has seen last. */
export async function recordHeartbeat(
  backend: Backend,
  { caller, ...heartbeat }: Heartbeat & { caller: HotkeyCaller },
): Promise<HeartbeatAnswer> {
  const { db, netuid, feed } = backend;
  const block = blockOf(backend);
  await upsertHeartbeat(db, { netuid, hotkey: caller.hotkey, heartbeat, at: nowOf(backend), block });
  return { block, latestSnapshotVersion: feed.newest()?.version ?? null };
}

/** Validators that ever reported; the connections counted are those of this replica. */
export async function listValidators({ db, netuid, connectionsOf }: Backend): Promise<ValidatorStatus[]> {
  const rows = await listValidatorRows(db, { netuid });
  return rows.map((row) => statusView(row, connectionsOf(row.hotkey)));
}

function statusView(row: ValidatorRow, connections: number): ValidatorStatus {
  const { hotkey, softwareVersion, duties, snapshotVersion, heartbeatAt, heartbeatBlock } = row;
  const { lastSetBlock: block, lastSetVersion: version } = row;
  return {
    hotkey,
    softwareVersion,
    duties,
    snapshotVersion,
    lastSet: block === null || version === null ? null : { block, snapshotVersion: version },
    heartbeatAt: heartbeatAt.toISOString(),
    heartbeatBlock,
    connections,
  };
}
