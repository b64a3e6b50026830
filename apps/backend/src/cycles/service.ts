import type { CycleRef, ListCycles } from "@assay/api";
import type { Cycle, Page } from "@assay/core";
import { type CycleRow, findCompetition, findCycle, listCycles } from "@assay/db";
import type { Backend } from "../backend.ts";
import { found } from "../not-found.ts";

/** Cycles of a competition, newest first. */
export async function pageCycles({ db, netuid }: Backend, input: ListCycles): Promise<Page<Cycle>> {
  const { competitionId: id } = input;
  found(await findCompetition(db, id), { kind: "competition", id, netuid });
  const { items, nextCursor } = await listCycles(db, input);
  return { items: items.map(cycleView), nextCursor };
}

/** One cycle. */
export async function getCycle({ db, netuid }: Backend, { id }: CycleRef): Promise<Cycle> {
  return cycleView(found(await findCycle(db, id), { kind: "cycle", id, netuid }));
}

/** A cycle as it travels: what the seeds come from stays hidden until nothing is evaluated with them any more. */
export function cycleView(row: CycleRow): Cycle {
  const isDone = row.status === "done";
  return {
    id: row.id,
    competitionId: row.competitionId,
    status: row.status,
    thresholdsVersion: row.thresholdsVersion,
    secretHash: row.secretHash,
    openedAtBlock: row.openedAtBlock,
    closedAtBlock: row.closedAtBlock,
    secret: isDone ? row.secret : null,
    randomness: isDone ? row.randomness : null,
    textsClearedAt: row.textsClearedAt?.toISOString() ?? null,
  };
}
