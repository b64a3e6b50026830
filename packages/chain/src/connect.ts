import type { Clock } from "@assay/core";
import { ChainError } from "./errors.ts";
import type { Head } from "./head.ts";
import { type ChainLog, silentLog } from "./log.ts";
import { readAxons } from "./read/axons.ts";
import { readCommitments } from "./read/commitments.ts";
import { readEpochState } from "./read/epoch-state.ts";
import { readHyperparameters } from "./read/hyperparameters.ts";
import { readMetagraph } from "./read/metagraph.ts";
import { readSignerState } from "./read/signer-state.ts";
import { bestHeader, bestView, finalisedHeader, type Node, viewAt } from "./read/view.ts";
import { readWeightRules } from "./read/weight-rules.ts";
import { readBonds, readWeights } from "./read/weights.ts";
import type { Header } from "./rpc/head.ts";
import { Link } from "./rpc/link.ts";
import { Runtimes, reportOf } from "./runtime/runtimes.ts";
import type { Chain } from "./types.ts";
import type { PreflightFinding, SetWeightsRequest } from "./weights.ts";
import { findCommit, spokenBy } from "./write/commit.ts";
import { OneSender } from "./write/one-sender.ts";
import { preflight } from "./write/preflight.ts";
import { readPreflightState } from "./write/preflight-state.ts";
import { readPlan, signReveal, signSetWeights } from "./write/set-weights.ts";
import { type SubmitOptions, submit } from "./write/submit.ts";
import { trackExtrinsic } from "./write/track.ts";
import { trackReveal } from "./write/track-reveal.ts";

export type ConnectOptions = {
  /** ws:// or wss:// endpoints; with several, the next is tried whenever one fails. */
  readonly url: string | readonly string[];
  /** Refuses every other chain. Without it the first chain met is the one. */
  readonly genesisHash?: string;
  readonly log?: ChainLog;
  /** For connecting and for each request; 30 s. */
  readonly deadlineMs?: number;
  /** A connection without a new finalised block for so long is replaced; 120 s. */
  readonly staleMs?: number;
  /** How long `submit` waits for finality before it answers `unknown`; 5 min. */
  readonly confirmMs?: number;
  /** How long `submit` waits for a second endpoint to show the same; as long as `deadlineMs`. */
  readonly witnessMs?: number;
  /** Monotonic time for `staleMs`. */
  readonly clock?: Clock;
};

const DEADLINE_MS = 30_000;
const STALE_MS = 120_000;
const CONFIRM_MS = 300_000;

/** `Date.now` may jump; a stopped watchdog or a needless reconnect would follow. */
const monotonicClock: Clock = { now: () => performance.now() };

/** Connects to a node of the chain; fails if none is reachable in time or if it is another chain. */
export async function connectChain(options: ConnectOptions): Promise<Chain> {
  const log = options.log ?? silentLog;
  const link = new Link({
    endpoints: endpointsOf(options.url),
    genesisHash: options.genesisHash,
    deadlineMs: options.deadlineMs ?? DEADLINE_MS,
    staleMs: options.staleMs ?? STALE_MS,
    clock: options.clock ?? monotonicClock,
    log,
  });
  try {
    const runtimes = new Runtimes(link, log);
    await link.connection();
    await runtimes.at((await bestHeader(link)).hash);
    const { confirmMs = CONFIRM_MS, witnessMs = link.deadlineMs } = options;
    return chainOver({ link, runtimes }, { log, confirmMs, witnessMs });
  } catch (error) {
    await link.close();
    throw error;
  }
}

function chainOver(node: Node, options: SubmitOptions): Chain {
  const { link, runtimes } = node;
  const sender = new OneSender();
  return {
    get genesisHash() {
      return link.genesisHash;
    },
    get endpoint() {
      return link.endpoint;
    },
    get specVersion() {
      return runtimes.newestSpecVersion;
    },
    runtimeReport: async () => reportOf(await runtimes.at((await bestHeader(link)).hash)),
    finalisedHead: async () => withoutParent(await finalisedHeader(link)),
    bestHead: async () => withoutParent(await bestHeader(link)),
    blockHash: async (block) => hashOrNone(await link.ask("chain_getBlockHash", block)),
    finalisedHeads: (signal) => link.finalised.read(signal),
    metagraph: async (netuid, { mechid = 0, at } = {}) =>
      readMetagraph(await viewAt(node, at), { netuid, mechid }),
    weightRules: async (netuid, { mechid = 0, at } = {}) =>
      readWeightRules(await viewAt(node, at), { netuid, mechid }),
    epochState: async (netuid, { at } = {}) => readEpochState(await viewAt(node, at), netuid),
    weights: async (netuid, { mechid = 0, at } = {}) =>
      readWeights(await viewAt(node, at), { netuid, mechid }),
    bonds: async (netuid, { mechid = 0, at } = {}) => readBonds(await viewAt(node, at), { netuid, mechid }),
    axons: async (netuid, { at } = {}) => readAxons(await viewAt(node, at), netuid),
    commitments: async (netuid, { at } = {}) => readCommitments(await viewAt(node, at), netuid),
    hyperparameters: async (netuid, { at } = {}) => readHyperparameters(await viewAt(node, at), netuid),
    signerState: async (who, { at } = {}) => readSignerState(await viewAt(node, at), who),
    planWeights: (wanted) => readPlan(node, wanted),
    preflight: (request) => allFindings(node, request),
    signSetWeights: (request) => signSetWeights(node, request),
    signReveal: (request) => signReveal(node, request),
    submit: (extrinsic) => {
      const { hash, request } = extrinsic;
      return sender.run({ hotkey: request.signer.address, hash }, () => submit(node, extrinsic, options));
    },
    trackExtrinsic: (extrinsic) => trackExtrinsic(node, extrinsic),
    findCommit: async ({ hex }, at) => {
      const view = await viewAt(node, at);
      return findCommit(view, spokenBy(view.runtime, hex));
    },
    trackReveal: (commit, row) => trackReveal(node, commit, row),
    close: () => link.close(),
  };
}

/** The chain's own checks, and, once they pass, whether there is a way at all. */
async function allFindings(
  node: Node,
  { signer, ...wanted }: SetWeightsRequest,
): Promise<PreflightFinding[]> {
  const request = { ...wanted, hotkey: signer.address };
  const state = await readPreflightState(await bestView(node), request);
  const findings = preflight({ request, state });
  if (findings.length > 0) return findings;
  const { kind, ...plan } = await readPlan(node, wanted);
  return kind === "refused" && "error" in plan ? [plan] : [];
}

function endpointsOf(url: string | readonly string[]): [string, ...string[]] {
  const [first, ...others] = typeof url === "string" ? [url] : url;
  if (first === undefined) throw invalidUrl("at least one endpoint is needed");
  for (const endpoint of [first, ...others])
    if (!/^wss?:\/\//.test(endpoint) || !URL.canParse(endpoint))
      throw invalidUrl(`${endpoint} is no ws:// or wss:// URL`);
  return [first, ...others];
}

function invalidUrl(problem: string): ChainError {
  return new ChainError({ code: "CHAIN_REQUEST_INVALID", field: "url", problem }, problem);
}

function withoutParent({ block, hash }: Header): Head {
  return { block, hash };
}

function hashOrNone(answer: unknown): string | undefined {
  return typeof answer === "string" ? answer : undefined;
}
