import { ChainError, type Head } from "@assay/chain";
import { CodedError, SnapshotBody, SnapshotInputs, verifySnapshot } from "@assay/core";
import { ValidatorError } from "../errors.ts";
import { errorFacts } from "../log.ts";
import { LOG } from "../log-messages.ts";
import { findLastConfirmed } from "../store/intents.ts";
import { findNote, type Note, writeNote } from "../store/notes.ts";
import { findKeptSnapshot, findSnapshotOf, type KeptSnapshot } from "../store/snapshots.ts";
import { reading, storageIndexOf, type WeightsContext } from "./context.ts";
import { type Hold, holdOf } from "./hold.ts";

type Moment = { readonly head: Head; readonly signal: AbortSignal };

/**
 * Computes the newest snapshot again from its published inputs, once, and remembers in the journal what came of it: a
 * backend that is away later takes nothing back. False while there is something to verify that could not be fetched.
 */
export async function recomputeNewest(context: WeightsContext, moment: Moment): Promise<boolean> {
  const { store, recompute } = context;
  const kept = findKeptSnapshot(store.db);
  if (recompute === null || kept === undefined || verdictOn(context, kept) !== undefined) return true;
  const inputs = await fetchInputs(context, kept.version, moment.signal);
  if (inputs === undefined) return false;
  const problem = await problemNow(context, { kept, inputs, moment });
  if (problem === undefined) return false;
  const { version, vectorHash } = kept;
  writeNote(store.db, "recomputed", { version, vectorHash, problem });
  if (problem === null) writeNote(store.db, "verified", { version, vectorHash });
  context.vitals.metrics.recomputed.inc({ outcome: problem === null ? "match" : "mismatch" });
  if (problem === null) context.log.info({ version, vectorHash }, LOG.snapshotRecomputed);
  else context.log.error({ version, ...errorFacts(mismatch(version, problem)) }, LOG.snapshotMismatch);
  return true;
}

/** The snapshot to act on, and why not on a newer one. */
export type Actionable = { readonly kept: KeptSnapshot; readonly doubt: Hold | undefined };

/**
 * The newest snapshot, or under `refuse` the newest that was computed again with the same outcome. While the newest is
 * in doubt the one before goes on, for as long as it says of itself that it may.
 */
export function snapshotToSend(context: WeightsContext): Actionable | Hold {
  const kept = findKeptSnapshot(context.store.db);
  if (kept === undefined)
    return holdOf(new ValidatorError({ code: "VALIDATOR_NO_SNAPSHOT" }, "No snapshot was accepted yet."));
  const sure = { kept, doubt: undefined };
  if (context.recompute?.mode !== "refuse") return sure;
  const verdict = verdictOn(context, kept);
  if (verdict?.problem === null) return sure;
  const { version } = kept;
  const error = verdict === undefined ? unverified(version) : mismatch(version, String(verdict.problem));
  const [doubt, before] = [holdOf(error), lastVerified(context)];
  return before === undefined ? doubt : { kept: before, doubt };
}

/** Never one that is older than what this validator has set since, under another mode. */
function lastVerified(context: WeightsContext): KeptSnapshot | undefined {
  const { db } = context.store;
  const verified = findNote(db, "verified");
  const set = findLastConfirmed(db, storageIndexOf(context))?.snapshotVersion ?? 0;
  if (verified === undefined || verified.version < set) return undefined;
  const kept = findSnapshotOf(db, verified.version);
  return kept?.vectorHash === verified.vectorHash ? kept : undefined;
}

function verdictOn({ store }: WeightsContext, kept: KeptSnapshot): Note<"recomputed"> | undefined {
  const verdict = findNote(store.db, "recomputed");
  const isAboutIt = verdict?.version === kept.version && verdict.vectorHash === kept.vectorHash;
  return isAboutIt ? verdict : undefined;
}

async function fetchInputs(
  { recompute, log, vitals }: WeightsContext,
  version: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (recompute === null) return undefined;
  try {
    return (await reading("the inputs of a snapshot", recompute.inputsOf(version), signal)).inputs;
  } catch (error) {
    if (signal.aborted) throw error;
    vitals.metrics.recomputed.inc({ outcome: "unavailable" });
    log.warn({ version, ...errorFacts(error) }, LOG.inputsUnavailable);
    return undefined;
  }
}

type Claim = { readonly kept: KeptSnapshot; readonly inputs: string; readonly moment: Moment };

/** The problem, or undefined if it cannot be told now: a doubt of ours must not become one about the snapshot. */
async function problemNow(context: WeightsContext, claim: Claim): Promise<string | null | undefined> {
  try {
    return await problemOf(context, claim);
  } catch (error) {
    if (claim.moment.signal.aborted) throw error;
    context.vitals.metrics.recomputed.inc({ outcome: "unavailable" });
    context.log.warn({ version: claim.kept.version, ...errorFacts(error) }, LOG.snapshotNotRecomputed);
    return undefined;
  }
}

/** Whatever does not follow, or is not true of the chain at the block it names; null if all of it is. */
async function problemOf(
  context: WeightsContext,
  { kept, inputs, moment }: Claim,
): Promise<string | null | undefined> {
  try {
    await verifySnapshot(SnapshotBody.parse(JSON.parse(kept.signed.body)), inputs);
    return await untrueOf(context, SnapshotInputs.parse(JSON.parse(inputs)), moment);
  } catch (error) {
    if (error instanceof CodedError && String(error.code).startsWith("CORE_")) return error.message;
    throw error;
  }
}

/**
 * Nodes forget old state; what they have forgotten can be neither held against the inputs nor for them. A backend may
 * see a block before we do: until it is final here too, nothing can be said of it.
 */
async function untrueOf(
  { chain, netuid, mechid }: WeightsContext,
  inputs: SnapshotInputs,
  { head, signal }: Moment,
): Promise<string | null | undefined> {
  if (inputs.block > head.block) return undefined;
  try {
    const at = await reading("the block of the inputs", chain.blockHash(inputs.block), signal);
    if (at === undefined) return undefined;
    const graph = await reading("the subnet at that block", chain.metagraph(netuid, { mechid, at }), signal);
    if (graph.ownerHotkey !== inputs.ownerHotkey) return `the owner was ${graph.ownerHotkey}`;
    if (graph.tempo !== inputs.tempo) return `the tempo was ${graph.tempo}`;
    const slots = new Set(graph.neurons.map(({ hotkey }) => hotkey));
    const absent = inputs.registered.find((hotkey) => !slots.has(hotkey));
    return absent === undefined ? null : `${absent} was not registered`;
  } catch (error) {
    if (error instanceof ChainError && error.code === "CHAIN_BLOCK_UNKNOWN") return null;
    throw error;
  }
}

function mismatch(version: number, problem: string): ValidatorError {
  return new ValidatorError(
    { code: "VALIDATOR_SNAPSHOT_MISMATCH", version, problem },
    `Snapshot ${version} is not what its published inputs give: ${problem}. Tell the subnet's owner; a newer version is looked at anew.`,
  );
}

function unverified(version: number): ValidatorError {
  return new ValidatorError(
    { code: "VALIDATOR_SNAPSHOT_UNVERIFIED", version },
    `Snapshot ${version} could not be computed again yet: its inputs were not to be had.`,
  );
}
