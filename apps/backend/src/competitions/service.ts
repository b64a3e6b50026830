import type { CompetitionRef, KeyCaller, ListCompetitions, ThresholdsVersion } from "@assay/api";
import { ApiError } from "@assay/api";
import type { Competition, CreateCompetition, Page } from "@assay/core";
import { findCompetition, insertCompetition, listThresholds, pageCompetitions } from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, blockOf, nowOf } from "../backend.ts";
import { openNextCycle } from "../cycles/open.ts";
import { found } from "../not-found.ts";
import { settingsOf } from "../settings/service.ts";
import { assertOneTask } from "./task-config.ts";
import { competitionViews, onlyView, thresholdsView } from "./view.ts";

/** Opens a competition and the cycle that collects its first submissions, or schedules it for a later block. */
export async function createCompetition(
  backend: Backend,
  { caller, ...input }: CreateCompetition & { caller: KeyCaller },
): Promise<Competition> {
  assertOneTask(input);
  assertEndsLater(input, blockOf(backend));
  const { db, netuid } = backend;
  const at = { createdAt: nowOf(backend), createdAtBlock: blockOf(backend) };
  const created = await db.transaction().execute(async (trx) => {
    const fourEyes = input.fourEyes ?? (await settingsOf(trx, netuid)).fourEyes;
    const competition = await insertCompetition(trx, { ...input, ...at, netuid, fourEyes });
    if (competition.status === "open") await openNextCycle(trx, { backend, competition });
    const { id, name, points, startBlock, endBlock } = competition;
    const facts = { name, points, fourEyes, startBlock, endBlock };
    await recordAct(trx, backend, { by: caller, action: "competition.create", target: id, facts });
    return competition;
  });
  return onlyView(backend, created);
}

function assertEndsLater({ startBlock, endBlock }: CreateCompetition, block: number): void {
  if (endBlock == null || endBlock > Math.max(block, startBlock ?? 0)) return;
  const message = `a competition ends after it has started, and later than block ${block}`;
  throw new ApiError({ code: "API_INVALID_INPUT", issues: [{ path: "endBlock", message }] }, message);
}

/** Competitions of the subnet, oldest first. */
export async function listCompetitions(
  backend: Backend,
  input: ListCompetitions,
): Promise<Page<Competition>> {
  const { items, nextCursor } = await pageCompetitions(backend.db, { ...input, netuid: backend.netuid });
  return { items: await competitionViews(backend, items), nextCursor };
}

/** One competition. */
export async function getCompetition(backend: Backend, { id }: CompetitionRef): Promise<Competition> {
  const row = await findCompetition(backend.db, id);
  return onlyView(backend, found(row, { kind: "competition", id, netuid: backend.netuid }));
}

/** Every version of a competition's thresholds, oldest first. */
export async function thresholdsHistory(
  { db, netuid }: Backend,
  { id }: CompetitionRef,
): Promise<ThresholdsVersion[]> {
  found(await findCompetition(db, id), { kind: "competition", id, netuid });
  return (await listThresholds(db, id)).map(thresholdsView);
}
