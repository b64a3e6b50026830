import type { EpochState, Head, SignedExtrinsic } from "@assay/chain";
import { LOG } from "../log-messages.ts";
import { within } from "../loop/within.ts";
import { planIntent, recordSigned } from "../store/intents.ts";
import { conclude, isSameRow } from "./conclude.ts";
import { storageIndexOf, type WeightsContext } from "./context.ts";
import type { Prepared } from "./prepare.ts";
import type { Pending } from "./settle.ts";

const SIGN_MS = 30_000;
/** Inclusion and finality; longer than any era we sign with. */
const SUBMIT_MS = 15 * 60_000;

type Moment = { readonly head: Head; readonly epoch: EpochState; readonly signal: AbortSignal };

/** Plans in the journal, signs, records the signature, sends: in this order, each step on disk before the next. */
export async function send(context: WeightsContext, prepared: Prepared, moment: Moment): Promise<void> {
  const { chain, store, log } = context;
  const { head, epoch, signal } = moment;
  const { body, request } = prepared;
  const planned = planIntent(store.db, {
    storageIndex: storageIndexOf(context),
    epochIndex: epoch.epochIndex,
    snapshotVersion: body.version,
    vectorHash: body.vectorHash,
    row: request.row.map(([uid, weight]) => [uid, weight]),
    versionKey: String(request.versionKey),
    plannedBlock: head.block,
  });
  const facts = { epochIndex: planned.epochIndex, attempt: planned.attempt, snapshotVersion: body.version };
  const { missing, burnUid } = prepared;
  log.debug({ ...facts, row: planned.row, missing, burnUid }, LOG.weightsPlanned);
  const extrinsic = await within(chain.signSetWeights(request), {
    what: "the signature",
    ms: SIGN_MS,
    signal,
  });
  const { hash, hex, nonce, eraEnd } = extrinsic;
  const intent = recordSigned(store.db, planned, { hash, hex, nonce, eraEnd, fromBlock: head.block });
  log.debug({ ...facts, hash, nonce, eraEnd }, LOG.weightsSigned);
  const outcome = await submit(context, extrinsic, signal);
  await conclude(context, { intent, outcome, signal, isAgain: false });
}

/**
 * Sends the same signed bytes again, but only if they are still exactly what would be sent now: a snapshot or a uid
 * may have changed since they were signed, and then they are left to die.
 */
export async function sendAgain(
  context: WeightsContext,
  { intent, prepared, signal }: { intent: Pending; prepared: Prepared; signal: AbortSignal },
): Promise<void> {
  const { request, body } = prepared;
  const isSame = intent.snapshotVersion === body.version && isSameRow(request.row, intent.row);
  if (!isSame || intent.versionKey !== String(request.versionKey)) return;
  const { hash, hex, nonce, eraEnd } = intent.signed;
  const outcome = await submit(context, { hash, hex, nonce, eraEnd, request }, signal);
  await conclude(context, { intent, outcome, signal, isAgain: true });
}

function submit({ chain }: WeightsContext, extrinsic: SignedExtrinsic, signal: AbortSignal) {
  return within(chain.submit(extrinsic), { what: "inclusion and finality", ms: SUBMIT_MS, signal });
}
