import { ApiError } from "@assay/api";
import { buildSnapshotBody, type RulesDocument, signSnapshot, subnetVector, vectorHash } from "@assay/core";
import {
  type Db,
  findRulesDocument,
  insertSnapshot,
  latestSnapshot,
  reserveSnapshotVersion,
  type SnapshotRow,
  type Trx,
} from "@assay/db";
import { type Backend, nowOf } from "../backend.ts";
import { instanceVectors } from "./vectors.ts";

/**
 * Signs and stores the next snapshot; once the transaction commits, every replica hears of it.
 *
 * The version is reserved before anything is read, so that whoever waited for it sees what the one before decided.
 */
export async function writeSnapshot(trx: Trx, backend: Backend): Promise<SnapshotRow> {
  const { genesis, signer, certificate, subnet } = backend;
  const { metagraph, epoch } = subnet.current();
  const { block } = metagraph.at;
  const version = await reserveSnapshotVersion(trx, backend);
  const rules = await rulesAt(trx, { backend, block });
  const instances = await instanceVectors(trx, rules);
  const timing = { block, forEpoch: epoch.epochIndex, tempo: metagraph.tempo, revealPeriodEpochs: 0 };
  const body = await buildSnapshotBody({ ...timing, genesis, version, rules, instances, onExpiry: "stop" });
  const { netuid, mechid, validUntil } = body;
  return insertSnapshot(trx, {
    ...(await signSnapshot(body, { signer, certificate })),
    netuid,
    mechid,
    block,
    validUntil,
    vectorHash: body.vectorHash,
    policy: subnetVector(rules, instances).policy,
    createdAt: nowOf(backend),
  });
}

/** Whether a snapshot written now would pay otherwise than the newest one; true if there is none. */
export async function hasChanged(trx: Trx, backend: Backend): Promise<boolean> {
  const rules = await rulesAt(trx, { backend, block: backend.subnet.current().metagraph.at.block });
  const newest = await latestSnapshot(trx, backend);
  return newest?.vectorHash !== (await vectorHash(rules, await instanceVectors(trx, rules)));
}

async function rulesAt(
  db: Db,
  { backend: { netuid, mechid }, block }: { backend: Backend; block: number },
): Promise<RulesDocument> {
  const row = await findRulesDocument(db, { netuid, mechid, block });
  if (row !== undefined) return row.document;
  throw new ApiError({ code: "API_NOT_FOUND", kind: "rules document", id: String(block) });
}
