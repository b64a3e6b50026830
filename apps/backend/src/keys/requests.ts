import {
  ApiError,
  type GrantKey,
  type HotkeyCaller,
  type KeyCaller,
  type KeyRequest,
  type ListKeyRequests,
  type RefuseKey,
  type RequestKey,
} from "@assay/api";
import type { Page } from "@assay/core";
import {
  decideKeyRequest,
  findPendingKeyRequest,
  insertKeyRequest,
  type KeyRequestDecision,
  type KeyRequestRow,
  lockKeyRequest,
  pageKeyRequests,
} from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, nowOf } from "../backend.ts";
import { found } from "../not-found.ts";
import { requestView } from "./view.ts";

/** Notes that a hotkey wants a key; while that is undecided, asking again changes nothing. */
export async function requestKey(
  backend: Backend,
  { caller, name }: RequestKey & { caller: HotkeyCaller },
): Promise<KeyRequest> {
  const { db, netuid } = backend;
  const { hotkey } = caller;
  const row = await db.transaction().execute(async (trx) => {
    const inserted = await insertKeyRequest(trx, { netuid, hotkey, name, requestedAt: nowOf(backend) });
    if (inserted === undefined) return findPendingKeyRequest(trx, { netuid, hotkey });
    const act = { by: hotkey, action: "key.request", target: inserted.id, facts: { name, hotkey } };
    await recordAct(trx, backend, act);
    return inserted;
  });
  return requestView(found(row, { kind: "key request", id: hotkey, netuid }));
}

/** Requests for keys, newest first. */
export async function pageRequests(
  { db, netuid }: Backend,
  input: ListKeyRequests,
): Promise<Page<KeyRequest>> {
  const { items, nextCursor } = await pageKeyRequests(db, { ...input, netuid });
  return { items: items.map(requestView), nextCursor };
}

/** Lets the requester collect its key. */
export function grantKey(
  backend: Backend,
  { caller, id, expiresInDays, reason = null }: GrantKey & { caller: KeyCaller },
): Promise<KeyRequest> {
  return decide(backend, { caller, id, status: "granted", expiresInDays, reason });
}

/** Turns a request down. */
export function refuseKey(
  backend: Backend,
  { caller, id, reason }: RefuseKey & { caller: KeyCaller },
): Promise<KeyRequest> {
  return decide(backend, { caller, id, status: "refused", expiresInDays: null, reason });
}

type Verdict = Pick<KeyRequestDecision, "id" | "status" | "expiresInDays" | "reason"> & { caller: KeyCaller };

async function decide(backend: Backend, { caller, ...verdict }: Verdict): Promise<KeyRequest> {
  const { db, netuid } = backend;
  const { id, status, reason } = verdict;
  const row = await db.transaction().execute(async (trx) => {
    const request = found(await lockKeyRequest(trx, id), { kind: "key request", id, netuid });
    const decision = { ...verdict, decidedAt: nowOf(backend), decidedBy: caller.name };
    const decided = await decideKeyRequest(trx, decision);
    if (decided === undefined) throw wrongStatus(request, "only a pending one can be decided");
    const facts = { hotkey: request.hotkey };
    const action = status === "granted" ? "key.grant" : "key.refuse";
    await recordAct(trx, backend, { by: caller, action, target: id, reason, facts });
    return decided;
  });
  return requestView(row);
}

/** The refusal of what a request's status does not allow. */
export function wrongStatus({ id, status }: KeyRequestRow, advice: string): ApiError {
  return new ApiError({ code: "API_KEY_REQUEST_STATUS", id, status }, `The request is ${status}; ${advice}.`);
}
