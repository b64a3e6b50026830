import { LOG } from "../log-messages.ts";
import type { Intent, SignedBytes } from "../store/intent.ts";
import { listOpenIntents, recordExpired } from "../store/intents.ts";
import { noteFailed, noteIncluded, readBack } from "./conclude.ts";
import { reading, storageIndexOf, type WeightsContext } from "./context.ts";

/** A signed intent that is neither in a finalised block nor dead. */
export type Pending = Intent & { readonly signed: SignedBytes };

/**
 * Finishes what the journal says was begun, oldest first: nothing new is signed before it.
 *
 * @returns the intents that may still be included; while there is one, its epoch and every later one wait.
 */
export async function settle(context: WeightsContext, signal: AbortSignal): Promise<Pending[]> {
  const pending: Pending[] = [];
  for (const intent of listOpenIntents(context.store.db, storageIndexOf(context))) {
    const { signed } = intent;
    if (signed === null) noteExpired(context, intent, "it was planned and never signed");
    else if (intent.state === "included") await readBack(context, { intent, signal });
    else if (await isPending(context, { intent, signed, signal })) pending.push({ ...intent, signed });
  }
  return pending;
}

async function isPending(
  context: WeightsContext,
  { intent, signed, signal }: { intent: Intent; signed: SignedBytes; signal: AbortSignal },
): Promise<boolean> {
  const fate = await reading("what became of an extrinsic", context.chain.trackExtrinsic(signed), signal);
  if (fate.kind === "pending") return true;
  if (fate.kind === "expired") noteExpired(context, intent, "its era ended and no block holds it");
  else if (fate.kind === "included" && !fate.success) noteFailed(context, intent, fate.error ?? "unknown");
  else {
    const included = await noteIncluded(context, { intent, at: fate.at, signal });
    await readBack(context, { intent: included, signal });
  }
  return false;
}

function noteExpired({ store, log, vitals }: WeightsContext, intent: Intent, problem: string): void {
  recordExpired(store.db, intent, problem);
  vitals.metrics.extrinsics.inc({ outcome: "expired" });
  const { epochIndex, attempt, signed } = intent;
  log.warn({ epochIndex, attempt, hash: signed?.hash, problem }, LOG.weightsExpired);
}
