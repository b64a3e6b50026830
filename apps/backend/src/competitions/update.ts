import { ApiError, type KeyCaller, type UpdateCompetition } from "@assay/api";
import type { Competition } from "@assay/core";
import {
  type CompetitionRow,
  findCompetition,
  getThresholds,
  lockCompetition,
  reviseThresholds,
  type Trx,
  updateCompetition,
} from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, blockOf, nowOf } from "../backend.ts";
import { found } from "../not-found.ts";
import { hasChanged, writeSnapshot } from "../snapshots/write.ts";
import { onlyView, thresholdsOf } from "./view.ts";

type Update = UpdateCompetition & { caller: KeyCaller };

/** Changes a competition; if that changes who is paid what, the next snapshot is part of the same transaction. */
export async function changeCompetition(
  backend: Backend,
  { caller, id, reason, thresholds, basedOn, ...given }: Update,
): Promise<Competition> {
  const { db, netuid } = backend;
  const row = await db.transaction().execute(async (trx) => {
    found(await findCompetition(trx, id), { kind: "competition", id, netuid });
    const before = await lockCompetition(trx, id);
    const changes = present(given);
    assertEditable(before, { changes, block: blockOf(backend) });
    if (Object.keys(changes).length > 0) await updateCompetition(trx, { id, changes });
    if (thresholds !== undefined)
      await revise(trx, { backend, before, basedOn: basedOn ?? 0, thresholds: present(thresholds) });
    const snapshot =
      changes.points !== undefined && (await hasChanged(trx, backend))
        ? (await writeSnapshot(trx, backend)).version
        : null;
    const facts = { changes, thresholds: thresholds === undefined ? null : present(thresholds), snapshot };
    await recordAct(trx, backend, { by: caller, action: "competition.update", target: id, reason, facts });
    return found(await findCompetition(trx, id), { kind: "competition", id, netuid });
  });
  return onlyView(backend, row);
}

/** What is there: an absent field is no change, `null` is one. */
function present<Given extends object>(
  given: Given,
): { [Name in keyof Given]?: Exclude<Given[Name], undefined> } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof Given]?: Exclude<Given[Name], undefined> };
}

type Changes = Parameters<typeof updateCompetition>[1]["changes"];

function assertEditable(
  { id, status, ...before }: CompetitionRow,
  { changes, block }: { changes: Changes; block: number },
): void {
  if (status === "ended" || status === "archived")
    throw new ApiError(
      { code: "API_COMPETITION_STATUS", id, status, action: "update" },
      `The competition is ${status}.`,
    );
  const { startBlock = before.startBlock, endBlock = before.endBlock } = changes;
  if (changes.startBlock !== undefined && status !== "scheduled")
    throw invalid("startBlock", "the competition has started already");
  if (changes.endBlock != null && changes.endBlock <= block)
    throw invalid("endBlock", `block ${block} has passed; pause or archive it to end it now`);
  if (startBlock !== null && endBlock !== null && endBlock <= startBlock)
    throw invalid("endBlock", "a competition ends after it has started");
}

type Revision = {
  backend: Backend;
  before: CompetitionRow;
  basedOn: number;
  thresholds: Partial<ReturnType<typeof thresholdsOf>>;
};

async function revise(trx: Trx, { backend, before, basedOn, thresholds }: Revision): Promise<void> {
  const { id: competitionId, thresholdsVersion: inForce } = before;
  if (basedOn !== inForce) throw thresholdsChanged({ basedOn, inForce });
  const current = thresholdsOf(await getThresholds(trx, { competitionId, version: inForce }));
  const revision = { competitionId, basedOn, thresholds: { ...current, ...thresholds } };
  const revised = await reviseThresholds(trx, { ...revision, createdAt: nowOf(backend) });
  if (revised === undefined) throw thresholdsChanged({ basedOn, inForce });
}

function thresholdsChanged(facts: { basedOn: number; inForce: number }): ApiError {
  const message = `Version ${facts.inForce} of the thresholds is in force by now; read them again.`;
  return new ApiError({ code: "API_THRESHOLDS_CHANGED", ...facts }, message);
}

function invalid(path: string, message: string): ApiError {
  return new ApiError({ code: "API_INVALID_INPUT", issues: [{ path, message }] }, message);
}
