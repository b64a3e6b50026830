import {
  type CompetitionRow,
  type CycleRow,
  closeCycle,
  collectSubmissions,
  type DutyClaim,
  findCurrentLeader,
  findFirstWaiting,
  insertJobs,
  type RosterEntry,
  type Trx,
} from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, nowOf } from "../backend.ts";
import { fenced } from "../duties/fenced.ts";
import { jobsFor } from "./jobs.ts";
import { openNextCycle } from "./open.ts";
import { currentRoster } from "./roster.ts";

/** Blocks a competition's very first submission waits for company. */
const FIRST_WAIT_BLOCKS = 5;

export type Collecting = {
  competition: CompetitionRow;
  cycle: CycleRow;
  /** The cycle before it; undefined for a competition's first. */
  previous: CycleRow | undefined;
};

/**
 * Closes a collecting cycle when it is time: `cycleBlocks` after the one before closed, and for a competition's first
 * cycle a few blocks after its first submission. Without submissions, or without anybody to run them, it waits on.
 */
export async function closeIfDue(
  backend: Backend,
  { claim, ...collecting }: Collecting & { claim: DutyClaim },
): Promise<void> {
  const { block } = backend.subnet.current().metagraph.at;
  const dueAt = await closingBlock(backend, collecting);
  if (dueAt === undefined || block < dueAt) return;
  const roster = await currentRoster(backend.db, backend);
  if (roster.length === 0) {
    backend.log.warn({ competition: collecting.competition.id }, "submissions wait: no validator to ask");
    return;
  }
  await fenced(backend, { claim, act: (trx) => close(trx, { backend, roster, ...collecting }) });
}

async function closingBlock(
  { db }: Backend,
  { competition, previous }: Collecting,
): Promise<number | undefined> {
  const first = await findFirstWaiting(db, competition.id);
  if (first === undefined) return undefined;
  const { cycleBlocks } = competition;
  if (previous === undefined) return first.acceptedAtBlock + Math.min(FIRST_WAIT_BLOCKS, cycleBlocks);
  return (previous.closedAtBlock ?? 0) + cycleBlocks;
}

type Closing = Collecting & { backend: Backend; roster: RosterEntry[] };

async function close(trx: Trx, { backend, competition, cycle, roster }: Closing): Promise<void> {
  const { block, hash } = backend.subnet.current().metagraph.at;
  const leader = await findCurrentLeader(trx, competition.id);
  const leaderSubmissionId = leader?.submissionId ?? null;
  const at = { closedAt: nowOf(backend), closedAtBlock: block, randomness: hash };
  const closed = await closeCycle(trx, { id: cycle.id, ...at, leaderSubmissionId, roster });
  if (closed === undefined) return;
  const collected = await collectSubmissions(trx, { competitionId: competition.id, cycleId: cycle.id });
  const entrants = collected.map(({ id }) => id);
  const agents = leaderSubmissionId === null ? entrants : [leaderSubmissionId, ...entrants];
  await insertJobs(
    trx,
    agents.flatMap((id) => jobsFor(id, { backend, cycle, roster, round: 0 })),
  );
  await openNextCycle(trx, { backend, competition });
  const facts = {
    block,
    entrants,
    leader: leaderSubmissionId,
    validators: roster.map(({ hotkey }) => hotkey),
  };
  await recordAct(trx, backend, { by: "cycles", action: "cycle.close", target: cycle.id, facts });
  backend.log.info({ cycle: cycle.id, block, entrants: entrants.length }, "cycle closed");
}
