import { verifySignature } from "@assay/chain/wallet";
import { ClientError } from "@assay/client";
import type { Submission } from "@assay/core";
import { type CrewOptions, enlistMember, type Member } from "./crew.ts";
import { Fleet, type Replica } from "./fleet.ts";
import { createLedger } from "./ledger.ts";
import { persist } from "./persist.ts";
import { EVALUATOR } from "./work.ts";
import { createWorld, hotkeyOf, MINERS, type World } from "./world.ts";

/** Replicas, a crew of validators that is connected, and one competition. */
export type Stage = CrewOptions & {
  readonly world: World;
  /** Those it began with, in the order of their moments. */
  readonly replicas: readonly Replica[];
  readonly crew: readonly Member[];
  readonly competitionId: string;
  /** Submits the next agent until there is a receipt; `first` is asked first. */
  submit(first?: Replica): Promise<Submission>;
  /** Approves the pending candidate until it is known to be approved; `first` is asked first. */
  approve(first?: Replica): Promise<void>;
  /** Makes as many blocks as a submission waits for company. */
  closeCycle(): Promise<void>;
  /** The status of a submission, whoever answers. */
  statusOf(id: string): Promise<Submission["status"]>;
  close(): Promise<void>;
};

/** Also what the first submission waits for; the blocks of one cycle are made at once. */
const CYCLE_BLOCKS = 5;

/** Leases end soon, because some are given to nobody: the answer to a claim may die with its replica. */
const ENVIRONMENT = {
  ASSAY_LEASE_SECONDS: "5",
  ASSAY_REQUESTS_PER_MINUTE: "10000000",
  ASSAY_HOTKEY_REQUESTS_PER_MINUTE: "10000000",
  ASSAY_METAGRAPH_MAX_AGE_SECONDS: "86400",
  ASSAY_LOG_LEVEL: "error",
};

export async function createStage({
  validators,
  moments,
}: {
  validators: number;
  /** When each replica dies once it is doomed. */
  moments: readonly string[];
}): Promise<Stage> {
  const names = Array.from({ length: validators }, (_, index) => `Validator${index}`);
  const world = await createWorld({ startAt: Date.now(), validators: names });
  const fleet = new Fleet({ ...world.environment, ...ENVIRONMENT });
  const replicas = await Promise.all(moments.map((moment) => fleet.start(moment)));
  const admin = fleet.client({ apiKey: world.adminToken });
  const ledger = createLedger();
  const crew = await Promise.all(names.map((name) => enlistMember(name, { fleet, admin, ledger })));
  const { id: competitionId } = await admin.competitions.create({
    name: "navigation",
    task: EVALUATOR.task,
    evaluator: EVALUATOR,
    cycleBlocks: CYCLE_BLOCKS,
    thresholds: { minEpisodes: 20 },
  });
  const stage = { world, replicas, fleet, admin, ledger, crew, competitionId };
  return {
    ...stage,
    submit: (first) => submitNext(stage, first),
    approve: (first) => approveNext(stage, first),
    async closeCycle() {
      await world.devnet.newBlock(CYCLE_BLOCKS + 2);
    },
    statusOf: async (id) => (await persist(() => admin.submissions.get({ id }))).status,
    async close() {
      await Promise.all(crew.map(({ watcher }) => watcher.close()));
      await fleet.close();
      await world.close();
    },
  };
}

type Acting = CrewOptions & { world: World; competitionId: string };

async function submitNext(
  { fleet, ledger, competitionId }: Acting,
  first: Replica | undefined,
): Promise<Submission> {
  const name = MINERS[ledger.submissions.length % MINERS.length] ?? "";
  const miner = fleet.client({ signer: await hotkeyOf(name), ...(first === undefined ? {} : { first }) });
  const bytes = ledger.nextAgent();
  const { submission } = await persist(() =>
    miner.submitAgent(bytes, competitionId, { verify: verifySignature }),
  );
  ledger.submissions.push(submission);
  return submission;
}

async function approveNext(
  { world, fleet, admin, ledger, competitionId }: Acting,
  first: Replica | undefined,
): Promise<void> {
  const { items } = await persist(() => admin.candidates.list({ competitionId, status: "pending" }));
  const id = items[0]?.id ?? "";
  const approver = fleet.client({ apiKey: world.adminToken, ...(first === undefined ? {} : { first }) });
  const reason = "it beats the one before";
  try {
    await persist(() => approver.candidates.approve({ id, reason }));
  } catch (error) {
    // Who asks again after an answer was lost is told that it is decided.
    if (!(error instanceof ClientError) || error.code !== "API_CANDIDATE_NOT_PENDING") throw error;
    const { status } = await persist(() => approver.candidates.get({ id }));
    if (status !== "approved") throw error;
  }
  ledger.approvals.push(id);
}
