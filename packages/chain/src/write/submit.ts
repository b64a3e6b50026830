import { ChainError } from "../errors.ts";
import type { Head } from "../head.ts";
import type { ChainLog } from "../log.ts";
import { bestHeader, type Node, viewAt } from "../read/view.ts";
import type { Commit, SetWeightsOutcome, SignedExtrinsic } from "../weights.ts";
import { findCommit, spokenBy } from "./commit.ts";
import { dispatchOf } from "./dispatch.ts";
import { refused, unknown } from "./outcome.ts";
import { ERA_BLOCKS } from "./plan.ts";
import { readBack } from "./read-back.ts";
import { type Place, Search } from "./search.ts";
import { secondOpinion } from "./second-opinion.ts";
import { type Sent, send } from "./send.ts";

export type SubmitOptions = {
  readonly confirmMs: number;
  readonly witnessMs: number;
  readonly log: ChainLog;
};

type Pursuit = {
  readonly node: Node;
  readonly extrinsic: SignedExtrinsic;
  readonly search: Search;
  readonly witnessMs: number;
  readonly log: ChainLog;
};

/**
 * Sends once and waits until finalised blocks have decided: the pool's word is only ever taken for a refusal.
 * Throws only if nothing was sent.
 */
export async function submit(
  node: Node,
  extrinsic: SignedExtrinsic,
  { confirmMs, witnessMs, log }: SubmitOptions,
): Promise<SetWeightsOutcome> {
  const { hash, eraEnd } = extrinsic;
  const stop = new AbortController();
  const sent = await handOver(node, extrinsic, (status) => stop.abort(`the pool reports it ${status}`));
  if (sent.kind === "lost" || sent.kind === "unsure") return unknown(sent.message);
  if (sent.kind === "refused" && !(sent.error === "Stale" && (await isOnChain(node, extrinsic))))
    return refused("pool", { ...sent, included: null });
  log.debug({ hash, eraEnd, sent: sent.kind }, "waiting for finalised blocks to decide");
  const timer = setTimeout(() => stop.abort(`not decided within ${confirmMs} ms`), confirmMs);
  try {
    const search = searchFor(node, extrinsic);
    return await pursue({ node, extrinsic, search, witnessMs, log }, stop.signal);
  } finally {
    clearTimeout(timer);
    if (sent.kind === "watched") sent.stop();
  }
}

/** Sends unless no block can take it any more; then only its past is of interest. */
async function handOver(
  { link }: Node,
  { hex, eraEnd }: SignedExtrinsic,
  onGivenUp: (status: string) => void,
): Promise<Sent> {
  const { block: newest } = await bestHeader(link);
  return newest < eraEnd ? send(link, hex, onGivenUp) : { kind: "known", message: "its era is over" };
}

/** A used nonce may have been used by this very extrinsic, when it is sent again after a lost answer. */
async function isOnChain(node: Node, extrinsic: SignedExtrinsic): Promise<boolean> {
  try {
    const { block: newest } = await bestHeader(node.link);
    return (await searchFor(node, extrinsic).upTo(newest)) !== undefined;
  } catch {
    // Not known is not refused: finalised blocks will tell.
    return true;
  }
}

function searchFor({ link }: Node, { hash, eraEnd }: SignedExtrinsic): Search {
  return new Search(link, { hash, from: eraEnd - ERA_BLOCKS + 1, last: eraEnd });
}

async function pursue(pursuit: Pursuit, signal: AbortSignal): Promise<SetWeightsOutcome> {
  for await (const head of pursuit.node.link.finalised.read(signal)) {
    const outcome = await outcomeBy(head, pursuit);
    if (outcome !== undefined) return outcome;
  }
  return unknown(signal.aborted ? String(signal.reason) : "the connection was closed here");
}

/** What the chain up to a finalised head says; undefined while it is undecided. */
async function outcomeBy(head: Head, pursuit: Pursuit): Promise<SetWeightsOutcome | undefined> {
  try {
    const place = await pursuit.search.upTo(head.block);
    if (place !== undefined) return await concluded(place, head, pursuit);
    return pursuit.search.isExhausted ? expired(pursuit.extrinsic) : undefined;
  } catch (error) {
    // After sending nothing may be thrown: the caller must learn that the extrinsic is out.
    if (!(error instanceof ChainError && error.retryable)) return unknown(String(error));
    pursuit.log.warn({ block: head.block, reason: error.message }, "could not look for the extrinsic yet");
    return undefined;
  }
}

async function concluded(place: Place, confirmed: Head, pursuit: Pursuit): Promise<SetWeightsOutcome> {
  const { node, extrinsic, witnessMs, log } = pursuit;
  const { hash } = extrinsic;
  const included = place.at;
  const { against, shown } = await verdictAt(node, extrinsic, place);
  if (against !== null) return against;
  const asked = async (other: Node) => (await verdictAt(other, extrinsic, place)).against;
  const testimony = await secondOpinion(node, { included, withinMs: witnessMs }, asked);
  if (testimony.kind === "contradicts") return unknown(testimony.says);
  if (testimony.kind === "silent") log.warn({ hash, reason: testimony.reason }, "no second opinion");
  const witness = testimony.kind === "agrees" ? testimony.endpoint : null;
  const seen = { hash, included, confirmed: { block: confirmed.block, hash: confirmed.hash }, witness };
  return typeof shown === "string" ? { kind: shown, ...seen } : { kind: "committed", ...seen, commit: shown };
}

/** What a block says of an extrinsic in it: something against it, or what it put on chain. */
type Verdict = { readonly against: SetWeightsOutcome | null; readonly shown: "set" | "revealed" | Commit };

async function verdictAt(
  node: Node,
  { request, hex }: SignedExtrinsic,
  { at: included, index }: Place,
): Promise<Verdict> {
  const view = await viewAt(node, included.hash);
  const dispatch = await dispatchOf(view, index);
  if (dispatch === undefined) return failed(unknown(`block ${included.block} has no event of the extrinsic`));
  if (dispatch.error !== null) {
    const says = `Included in block ${included.block}, where it failed with ${dispatch.error}`;
    return failed(refused("dispatch", { error: dispatch.error, says, included }));
  }
  const spoken = spokenBy(view.runtime, hex);
  const finding = await findCommit(view, spoken);
  if (finding.kind === "found") return { against: null, shown: finding.commit };
  if (finding.kind === "missing")
    return failed(refused("read-back", { ...commitMissing(finding), included }));
  const shown = spoken.kind === "revealed" ? "revealed" : "set";
  const mismatch = await readBack(view, request, shown);
  return { against: mismatch ? refused("read-back", { ...mismatch, included }) : null, shown };
}

function failed(against: SetWeightsOutcome): Verdict {
  return { against, shown: "set" };
}

function commitMissing({ commitHash }: { commitHash: string }) {
  return { error: "CommitMissing", says: `The chain does not hold the commit ${commitHash}` };
}

function expired({ eraEnd }: SignedExtrinsic): SetWeightsOutcome {
  const says = `No block took it up to ${eraEnd}, the end of its era`;
  return refused("pool", { error: "EraExpired", says, included: null });
}
