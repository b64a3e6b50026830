import type { Head } from "@assay/chain";
import type { SnapshotBody } from "@assay/core";
import { errorFacts } from "../log.ts";
import { LOG } from "../log-messages.ts";
import { reading, type WeightsContext } from "./context.ts";
import { receiveSnapshot, type Trust, type Verdict } from "./receive.ts";

type Moment = { readonly head: Head; readonly signal: AbortSignal };

/** Verifies what lies in the inbox, oldest first; true if something in it is new. */
export async function receiveAll(context: WeightsContext, moment: Moment): Promise<boolean> {
  const { inbox, store } = context;
  if (inbox.first() === undefined) return false;
  const trust = await trustAt(context, moment);
  let isNew = false;
  for (let signed = inbox.first(); signed; signed = inbox.first()) {
    const verdict = await receiveSnapshot(store.db, signed, trust);
    inbox.drop(signed);
    if (verdict.kind === "accepted") isNew = true;
    noteVerdict(context, signed.version, verdict);
  }
  return isNew;
}

/** What a snapshot is held against at a block: the subnet's owner on chain, unless the operator has pinned another. */
export async function trustAt(context: WeightsContext, { head, signal }: Moment): Promise<Trust> {
  const { chain, netuid, mechid, verify } = context;
  const ownerHotkey = context.authority ?? (await readOwner(context, { head, signal }));
  return { ownerHotkey, genesis: chain.genesisHash, netuid, mechid, block: head.block, verify };
}

async function readOwner(
  { chain, netuid, mechid }: WeightsContext,
  { head, signal }: Moment,
): Promise<string> {
  const metagraph = chain.metagraph(netuid, { mechid, at: head.hash });
  return (await reading("the subnet's owner", metagraph, signal)).ownerHotkey;
}

function noteVerdict({ log, vitals }: WeightsContext, received: number, verdict: Verdict): void {
  vitals.metrics.snapshots.inc({ verdict: verdict.kind });
  if (verdict.kind === "known") return;
  if (verdict.kind !== "accepted") {
    const message = verdict.kind === "conflict" ? LOG.snapshotConflict : LOG.snapshotRefused;
    return log.error({ version: received, ...errorFacts(verdict.error) }, message);
  }
  const { version, vectorHash, validUntil, instances } = verdict.body;
  const policies = instances.map(({ id, vector }) => ({ id, policy: vector.policy }));
  const facts = { version, vectorHash, validUntil, policies, auditHead: headOf(verdict.body) };
  log.info(facts, LOG.snapshotAccepted);
}

/** As `assay audit verify --head` takes it: the log is a copy that the backend cannot reach. */
function headOf({ auditHead }: SnapshotBody): string | undefined {
  return auditHead && `${auditHead.sequence}:${auditHead.hash}`;
}
