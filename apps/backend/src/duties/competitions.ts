import {
  type CompetitionRow,
  listDueCompetitions,
  lockCompetition,
  moveCompetition,
  type Trx,
} from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, blockOf } from "../backend.ts";
import { closeCompetition } from "../competitions/end.ts";
import { openNextCycle } from "../cycles/open.ts";
import type { Duty } from "./duty.ts";
import { fenced } from "./fenced.ts";
import { COMPETITIONS } from "./names.ts";

/** Starts and ends competitions at the blocks they are scheduled for. */
export function competitionsDuty(backend: Backend): Duty {
  return {
    name: COMPETITIONS,
    intervalMs: 0,
    run: async (claim) => {
      const { db, netuid } = backend;
      for (const { id } of await listDueCompetitions(db, { netuid, block: blockOf(backend) }))
        await fenced(backend, { claim, act: (trx) => advance(trx, { backend, id }) });
    },
  };
}

async function advance(trx: Trx, { backend, id }: { backend: Backend; id: string }): Promise<void> {
  const block = blockOf(backend);
  const competition = await lockCompetition(trx, id);
  if (competition.status === "ended" || competition.status === "archived") return;
  if (competition.endBlock !== null && competition.endBlock <= block)
    return end(trx, { backend, competition });
  if (competition.status === "scheduled" && (competition.startBlock ?? 0) <= block)
    await start(trx, { backend, competition });
}

type At = { backend: Backend; competition: CompetitionRow };

async function start(trx: Trx, { backend, competition }: At): Promise<void> {
  const { id } = competition;
  await moveCompetition(trx, { id, from: "scheduled", to: "open" });
  await openNextCycle(trx, { backend, competition });
  const facts = { block: blockOf(backend) };
  await recordAct(trx, backend, { by: COMPETITIONS, action: "competition.start", target: id, facts });
}

async function end(trx: Trx, { backend, competition }: At): Promise<void> {
  const { id, status } = competition;
  await moveCompetition(trx, { id, from: status, to: "ended" });
  const facts = { block: blockOf(backend), ...(await closeCompetition(trx, { backend, competition })) };
  await recordAct(trx, backend, { by: COMPETITIONS, action: "competition.end", target: id, facts });
  backend.log.info({ competition: id, ...facts }, "competition ended");
}
