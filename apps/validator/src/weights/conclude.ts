import type { Commit, Head, SetWeightsOutcome } from "@assay/chain";
import { ValidatorError } from "../errors.ts";
import { errorFacts } from "../log.ts";
import { LOG } from "../log-messages.ts";
import type { Intent } from "../store/intent.ts";
import { recordConfirmed, recordDisputed, recordIncluded, recordRefused } from "../store/intents.ts";
import { reading, type WeightsContext } from "./context.ts";
import { epochOfInclusion, findCommitAt } from "./evidence.ts";

type Step = { readonly intent: Intent; readonly signal: AbortSignal };
type Concluding = Step & {
  readonly outcome: SetWeightsOutcome;
  /** Whether the same bytes were sent before: what keeps them out is then only of interest to whoever looks closely. */
  readonly isAgain: boolean;
};

/** Writes down what became of a sent extrinsic; what is not certain stays open and is looked for again. */
export async function conclude(context: WeightsContext, concluding: Concluding): Promise<void> {
  const { intent, outcome, signal } = concluding;
  if (outcome.kind === "unknown") return notePending(context, concluding, outcome.reason);
  if (outcome.kind !== "refused") {
    const included = await noteIncluded(context, { intent, at: outcome.included, signal });
    const commit = outcome.kind === "committed" ? outcome.commit : null;
    return noteConfirmed(context, included, { at: outcome.confirmed, commit });
  }
  const { stage, error, message } = outcome;
  if (stage === "pool") return notePending(context, concluding, `${error}: ${message}`);
  if (stage === "dispatch") return noteFailed(context, intent, error);
  if (outcome.included === null) return notePending(context, concluding, message);
  const included = await noteIncluded(context, { intent, at: outcome.included, signal });
  noteDisputed(context, included, message);
}

/** Records inclusion under the epoch in which it takes effect: that of the state after its block. */
export async function noteIncluded(
  context: WeightsContext,
  { intent, at, signal }: Step & { at: Head },
): Promise<Intent> {
  const epochIndex = await epochOfInclusion(context, { intent, at, signal });
  return recordIncluded(context.store.db, intent, { block: at.block, hash: at.hash, epochIndex });
}

/** Looks at a finalised block whether the chain shows our row, or holds our commit if that is what was sent. */
export async function readBack(context: WeightsContext, { intent, signal }: Step): Promise<void> {
  const { chain, netuid, mechid, signer } = context;
  const head = await reading("the finalised head", chain.finalisedHead(), signal);
  const { signed, included } = intent;
  if (signed === null || included === null || head.block < included.block) return;
  const finding = await findCommitAt(context, { signed, at: included, head, signal });
  if (finding.kind === "found") return noteConfirmed(context, intent, finding);
  if (finding.kind === "missing") return noteDisputed(context, intent, finding.problem);
  const at = { mechid, at: head.hash };
  const { neurons } = await reading("the metagraph", chain.metagraph(netuid, at), signal);
  const rows = await reading("the weights on chain", chain.weights(netuid, at), signal);
  const uid = neurons.find(({ hotkey }) => hotkey === signer.address)?.uid;
  const row = uid === undefined ? undefined : rows[uid];
  if (isSameRow(row ?? [], intent.row)) return noteConfirmed(context, intent, { at: head, commit: null });
  noteDisputed(context, intent, `finalised block ${head.block} shows another row for this hotkey`);
}

export function isSameRow(
  a: readonly (readonly [number, number])[],
  b: readonly (readonly [number, number])[],
): boolean {
  return a.length === b.length && a.every(([uid, weight], i) => uid === b[i]?.[0] && weight === b[i]?.[1]);
}

/** Records an extrinsic that was included and failed: its epoch is free again. */
export function noteFailed({ store, log, vitals }: WeightsContext, intent: Intent, error: string): void {
  recordRefused(store.db, intent, error);
  vitals.metrics.extrinsics.inc({ outcome: "refused" });
  log.error({ ...factsOf(intent), code: error }, LOG.weightsRefused);
}

type Confirmation = { readonly at: Head; readonly commit: Commit | null };

function noteConfirmed(
  { store, log, vitals }: WeightsContext,
  intent: Intent,
  { at, commit }: Confirmation,
): void {
  recordConfirmed(store.db, intent, { block: at.block, commit });
  vitals.metrics.extrinsics.inc({ outcome: "confirmed" });
  const way = commit === null ? "set" : "committed";
  const facts = { way, block: intent.included?.block, confirmedBlock: at.block, row: intent.row };
  log.info({ ...factsOf(intent), ...facts }, LOG.weightsConfirmed);
}

function noteDisputed({ store, log, vitals }: WeightsContext, intent: Intent, problem: string): void {
  recordDisputed(store.db, intent, problem);
  vitals.metrics.extrinsics.inc({ outcome: "disputed" });
  const { hash = "" } = intent.signed ?? {};
  const { block = 0 } = intent.included ?? {};
  const error = new ValidatorError(
    { code: "VALIDATOR_READ_BACK_DIFFERS", hash, block },
    `Our extrinsic is in block ${block}, but it is not shown to have set our row: ${problem}. Something else may be using this hotkey. Nothing more is sent in its epoch; the next one goes on.`,
  );
  log.error({ ...factsOf(intent), problem, ...errorFacts(error) }, LOG.weightsRefused);
}

function notePending({ log }: WeightsContext, { intent, isAgain }: Concluding, reason: string): void {
  log[isAgain ? "debug" : "warn"]({ ...factsOf(intent), reason }, LOG.weightsPending);
}

function factsOf({ epochIndex, attempt, snapshotVersion, vectorHash, signed }: Intent): object {
  return { epochIndex, attempt, snapshotVersion, vectorHash, hash: signed?.hash };
}
