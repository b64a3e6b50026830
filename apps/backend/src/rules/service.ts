import { ApiError, type KeyCaller, type PutRules, type RulesInForce } from "@assay/api";
import type { RulesDocument } from "@assay/core";
import { insertRulesDocument, listRulesDocuments, lockRules, type RulesDocumentRow } from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, blockOf, nowOf } from "../backend.ts";

/** The rules in force and those that are to replace them. */
export async function getRules(backend: Backend): Promise<RulesInForce> {
  return inForce(backend, await listRulesDocuments(backend.db, backend));
}

/** Adds rules that take over at their block; CONFLICT if the editor has not seen the newest. */
export async function putRules(
  backend: Backend,
  { caller, replaces, rules }: PutRules & { caller: KeyCaller },
): Promise<RulesInForce> {
  const { db } = backend;
  assertOwnSubnet(backend, rules);
  const stored = await db.transaction().execute(async (trx) => {
    await lockRules(trx, backend);
    const newest = (await listRulesDocuments(trx, backend)).at(-1);
    assertNext(rules, { replaces, newest: newest?.fromBlock ?? 0, block: blockOf(backend) });
    await insertRulesDocument(trx, { document: rules, createdAt: nowOf(backend) });
    const target = `rules_${rules.fromBlock}`;
    await recordAct(trx, backend, { by: caller, action: "rules.put", target, facts: { replaces, rules } });
    return listRulesDocuments(trx, backend);
  });
  return inForce(backend, stored);
}

function assertOwnSubnet(backend: Backend, rules: RulesDocument): void {
  for (const field of ["netuid", "mechid"] as const) {
    const [expected, actual] = [backend[field], rules[field]];
    if (expected === actual) continue;
    const message = `This backend serves ${field} ${expected}, the rules are for ${actual}.`;
    throw new ApiError({ code: "API_RULES_MISMATCH", field, expected, actual }, message);
  }
}

/** Rules may start at the newest finalised block at the earliest, and after every older document. */
function assertNext(
  { fromBlock }: RulesDocument,
  { replaces, newest, block }: { replaces: number; newest: number; block: number },
): void {
  if (replaces !== newest)
    throw new ApiError(
      { code: "API_RULES_CHANGED", replaces, newest },
      "The rules changed since they were read.",
    );
  const earliest = Math.max(newest + 1, block);
  if (fromBlock >= earliest) return;
  const message = `Rules can take effect from block ${earliest} on, not from ${fromBlock}.`;
  throw new ApiError({ code: "API_RULES_TOO_EARLY", fromBlock, earliest }, message);
}

function inForce(backend: Backend, rows: readonly RulesDocumentRow[]): RulesInForce {
  const block = blockOf(backend);
  const current = rows.findLast(({ fromBlock }) => fromBlock <= block);
  if (current === undefined)
    throw new ApiError({ code: "API_NOT_FOUND", kind: "rules document", id: String(block) });
  const newest = rows.at(-1);
  return { rules: current.document, upcoming: newest === current ? null : (newest?.document ?? null) };
}
