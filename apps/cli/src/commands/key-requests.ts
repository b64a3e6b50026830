import type { Client } from "@assay/client";
import { type Shown, show } from "../output.ts";
import { firstOf } from "../pages.ts";
import { plainTable } from "../table.ts";

type KeyRequest = Awaited<ReturnType<Client["keys"]["grant"]>>;

/** Asks, as a hotkey, for a validator's key; an admin decides. */
export async function requestKey(
  client: Client,
  { name, ...shown }: Shown & { name: string },
): Promise<void> {
  const inWords = ({ id, status }: KeyRequest) =>
    `${id} is ${status}; once granted: assay keys collect ${id}`;
  show(await client.keys.request({ name }), { ...shown, inWords });
}

/** Prints the key of a granted request, the only time it is ever shown. */
export async function collectKey(client: Client, { id, json, out }: Shown & { id: string }): Promise<void> {
  const key = await client.keys.collect({ id });
  if (!json) out.note(`${key.id}, expires ${key.expiresAt}; this token is shown once:`);
  show(key, { json, out, inWords: ({ token }) => token });
}

/** Lists requests for keys, newest first. */
export async function listRequests(
  client: Client,
  { limit, ...shown }: Shown & { limit: number },
): Promise<void> {
  const { out } = shown;
  show(await firstOf(client.keys.requests, { limit, out }), { ...shown, inWords: requestTable });
}

function requestTable(requests: readonly KeyRequest[]): string {
  if (requests.length === 0) return "no requests";
  const rows = requests.map(({ id, name, hotkey, status, decidedBy }) => [
    id,
    name,
    hotkey,
    status,
    decidedBy ?? "–",
  ]);
  return plainTable(["request", "name", "hotkey", "status", "decided by"], rows);
}

/** Lets a requester collect its key. */
export async function grantKey(
  client: Client,
  { id, days, ...shown }: Shown & { id: string; days: number },
): Promise<void> {
  const inWords = ({ hotkey }: KeyRequest) => `granted ${id}: ${hotkey} can collect its key`;
  show(await client.keys.grant({ id, expiresInDays: days }), { ...shown, inWords });
}

/** Turns a request down. */
export async function refuseKey(
  client: Client,
  { id, reason, ...shown }: Shown & { id: string; reason: string },
): Promise<void> {
  const inWords = ({ hotkey }: KeyRequest) => `refused ${id} of ${hotkey}`;
  show(await client.keys.refuse({ id, reason }), { ...shown, inWords });
}

/** Replaces a key; the old one goes on working for a while. */
export async function rotateKey(
  client: Client,
  { id, days, overlap, json, out }: Shown & { id: string; days: number; overlap: number },
): Promise<void> {
  const key = await client.keys.rotate({ id, expiresInDays: days, overlapMinutes: overlap });
  if (!json)
    out.note(`${key.id} replaces ${id}, which ends in ${overlap} minutes; this token is shown once:`);
  show(key, { json, out, inWords: ({ token }) => token });
}
