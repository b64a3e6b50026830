import { asHex } from "../runtime/metadata.ts";
import { field, list, type Plain, whole } from "../runtime/plain.ts";
import type { CommitmentField, HotkeyCommitment } from "../subnet.ts";
import { readByHotkey } from "./hotkeys.ts";
import type { View } from "./view.ts";

/** What the neurons of a subnet have committed to, as one block saw it. */
export async function readCommitments(view: View, netuid: number): Promise<HotkeyCommitment[]> {
  const stored = await readByHotkey(view, netuid, (hotkey) => ["Commitments.CommitmentOf", netuid, hotkey]);
  return stored.map(({ uid, hotkey, ...commitment }) => ({
    uid,
    hotkey,
    block: whole(field(commitment, "block")),
    fields: list(field(field(commitment, "info"), "fields"), parseField),
  }));
}

/** Each variant is an object of one key, named by what it holds. */
function parseField({ item, value }: Plain): CommitmentField {
  const [variant = "none", content] = Object.entries(Object(value))[0] ?? [];
  const inner = { item: `${item}.${variant}`, value: content };
  if (/^(raw\d+|bigRaw)$/i.test(variant)) return { kind: "raw", bytes: asHex(content) };
  if (/^(blake|sha|keccak)/i.test(variant)) return { kind: "hash", algorithm: variant, hash: asHex(content) };
  if (!/^timelock/i.test(variant)) return { kind: "other", name: variant };
  const bytes = asHex(field(inner, "encrypted").value);
  return { kind: "timelocked", bytes, revealRound: whole(field(inner, "revealRound")) };
}
