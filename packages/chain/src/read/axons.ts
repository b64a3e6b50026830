import { amount, field, whole } from "../runtime/plain.ts";
import type { Axon } from "../subnet.ts";
import { readByHotkey } from "./hotkeys.ts";
import type { View } from "./view.ts";

/** The axons of a subnet's neurons, as one block saw them. */
export async function readAxons(view: View, netuid: number): Promise<Axon[]> {
  const stored = await readByHotkey(view, netuid, (hotkey) => ["SubtensorModule.Axons", netuid, hotkey]);
  return stored.map(({ uid, hotkey, ...axon }) => ({
    uid,
    hotkey,
    ip: ipText(amount(field(axon, "ip")), whole(field(axon, "ipType"))),
    port: whole(field(axon, "port")),
    protocol: whole(field(axon, "protocol")),
    version: whole(field(axon, "version")),
    block: whole(field(axon, "block")),
  }));
}

/** An address as the chain keeps it, in text; IPv6 in full, for whoever parses it to shorten. */
export function ipText(ip: bigint, type: number): string {
  const [size, count, base, separator] =
    type === 6 ? ([16n, 8, 16, ":"] as const) : ([8n, 4, 10, "."] as const);
  const parts = Array.from({ length: count }, (_, index) => {
    const shift = size * BigInt(count - 1 - index);
    return ((ip >> shift) & ((1n << size) - 1n)).toString(base);
  });
  return parts.join(separator);
}
