import { ChainError, type EpochState, type Head } from "@assay/chain";
import { ValidatorError } from "../errors.ts";
import { countRefused } from "../store/intents.ts";
import { tooLargeChange } from "./change.ts";
import { reading, storageIndexOf, type WeightsContext } from "./context.ts";
import { standingHold } from "./guards.ts";
import { type Hold, holdOf } from "./hold.ts";
import type { Waiting } from "./memory.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { send, sendAgain } from "./send.ts";
import type { Pending } from "./settle.ts";
import { watchForStrangers } from "./stranger.ts";
import { unsettled } from "./unsettled.ts";

/** Extrinsics that may fail in one epoch before the next is waited for. */
const MOST_ATTEMPTS = 3;

type InEpoch = { readonly head: Head; readonly epoch: EpochState; readonly signal: AbortSignal };
type Act = InEpoch & { readonly open: Pending | undefined };

/** Sends the weights of this epoch, or what is open of it once more; what keeps it from that is a hold. */
export async function act(context: WeightsContext, now: Act): Promise<Waiting | undefined> {
  return attempt(context, now).catch(holdOfChain);
}

async function attempt(context: WeightsContext, now: Act): Promise<Waiting | undefined> {
  const { open, signal } = now;
  // Beginning to watch may close this epoch, so the watch comes before what stands in the journal.
  const stranger = open ? undefined : await watchForStrangers(context, now);
  const standing = stranger ?? standingHold(context, now.epoch);
  if (standing) return standing;
  const prepared = await prepare(context, now);
  if (prepared.kind === "hold") return prepared;
  const doubt = tooLargeChange(context, prepared);
  if (doubt) return doubt;
  if (!open) return sendNew(context, prepared, now);
  await sendAgain(context, { intent: open, prepared, signal });
  return undefined;
}

/** What time alone does not cure, such as a runtime this version does not know, is a reason to hold. */
function holdOfChain(error: unknown): Hold {
  if (error instanceof ChainError && !error.retryable) return holdOf(error);
  throw error;
}

async function sendNew(
  context: WeightsContext,
  prepared: Prepared,
  now: InEpoch,
): Promise<Waiting | undefined> {
  const { epoch, signal } = now;
  const epochOf = { storageIndex: storageIndexOf(context), epochIndex: epoch.epochIndex };
  if (countRefused(context.store.db, epochOf) >= MOST_ATTEMPTS) return attemptsSpent(epoch);
  const near = await unsettled(context, now);
  if (near) return { ...near, blocks: 1 };
  const [finding] = await reading("the preflight checks", context.chain.preflight(prepared.request), signal);
  if (finding === undefined) await send(context, prepared, now);
  if (finding === undefined) return undefined;
  const { error, message, retryable, waitBlocks } = finding;
  return { kind: "hold", code: error, reason: message, blocks: retryable ? (waitBlocks ?? 1) : null };
}

function attemptsSpent({ epochIndex }: EpochState): Waiting {
  const facts = { code: "VALIDATOR_ATTEMPTS_SPENT", epochIndex, attempts: MOST_ATTEMPTS } as const;
  const reason = `${MOST_ATTEMPTS} extrinsics of epoch ${epochIndex} failed; the next epoch is tried.`;
  return { ...holdOf(new ValidatorError(facts, reason)), blocks: null };
}
