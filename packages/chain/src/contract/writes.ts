import { randomBytes } from "node:crypto";
import { u8aToHex } from "@polkadot/util";
import { signerFromUri } from "../wallet/secret-uri.ts";
import type { SetWeightsOutcome, SetWeightsRequest, SignedExtrinsic, WeightsPlan } from "../weights.ts";
import { type Check, hold, type NotApplicable, type WriteSubject, waitUntil } from "./check.ts";
import { harmlessRequest, holdRefused, signedWhenReady } from "./sending.ts";

type WriteCheck = Check<WriteSubject>;

/** Names by which a pool turns away an account that has nothing on the chain. */
const OUTSIDER = ["UidNotFound", "StakeAmountTooLow", "Payment"];
/** Blocks of the longest era, and some to see the end of it. */
const ERA_WAIT_BLOCKS = 20;

/** Everything that is sent, asserted with a hotkey that may set weights; in this order, for a rate limit counts from what came before. */
export function writeChecks(): readonly WriteCheck[] {
  let sent: Sent | undefined;
  const keep = async (subject: WriteSubject) => {
    sent = await sendWeights(subject);
    return undefined;
  };
  const after = (run: (subject: WriteSubject, sent: Sent) => Promise<NotApplicable | undefined>) => {
    return async (subject: WriteSubject) => (sent === undefined ? NOTHING_SENT : run(subject, sent));
  };
  return [
    { claim: "nothing but time stands against this hotkey's weights", run: mayBeSet },
    { claim: "a hotkey without a uid is refused by the pool, by number", run: outsiderIsRefused },
    { claim: "a mechanism that is not there is refused in a block, by name", run: noMechanism },
    { claim: "a uid twice in a row is refused in a block, by name", run: twiceIsRefused },
    { claim: "a uid that is not there is refused in a block, by name", run: absentUidIsRefused },
    { claim: "an old version key is refused in a block, by name", run: oldKeyIsRefused },
    { claim: "weights take the planned way, and a finalised block shows them", run: keep },
    { claim: "what was signed with the same nonce is stale and never taken", run: after(twinIsStale) },
    { claim: "weights before the rate limit has passed are refused", run: after(tooEarlyIsRefused) },
    { claim: "the same bytes sent again are found where they are", run: after(sameBytesAreFound) },
    { claim: "what was not sent is proven absent when its era is over", run: eraEnds },
  ];
}

/** A taken extrinsic, and its twin signed with the same nonce before anything was sent. */
type Sent = { readonly signed: SignedExtrinsic; readonly twin: SignedExtrinsic; readonly kind: string };

const NOTHING_SENT: NotApplicable = { because: "no weights were set before" };
const HIDDEN: NotApplicable = { because: "commit-reveal hides the row until its reveal" };

async function mayBeSet(subject: WriteSubject): Promise<undefined> {
  const findings = await subject.chain.preflight(await harmlessRequest(subject));
  const lasting = findings.filter(({ retryable }) => !retryable);
  hold(lasting.length === 0, lasting.map(({ message }) => message).join("; "));
}

async function outsiderIsRefused(subject: WriteSubject): Promise<undefined> {
  const signer = await signerFromUri(u8aToHex(randomBytes(32)));
  const signed = await signedWhenReady(subject, { ...(await harmlessRequest(subject)), signer });
  holdRefused(await subject.chain.submit(signed), "pool", OUTSIDER);
}

async function noMechanism(subject: WriteSubject): Promise<undefined> {
  const { mechanismCount: mechid } = await subject.chain.weightRules(subject.netuid);
  await holdRefusedInBlock(subject, { mechid }, "MechanismDoesNotExist");
}

async function twiceIsRefused(subject: WriteSubject): Promise<NotApplicable | undefined> {
  if (await isHidden(subject)) return HIDDEN;
  const row = [
    [0, 1],
    [0, 65_535],
  ] as const;
  return holdRefusedInBlock(subject, { row }, "DuplicateUids");
}

async function absentUidIsRefused(subject: WriteSubject): Promise<NotApplicable | undefined> {
  if (await isHidden(subject)) return HIDDEN;
  const { n } = await subject.chain.weightRules(subject.netuid);
  const row = [
    [0, 1],
    [n, 65_535],
  ] as const;
  return holdRefusedInBlock(subject, { row }, "UidVecContainInvalidOne");
}

