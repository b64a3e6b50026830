import type { DeclareInterests, Interests, KeyCaller } from "@assay/api";
import { insertInterests, listInterests } from "@assay/db";
import { assertAddress } from "../address.ts";
import { recordAct } from "../audit/act.ts";
import { type Backend, nowOf } from "../backend.ts";
import { ownerOf } from "../candidates/impartial.ts";

/** Adds to what the owner of a key has a stake in; nothing that was declared is ever taken back. */
export async function declareInterests(
  backend: Backend,
  { caller, addresses }: DeclareInterests & { caller: KeyCaller },
): Promise<Interests> {
  for (const address of addresses) assertAddress(address, "addresses");
  const { db, netuid } = backend;
  return db.transaction().execute(async (trx) => {
    const owner = await ownerOf(trx, caller);
    const declared = { netuid, owner, addresses, keyId: caller.id, declaredAt: nowOf(backend) };
    await insertInterests(trx, declared);
    const act = { by: caller, action: "interests.declare", target: owner, facts: { addresses } };
    await recordAct(trx, backend, act);
    return { owner, addresses: await listInterests(trx, { netuid, owner }) };
  });
}
