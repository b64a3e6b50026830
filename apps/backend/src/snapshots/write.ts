import { canonicalJson, recomputeSnapshot, SnapshotInputs, signSnapshot } from "@assay/core";
import {
  findAuditHead,
  insertSnapshot,
  insertSnapshotInputs,
  latestSnapshot,
  reserveSnapshotVersion,
  type SnapshotRow,
  type Trx,
} from "@assay/db";
import { type Backend, nowOf } from "../backend.ts";
import { readInputs } from "./inputs.ts";

/**
 * Epochs after that of its block in which a snapshot is set at the latest: validators send late in an epoch, so one that
 * misses its own is sent in the next, and is on chain when the one after begins.
 */
const EPOCHS_UNTIL_SET = 2;

/**
 * Signs and stores the next snapshot with what it was computed from; once the transaction commits, every replica hears of it.
 *
 * The version is reserved before anything is read, so that whoever waited for it sees what the one before decided.
 */
export async function writeSnapshot(trx: Trx, backend: Backend): Promise<SnapshotRow> {
  const version = await reserveSnapshotVersion(trx, backend);
  const inputs = SnapshotInputs.parse(await readInputs(trx, backend));
  const { body, vector } = await recomputeSnapshot(inputs, version);
  const auditHead = await findAuditHead(trx, backend.netuid);
  const { netuid, mechid, block, validUntil } = body;
  const row = await insertSnapshot(trx, {
    ...(await signSnapshot({ ...body, auditHead }, backend.signing.current())),
    netuid,
    mechid,
    block,
    validUntil,
    vectorHash: body.vectorHash,
    policy: vector?.policy ?? "unknown",
    createdAt: nowOf(backend),
    publicFromEpoch: inputs.forEpoch + EPOCHS_UNTIL_SET + inputs.revealPeriodEpochs,
  });
  await insertSnapshotInputs(trx, { netuid, mechid, version, inputs: canonicalJson(inputs) });
  return row;
}

/** Whether a snapshot written now would pay otherwise than the newest one; true if there is none. */
export async function hasChanged(trx: Trx, backend: Backend): Promise<boolean> {
  const newest = await latestSnapshot(trx, backend);
  const { body } = await recomputeSnapshot(SnapshotInputs.parse(await readInputs(trx, backend)), 1);
  return newest?.vectorHash !== body.vectorHash;
}
