import { ApiError, type KeyCaller, type MoveCompetition } from "@assay/api";
import type { Competition, Json } from "@assay/core";
import { type CompetitionRow, findCompetition, lockCompetition, moveCompetition, type Trx } from "@assay/db";
import { recordAct } from "../audit/act.ts";
import type { Backend } from "../backend.ts";
import { found } from "../not-found.ts";
import { closeCompetition } from "./end.ts";
import { onlyView } from "./view.ts";

type Moved = MoveCompetition & { caller: KeyCaller };
type Status = CompetitionRow["status"];

/** Takes no more submissions for the time being. */
export function pauseCompetition(backend: Backend, moved: Moved): Promise<Competition> {
  return move(backend, { ...moved, action: "pause", from: ["open"], to: "paused" });
}

/** Goes on with a paused competition. */
export function resumeCompetition(backend: Backend, moved: Moved): Promise<Competition> {
  return move(backend, { ...moved, action: "resume", from: ["paused"], to: "open" });
}

/** Ends a competition for good, in one transaction with the snapshot that no longer pays its leader. */
export function archiveCompetition(backend: Backend, moved: Moved): Promise<Competition> {
  const from = ["scheduled", "open", "paused", "ended"] as const;
  const close = async (trx: Trx, competition: CompetitionRow) => ({
    ...(await closeCompetition(trx, { backend, competition })),
  });
  return move(backend, { ...moved, action: "archive", from, to: "archived", close });
}

type Move = Moved & {
  action: "pause" | "resume" | "archive";
  from: readonly Status[];
  to: Status;
  close?: (trx: Trx, moved: CompetitionRow) => Promise<{ [name: string]: Json }>;
};

async function move(
  backend: Backend,
  { caller, id, reason, action, from, to, close }: Move,
): Promise<Competition> {
  const { db, netuid } = backend;
  const row = await db.transaction().execute(async (trx) => {
    found(await findCompetition(trx, id), { kind: "competition", id, netuid });
    const { status } = await lockCompetition(trx, id);
    if (!from.includes(status)) throw wrongStatus({ id, status, action });
    const moved = found(await moveCompetition(trx, { id, from: status, to }), {
      kind: "competition",
      id,
      netuid,
    });
    const facts = close === undefined ? {} : await close(trx, moved);
    const act = { by: caller, action: `competition.${action}`, target: id, reason };
    await recordAct(trx, backend, { ...act, facts: { from: status, ...facts } });
    return moved;
  });
  return onlyView(backend, row);
}

function wrongStatus(facts: { id: string; status: Status; action: string }): ApiError {
  const message = `The competition is ${facts.status}: there is nothing to ${facts.action}.`;
  return new ApiError({ code: "API_COMPETITION_STATUS", ...facts }, message);
}
