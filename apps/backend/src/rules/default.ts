import type { Chain } from "@assay/chain";
import { PPB, type RulesDocument } from "@assay/core";
import { insertRulesDocument, listRulesDocuments, lockRules } from "@assay/db";
import { type Backend, blockOf, nowOf } from "../backend.ts";

/** Gives a subnet that has no rules yet the plainest ones: everything to the leaders of its competitions. */
export async function ensureRules(backend: Backend, chain: Chain): Promise<void> {
  const { db } = backend;
  if ((await listRulesDocuments(db, backend)).length > 0) return;
  const document = await defaultRules(backend, chain);
  await db.transaction().execute(async (trx) => {
    await lockRules(trx, backend);
    if ((await listRulesDocuments(trx, backend)).length > 0) return;
    await insertRulesDocument(trx, { document, createdAt: nowOf(backend) });
  });
}

async function defaultRules(backend: Backend, chain: Chain): Promise<RulesDocument> {
  const { netuid, mechid } = backend;
  const { weightsVersionKey } = await chain.weightRules(netuid, { mechid });
  return {
    scheme: "assay-rules-v1",
    netuid,
    mechid,
    fromBlock: blockOf(backend),
    versionKey: weightsVersionKey.toString(),
    minValidatorVersion: "0.1.0",
    burn: 0,
    instances: [
      {
        id: "competitions",
        mechanism: "competition",
        preset: "assay",
        share: PPB,
        missing: "burn",
        unled: "redistribute",
      },
    ],
  };
}
