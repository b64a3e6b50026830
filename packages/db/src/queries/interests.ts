import type { Db, Trx } from "../connect.ts";

export type NewInterests = {
  netuid: number;
  owner: string;
  addresses: readonly string[];
  keyId: string;
  declaredAt: Date;
};

/** Records that a person has a stake in hotkeys or coldkeys; what was declared before stays. */
export async function insertInterests(trx: Trx, { addresses, ...by }: NewInterests): Promise<void> {
  if (addresses.length === 0) return;
  await trx
    .insertInto("interests")
    .values(addresses.map((address) => ({ ...by, address })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Every address a person has declared or holds a key bound to, in order. */
export async function listInterests(
  db: Db,
  { netuid, owner }: { netuid: number; owner: string },
): Promise<string[]> {
  const declared = await db
    .selectFrom("interests")
    .select("address")
    .where("netuid", "=", netuid)
    .where("owner", "=", owner)
    .execute();
  const bound = await db.selectFrom("apiKeys").select("hotkey").where("owner", "=", owner).execute();
  const addresses = [
    ...declared.map(({ address }) => address),
    ...bound.flatMap(({ hotkey }) => hotkey ?? []),
  ];
  return [...new Set(addresses)].sort();
}
