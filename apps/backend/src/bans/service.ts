import { ApiError, type Ban, type CreateBan, type KeyCaller, type LiftBan, type ListBans } from "@assay/api";
import type { Page } from "@assay/core";
import { type BanRow, findBan, findBanOf, insertBan, liftBan, pageBans, type Trx } from "@assay/db";
import { assertAddress } from "../address.ts";
import { recordAct } from "../audit/act.ts";
import { type Backend, nowOf } from "../backend.ts";
import { found } from "../not-found.ts";
import { enforceBan } from "./enforce.ts";

/** Bans an address; what it leads falls, what it has pending is closed, and the snapshot says so in one transaction. */
export async function createBan(
  backend: Backend,
  { caller, address, reason }: CreateBan & { caller: KeyCaller },
): Promise<Ban> {
  assertAddress(address, "address");
  const { row, snapshot } = await backend.db.transaction().execute(async (trx) => {
    const consequences = await enforceBan(trx, { backend, address, ban: () => store(trx) });
    const { ban, ...facts } = consequences;
    await recordAct(trx, backend, {
      by: caller,
      action: "ban.create",
      target: address,
      reason,
      facts: { id: ban.id, ...facts },
    });
    return { row: ban, snapshot: facts.snapshot };
  });
  if (snapshot !== null) backend.trace("snapshot-committed");
  backend.log.info({ ban: row.id, address, by: caller.id }, "address banned");
  return banView(row);

  async function store(trx: Trx): Promise<BanRow> {
    const { netuid } = backend;
    const values = { netuid, address, reason, bannedBy: caller.name, keyId: caller.id };
    const row = await insertBan(trx, { ...values, createdAt: nowOf(backend) });
    if (row !== undefined) return row;
    throw conflict(
      (await findBanOf(trx, { netuid, addresses: [address] })) ?? { address, id: "" },
      "in-force",
    );
  }
}

/** Ends a ban: from now on the address may submit and lead again; what was closed stays closed. */
export async function endBan(
  backend: Backend,
  { caller, id, reason }: LiftBan & { caller: KeyCaller },
): Promise<Ban> {
  const { db, netuid } = backend;
  const row = await db.transaction().execute(async (trx) => {
    const ban = found(await findBan(trx, id), { kind: "ban", id, netuid });
    const lift = { liftedAt: nowOf(backend), liftedBy: caller.name, liftReason: reason };
    const lifted = await liftBan(trx, { id, ...lift });
    if (lifted === undefined) throw conflict(ban, "lifted");
    await recordAct(trx, backend, {
      by: caller,
      action: "ban.lift",
      target: ban.address,
      reason,
      facts: { id },
    });
    return lifted;
  });
  return banView(row);
}

/** Bans of the subnet, newest first. */
export async function listBans({ db, netuid }: Backend, { inForce, ...page }: ListBans): Promise<Page<Ban>> {
  const { items, nextCursor } = await pageBans(db, { ...page, netuid, inForce: inForce === "true" });
  return { items: items.map(banView), nextCursor };
}

function banView({ createdAt, liftedAt, ...row }: BanRow): Ban {
  return { ...row, createdAt: createdAt.toISOString(), liftedAt: liftedAt?.toISOString() ?? null };
}

function conflict({ address, id }: Pick<BanRow, "address" | "id">, status: "in-force" | "lifted"): ApiError {
  const message = status === "lifted" ? "This ban has been lifted already." : `${address} is banned already.`;
  return new ApiError({ code: "API_BAN_CONFLICT", address, id, status }, message);
}
