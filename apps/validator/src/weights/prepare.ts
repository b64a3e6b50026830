import type { EpochState, Head, Metagraph, SetWeightsRequest, WeightRow } from "@assay/chain";
import { openSnapshot, PPB, resolveRow, type SnapshotBody } from "@assay/core";
import { ValidatorError, type ValidatorErrorFacts } from "../errors.ts";
import { findConflict, type KeptSnapshot } from "../store/snapshots.ts";
import { isOlder, softwareVersion } from "../version.ts";
import { reading, type WeightsContext } from "./context.ts";
import { type Hold, holdOf } from "./hold.ts";
import { conflictOf } from "./receive.ts";
import { snapshotToSend } from "./recompute.ts";

/** What would be sent now, and what it rests on. */
export type Prepared = {
  readonly kind: "row";
  readonly body: SnapshotBody;
  readonly request: SetWeightsRequest;
  /** Hotkeys the snapshot pays that have no uid now. */
  readonly missing: readonly string[];
  readonly burnUid: number | null;
  /** This validator's row on chain. */
  readonly previousRow: WeightRow | null;
};

/** Builds the row to send from the kept snapshot, verified again, and the subnet as one block shows it. */
export async function prepare(
  context: WeightsContext,
  { head, epoch, signal }: { head: Head; epoch: EpochState; signal: AbortSignal },
): Promise<Prepared | Hold> {
  const view = await readSubnet(context, head, signal);
  const chosen = snapshotToSend(context);
  if ("kind" in chosen) return chosen;
  const body = await openAgain(context, { kept: chosen.kept, view, head });
  if ("kind" in body) return body;
  const effect = await effectBlock(context, { head, epoch, signal });
  const expiry = applyExpiry(body, { effectBlock: effect, doubt: chosen.doubt });
  return "kind" in expiry ? expiry : resolve(context, { body, view, instances: expiry.instances });
}

type View = { metagraph: Metagraph; rows: readonly WeightRow[]; minAllowedWeights: number };

async function readSubnet(context: WeightsContext, head: Head, signal: AbortSignal): Promise<View> {
  const { chain, netuid, mechid } = context;
  const at = { mechid, at: head.hash };
  const [metagraph, rows, { minAllowedWeights }] = await Promise.all([
    reading("the metagraph", chain.metagraph(netuid, at), signal),
    reading("the weights on chain", chain.weights(netuid, at), signal),
    reading("the subnet's rules for weights", chain.weightRules(netuid, at), signal),
  ]);
  return { metagraph, rows, minAllowedWeights };
}

/** A kept snapshot, if it may be acted on at this block. */
async function openAgain(
  context: WeightsContext,
  { kept, view, head }: { kept: KeptSnapshot; view: View; head: Head },
): Promise<SnapshotBody | Hold> {
  const { store, chain, netuid, mechid, authority, verify } = context;
  const conflict = findConflict(store.db);
  if (conflict) return holdOf(conflictOf({ ...conflict, other: kept.vectorHash }));
  const ownerHotkey = authority ?? view.metagraph.ownerHotkey;
  const trust = { ownerHotkey, genesis: chain.genesisHash, netuid, mechid, block: head.block, verify };
  try {
    const body = await openSnapshot({ signed: kept.signed, ...trust });
    return isOlder(softwareVersion, body.rules.minValidatorVersion) ? tooOld(body) : body;
  } catch (error) {
    return holdOf(error);
  }
}

/** When weights sent now would count: in the next epoch, or, sealed, in the first one after they are opened. */
async function effectBlock(
  { chain, netuid }: WeightsContext,
  { head, epoch, signal }: { head: Head; epoch: EpochState; signal: AbortSignal },
): Promise<number> {
  const plan = await reading("the way weights take", chain.planWeights({ netuid }), signal);
  // The pulse comes some blocks after the reveal block, whose own epoch has run by then.
  if (plan.kind === "timelock") return plan.revealBlock + epoch.tempo;
  return epoch.nextEpochStart ?? head.block;
}

/**
 * State is judged at the block in which the weights take effect; past it the snapshot itself says what to do. What it
 * says of silence burns nothing while a newer one was heard, even if that one cannot be trusted.
 */
function applyExpiry(
  body: SnapshotBody,
  { effectBlock, doubt }: { effectBlock: number; doubt: Hold | undefined },
): Pick<SnapshotBody, "instances"> | Hold {
  const { validUntil, onExpiry, version } = body;
  if (effectBlock <= validUntil || onExpiry === "refresh") return body;
  if (doubt !== undefined) return doubt;
  if (onExpiry === "burn") return { instances: body.instances.map(burning) };
  return held(
    { code: "VALIDATOR_SNAPSHOT_EXPIRED", version, validUntil, effectBlock },
    `Snapshot ${version} was valid until block ${validUntil}; these weights would take effect at ${effectBlock}.`,
  );
}

function burning(instance: SnapshotBody["instances"][number]): SnapshotBody["instances"][number] {
  return { ...instance, vector: { policy: "burn", entries: [], burn: PPB } };
}

function resolve(
  { signer, netuid, mechid }: WeightsContext,
  { body, view, instances }: { body: SnapshotBody; view: View; instances: SnapshotBody["instances"] },
): Prepared | Hold {
  const { metagraph, rows, minAllowedWeights } = view;
  const { neurons, ownerHotkey, ownerColdkey } = metagraph;
  const uid = neurons.find(({ hotkey }) => hotkey === signer.address)?.uid;
  if (uid === undefined) return notRegistered(signer.address, netuid);
  const previousRow = rows[uid] ?? null;
  const resolved = resolveRow({
    rules: body.rules,
    instances,
    neurons,
    ownerHotkey,
    ownerColdkey,
    previousRow,
    minAllowedWeights,
  });
  if (resolved.kind === "hold")
    return held({ code: `VALIDATOR_${resolved.code}`, version: body.version }, resolved.reason);
  const { row, missing, burnUid } = resolved;
  const request = { netuid, mechid, row, versionKey: BigInt(body.rules.versionKey), signer };
  return { kind: "row", body, request, missing, burnUid, previousRow };
}

function notRegistered(hotkey: string, netuid: number): Hold {
  const facts = { code: "VALIDATOR_NOT_REGISTERED", hotkey, netuid } as const;
  return held(facts, `${hotkey} is not registered on subnet ${netuid}.`);
}

function tooOld({ rules }: SnapshotBody): Hold {
  const required = rules.minValidatorVersion;
  const facts = { code: "VALIDATOR_TOO_OLD", required, ours: softwareVersion } as const;
  return held(facts, `The rules ask for validator ${required} or newer; this is ${softwareVersion}.`);
}

function held(facts: ValidatorErrorFacts, reason: string): Hold {
  return holdOf(new ValidatorError(facts, reason));
}
