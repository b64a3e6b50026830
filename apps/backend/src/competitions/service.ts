import { ApiError, type CompetitionRef, type KeyCaller } from "@assay/api";
import type { Competition, CreateCompetition, Page, PageInput } from "@assay/core";
import {
  type CompetitionRow,
  findCompetition,
  insertCompetition,
  listThresholdsInForce,
  pageCompetitions,
} from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, blockOf, nowOf } from "../backend.ts";
import { openNextCycle } from "../cycles/open.ts";
import { found } from "../not-found.ts";
import { competitionView } from "./view.ts";

/** Opens a competition and the cycle that collects its first submissions. */
export async function createCompetition(
  backend: Backend,
  { caller, ...input }: CreateCompetition & { caller: KeyCaller },
): Promise<Competition> {
  assertOneTask(input);
  const { db, netuid } = backend;
  const at = { createdAt: nowOf(backend), createdAtBlock: blockOf(backend) };
  const created = await db.transaction().execute(async (trx) => {
    const competition = await insertCompetition(trx, { ...input, ...at, netuid });
    await openNextCycle(trx, { backend, competition });
    const facts = { name: competition.name, points: competition.points };
    await recordAct(trx, backend, {
      by: caller,
      action: "competition.create",
      target: competition.id,
      facts,
    });
    return competition;
  });
  return onlyView(backend, created);
}

function assertOneTask({ task, evaluator }: CreateCompetition): void {
  if (task === evaluator.task) return;
  const message = `the evaluator runs ${evaluator.task}, the competition is about ${task}`;
  throw new ApiError({ code: "API_INVALID_INPUT", issues: [{ path: "evaluator.task", message }] }, message);
}

/** Competitions of the subnet, oldest first. */
export async function listCompetitions(backend: Backend, input: PageInput): Promise<Page<Competition>> {
  const { items, nextCursor } = await pageCompetitions(backend.db, { ...input, netuid: backend.netuid });
  return { items: await views(backend, items), nextCursor };
}

/** One competition. */
export async function getCompetition(backend: Backend, { id }: CompetitionRef): Promise<Competition> {
  const row = await findCompetition(backend.db, id);
  return onlyView(backend, found(row, { kind: "competition", id, netuid: backend.netuid }));
}

async function onlyView(backend: Backend, row: CompetitionRow): Promise<Competition> {
  const [view] = await views(backend, [row]);
  return view ?? found<never>(undefined, { kind: "competition", id: row.id, netuid: backend.netuid });
}

async function views({ db }: Backend, rows: CompetitionRow[]): Promise<Competition[]> {
  const ids = rows.map(({ id }) => id);
  const thresholds = new Map((await listThresholdsInForce(db, ids)).map((row) => [row.competitionId, row]));
  return rows.flatMap((row) => {
    const inForce = thresholds.get(row.id);
    return inForce === undefined ? [] : [competitionView(row, inForce)];
  });
}
