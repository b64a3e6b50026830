import { ApiError } from "@assay/api";
import {
  type BanRow,
  type Db,
  dropWaitingOf,
  findBanOf,
  findCurrentLeader,
  listCompetitions,
  listPendingCandidates,
  lockCompetition,
  supersedeCandidates,
  type Trx,
} from "@assay/db";
import type { Backend } from "../backend.ts";
import { fallOf } from "../leaders/fall.ts";
import { writeSnapshot } from "../snapshots/write.ts";

/** What a ban did. */
export type Consequences = {
  ban: BanRow;
  /** Pending candidates that were closed. */
  closed: string[];
  /** Competitions whose leader fell, and which candidate leads them since. */
  fallen: { competition: string; leads: string | null }[];
  dropped: number;
  /** Version that pays the banned nothing; null if they led nowhere. */
  snapshot: number | null;
};

type Enforcement = { backend: Backend; address: string; ban: () => Promise<BanRow> };

/**
 * Writes a ban and enforces it in the same transaction. Every competition is locked first, in the order of their ids, so
 * that no approval that has not seen the ban is still under way.
 */
export async function enforceBan(trx: Trx, { backend, address, ban }: Enforcement): Promise<Consequences> {
  const { netuid } = backend;
  const competitions = await listCompetitions(trx, { netuid });
  for (const { id } of competitions) await lockCompetition(trx, id);
  const row = await ban();
  const closed: string[] = [];
  for (const { id } of competitions)
    closed.push(...(await closeCandidates(trx, { competitionId: id, address })));
  const fallen: Consequences["fallen"] = [];
  for (const { id } of competitions)
    fallen.push(...(await dethrone(trx, { backend, competitionId: id, address })));
  const explanation = "not run, because its miner is banned";
  const dropped = await dropWaitingOf(trx, { netuid, address, explanation });
  const snapshot = fallen.length === 0 ? null : (await writeSnapshot(trx, backend)).version;
  return { ban: row, closed, fallen, dropped, snapshot };
}

async function closeCandidates(
  trx: Trx,
  { competitionId, address }: { competitionId: string; address: string },
): Promise<string[]> {
  const pending = await listPendingCandidates(trx, competitionId);
  const ids = pending.filter((one) => one.hotkey === address || one.coldkey === address).map(({ id }) => id);
  await supersedeCandidates(trx, { competitionId, ids, because: "banned" });
  return ids;
}

async function dethrone(
  trx: Trx,
  { backend, competitionId, address }: { backend: Backend; competitionId: string; address: string },
): Promise<Consequences["fallen"]> {
  const leader = await findCurrentLeader(trx, competitionId);
  if (leader === undefined || (leader.hotkey !== address && leader.coldkey !== address)) return [];
  const { leads } = await fallOf(trx, { backend, leader, endReason: "banned" });
  return [{ competition: competitionId, leads }];
}

/** Throws API_BANNED if a miner may not take part, by either of its keys. */
export async function assertNotBanned(
  db: Db,
  { netuid, hotkey, coldkey }: { netuid: number; hotkey: string; coldkey: string },
): Promise<void> {
  const ban = await findBanOf(db, { netuid, addresses: [hotkey, coldkey] });
  if (ban === undefined) return;
  const { address, id, reason } = ban;
  throw new ApiError({ code: "API_BANNED", address, id, reason }, `${address} is banned: ${reason}`);
}
