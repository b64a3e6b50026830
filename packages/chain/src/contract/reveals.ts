import { getRandomValues } from "node:crypto";
import type { Commit, HashCommit } from "../weights.ts";
import { type Check, hold, type NotApplicable, type WriteSubject, waitUntil } from "./check.ts";
import { harmlessRequest, signedWhenReady } from "./sending.ts";

const SALT_LENGTH = 16;

/** How commits are revealed: each takes as many epochs as the subnet's reveal period. */
export const REVEAL_CHECKS: readonly Check<WriteSubject>[] = [
  { claim: "a timelocked commit is revealed with its weights", run: timelockedIsRevealed },
  { claim: "weights committed by hash are set by their reveal", run: hashedIsRevealed },
];

const OPEN: NotApplicable = { because: "commit-reveal is off" };

async function timelockedIsRevealed(subject: WriteSubject): Promise<NotApplicable | undefined> {
  const { chain, netuid } = subject;
  const request = await harmlessRequest(subject);
  if (!(await chain.weightRules(netuid)).commitRevealEnabled) return OPEN;
  const commit = await committed(subject, request);
  let fate = await chain.trackReveal(commit, request.row);
  const isOver = async () => {
    fate = await chain.trackReveal(commit, request.row);
    return fate.kind !== "pending";
  };
  await waitUntil(subject, isOver, await epochs(subject, 3));
  hold(fate.kind === "revealed", "reason" in fate ? fate.reason : fate.kind);
  return undefined;
}

async function hashedIsRevealed(subject: WriteSubject): Promise<NotApplicable | undefined> {
  const { chain, netuid } = subject;
  const salt = [...getRandomValues(new Uint16Array(SALT_LENGTH))];
  const request = { ...(await harmlessRequest(subject)), hashCommit: { salt } };
  const plan = await chain.planWeights(request);
  if (plan.kind === "direct") return OPEN;
  const period = plan.kind === "hash" ? plan.revealEpoch - plan.commitEpoch : 1;
  const commit = await committed(subject, request);
  const isDue = async () => (await chain.epochState(netuid)).epochIndex >= commit.epoch + period;
  await waitUntil(subject, isDue, await epochs(subject, period + 2));
  const outcome = await chain.submit(await chain.signReveal(request));
  hold(outcome.kind === "revealed", "message" in outcome ? outcome.message : outcome.kind);
  return undefined;
}

async function committed(
  subject: WriteSubject,
  request: Awaited<ReturnType<typeof harmlessRequest>> & { hashCommit?: HashCommit },
): Promise<Commit> {
  const outcome = await subject.chain.submit(await signedWhenReady(subject, request));
  hold(outcome.kind === "committed", "message" in outcome ? outcome.message : outcome.kind);
  return outcome.commit;
}

async function epochs({ chain, netuid }: WriteSubject, count: number): Promise<number> {
  return count * ((await chain.epochState(netuid)).tempo + 1);
}
