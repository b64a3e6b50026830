import type { HashCommit, SetWeightsOutcome, SetWeightsRequest, SignedExtrinsic } from "../weights.ts";
import { hold, type WriteSubject, waitUntil } from "./check.ts";

const FULL = 65_535;

/** Weights that change as little as possible: the hotkey's present row again, or equal ones where it has none. */
export async function harmlessRequest(
  { chain, netuid, mechid, signer }: WriteSubject,
  hashCommit?: HashCommit,
): Promise<SetWeightsRequest> {
  const { neurons, at } = await chain.metagraph(netuid, { mechid });
  const seen = { mechid, at: at.hash };
  const { minAllowedWeights, weightsVersionKey: versionKey, n } = await chain.weightRules(netuid, seen);
  const uid = neurons.findIndex(({ hotkey }) => hotkey === signer.address);
  hold(uid >= 0, `${signer.address} is not registered on subnet ${netuid}`);
  const present = (await chain.weights(netuid, seen))[uid] ?? [];
  const length = Math.min(n, Math.max(1, minAllowedWeights));
  const equal = Array.from({ length }, (_, target) => [target, FULL] as const);
  const row = present.length > 0 ? present : equal;
  return { netuid, mechid, row, versionKey, signer, ...(hashCommit === undefined ? {} : { hashCommit }) };
}

/** Waits until nothing that passes by itself stands against the request. */
export async function whenReady(subject: WriteSubject, request: SetWeightsRequest): Promise<void> {
  const { weightsRateLimit } = await subject.chain.weightRules(subject.netuid);
  const { tempo } = await subject.chain.epochState(subject.netuid);
  const isReady = async () => {
    const plan = await subject.chain.planWeights(request);
    const passes = plan.kind === "refused" && plan.retryable;
    return !passes && (await subject.chain.preflight(request)).every(({ retryable }) => !retryable);
  };
  await waitUntil(subject, isReady, weightsRateLimit + tempo + 1);
}

/** Signs a request, once nothing stands in its way that passes by itself. */
export async function signedWhenReady(
  subject: WriteSubject,
  request: SetWeightsRequest,
): Promise<SignedExtrinsic> {
  await whenReady(subject, request);
  return subject.chain.signSetWeights(request);
}

/** Refuses an outcome other than a refusal at this stage for one of these reasons. */
export function holdRefused(
  outcome: SetWeightsOutcome,
  stage: "pool" | "dispatch",
  errors: readonly string[],
): void {
  const wanted = `refused by ${stage} as ${errors.join(" or ")}`;
  hold(outcome.kind === "refused", `${outcome.kind}, but should be ${wanted}`);
  const { stage: at, error, message } = outcome;
  hold(at === stage && errors.includes(error), `refused by ${at} as ${error}, not ${wanted}: ${message}`);
}
