import { u8aToHex } from "@polkadot/util";
import { silentLog } from "../log.ts";
import type { Node } from "../read/view.ts";
import { Link } from "../rpc/link.ts";
import { Runtimes } from "../runtime/runtimes.ts";
import { type StorageItem, storageAccess } from "../runtime/storage.ts";

/** Opens what a chain works with, for tests that look underneath it. */
export function openNode(url: string): Node {
  const clock = { now: () => 0 };
  const link = new Link({
    endpoints: [url],
    genesisHash: undefined,
    deadlineMs: 120_000,
    staleMs: 60_000,
    clock,
    log: silentLog,
  });
  return { link, runtimes: new Runtimes(link) };
}

/** Overwrites a storage value (null removes it) in the newest block's state, as if the runtime had done something else. */
export async function amend(
  url: string,
  { item, type, value }: { item: StorageItem; type: string; value: unknown },
): Promise<void> {
  const { link, runtimes } = openNode(url);
  const runtime = await runtimes.at(String(await link.ask("chain_getBlockHash")));
  const encoded = value === null ? null : u8aToHex(runtime.registry.createTypeUnsafe(type, [value]).toU8a());
  await link.ask("dev_setStorage", [[storageAccess(runtime, item).key, encoded]]);
  await link.close();
}