async function oldKeyIsRefused(subject: WriteSubject): Promise<NotApplicable | undefined> {
  if (await isHidden(subject)) return HIDDEN;
  const { versionKey } = await harmlessRequest(subject);
  if (versionKey === 0n) return { because: "the subnet asks for no version key" };
  return holdRefusedInBlock(subject, { versionKey: versionKey - 1n }, "IncorrectWeightVersionKey");
}

async function isHidden({ chain, netuid }: WriteSubject): Promise<boolean> {
  return (await chain.weightRules(netuid)).commitRevealEnabled;
}

async function holdRefusedInBlock(
  subject: WriteSubject,
  changes: Partial<SetWeightsRequest>,
  error: string,
): Promise<undefined> {
  const request = await harmlessRequest(subject);
  const found = await subject.chain.preflight({ ...request, ...changes });
  hold(
    found.some((finding) => finding.error === error),
    `preflight does not find ${error}`,
  );
  const signed = await signedWhenReady(subject, { ...request, ...changes });
  holdRefused(await subject.chain.submit(signed), "dispatch", [error]);
}

const KIND_BY_WAY = { direct: "set", timelock: "committed", hash: "committed", refused: "refused" } as const;

async function sendWeights(subject: WriteSubject): Promise<Sent> {
  const request = await harmlessRequest(subject);
  const signed = await signedWhenReady(subject, request);
  const twin = await subject.chain.signSetWeights(request);
  const plan = await subject.chain.planWeights(request);
  const outcome = await subject.chain.submit(signed);
  holdAsPlanned(outcome, plan);
  return { signed, twin, kind: outcome.kind };
}

function holdAsPlanned(outcome: SetWeightsOutcome, { kind: way }: WeightsPlan): void {
  const why = "message" in outcome ? outcome.message : "reason" in outcome ? outcome.reason : "";
  hold(outcome.kind === KIND_BY_WAY[way], `the way is ${way}, the outcome ${outcome.kind} ${why}`);
}

async function tooEarlyIsRefused(subject: WriteSubject): Promise<NotApplicable | undefined> {
  const request = await harmlessRequest(subject);
  const tooFast = (await subject.chain.preflight(request)).find(({ error }) => error.endsWith("TooFast"));
  if ((tooFast?.waitBlocks ?? 0) < 2) return { because: "the rate limit has already passed" };
  const outcome = await subject.chain.submit(await subject.chain.signSetWeights(request));
  // The pool knows the rate of plain weights and commits by hash, and leaves timelocked ones to the block.
  if (await isHidden(subject)) holdRefused(outcome, "dispatch", ["CommittingWeightsTooFast"]);
  else holdRefused(outcome, "pool", ["RateLimitExceeded"]);
  return undefined;
}

async function sameBytesAreFound({ chain }: WriteSubject, { signed, kind }: Sent): Promise<undefined> {
  const again = await chain.submit(signed);
  hold(again.kind === kind, `it was ${kind} and is ${again.kind} when it is sent again`);
  const fromBlock = Math.max(0, signed.eraEnd - ERA_WAIT_BLOCKS);
  const fate = await chain.trackExtrinsic({ ...signed, fromBlock });
  hold(fate.kind === "included" && fate.success, `it is ${fate.kind} when it is looked for`);
}

async function twinIsStale({ chain }: WriteSubject, { twin }: Sent): Promise<undefined> {
  // A commit late in an epoch has so short an era that it may be over by now.
  holdRefused(await chain.submit(twin), "pool", ["Stale", "EraExpired"]);
}

async function eraEnds(subject: WriteSubject): Promise<undefined> {
  const { chain } = subject;
  const { block: fromBlock } = await chain.finalisedHead();
  const signed = await signedWhenReady(subject, await harmlessRequest(subject));
  await waitUntil(subject, async (block) => block >= signed.eraEnd, ERA_WAIT_BLOCKS);
  const { kind } = await chain.trackExtrinsic({ ...signed, fromBlock });
  hold(kind === "expired", `it is ${kind}, past its era`);
  holdRefused(await chain.submit(signed), "pool", ["EraExpired"]);
}
