import { beginClearing, type CycleRow, lockCompetition, type Trx } from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, nowOf } from "../backend.ts";
import { RETENTION } from "../duties/names.ts";
import { settingsOf } from "../settings/service.ts";
import { longestCycleMs } from "./outlasting.ts";

const DAY_MS = 86_400_000;

/** The moment before which a cycle must have ended for its texts to go; undefined while they are kept for good. */
export async function clearedBefore(backend: Backend): Promise<Date | undefined> {
  const { db, netuid } = backend;
  const { resultRetentionDays: days } = await settingsOf(db, netuid);
  if (days === null) return undefined;
  // A competition may have got longer cycles since the setting was checked against them.
  const keptMs = Math.max(days * DAY_MS, await longestCycleMs(db, netuid));
  return new Date(nowOf(backend).getTime() - keptMs);
}

/** Lets the texts of one cycle go and writes down how many; false if somebody of it has returned to the queue. */
export async function releaseTexts(
  trx: Trx,
  { backend, cycle, before }: { backend: Backend; cycle: CycleRow; before: Date },
): Promise<boolean> {
  const { id: target, competitionId, doneAt } = cycle;
  await lockCompetition(trx, competitionId);
  const begun = await beginClearing(trx, { id: target, before, at: nowOf(backend) });
  if (begun === undefined) return false;
  const facts = { texts: begun.texts, doneAt: doneAt?.toISOString() ?? null };
  await recordAct(trx, backend, { by: RETENTION, action: "results.clear", target, facts });
  backend.log.info({ cycle: target, ...facts }, "texts of results are being cleared");
  return true;
}
