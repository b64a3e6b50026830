import { StorageKey } from "@polkadot/types";
import type { StorageEntry } from "@polkadot/types/primitive/types";
import { hexToU8a, stringCamelCase } from "@polkadot/util";
import { decoded, encoded, unsupported } from "./decoded.ts";
import { assertReadable } from "./hold.ts";
import type { Plain } from "./plain.ts";
import type { Runtime } from "./runtime.ts";

/** One storage value: its name as `Pallet.Item`, and its keys. */
export type StorageItem = readonly [name: string, ...keys: (number | string)[]];

/** The hex key of a storage value, and how the bytes found there are read. */
export type StorageAccess = { readonly key: string; readonly decode: (bytes: string | null) => Plain };

/** Enough for every item that is read with each block, of a full subnet too. */
const MOST_KEPT = 16_384;
const kept = new WeakMap<Runtime, Map<string, StorageAccess>>();

/** How to reach one storage value under this runtime; found once, asked for with every block. */
export function storageAccess(runtime: Runtime, wanted: StorageItem): StorageAccess {
  const known = kept.get(runtime) ?? new Map<string, StorageAccess>();
  kept.set(runtime, known);
  const id = JSON.stringify(wanted);
  const found = known.get(id);
  if (found !== undefined) return found;
  if (known.size >= MOST_KEPT) known.clear();
  const access = accessOf(runtime, wanted);
  known.set(id, access);
  return access;
}

function accessOf(runtime: Runtime, [name, ...keys]: StorageItem): StorageAccess {
  const { registry, specVersion } = runtime;
  assertReadable(runtime, name);
  const entry = entryOf(runtime, name);
  const key = encoded(`storage ${name}`, specVersion, () => new StorageKey(registry, [entry, keys]));
  const type = key.outputType;
  const item = keys.length === 0 ? name : `${name}(${keys.join(", ")})`;
  const decode = (bytes: string | null) => {
    return { item, value: decoded(item, () => decodeValue(runtime, { entry, type, bytes })) };
  };
  return { key: key.toHex(), decode };
}

type Stored = { readonly entry: StorageEntry; readonly type: string; readonly bytes: string | null };

function decodeValue({ registry }: Runtime, { entry, type, bytes }: Stored): unknown {
  if (bytes === null && entry.meta.modifier.isOptional) return null;
  // Bytes, not hex text: the decoder takes hex for the content of an option or a list of bytes.
  const present = bytes === null ? entry.meta.fallback.toU8a(true) : hexToU8a(bytes);
  return registry.createTypeUnsafe(type, [present]).toJSON();
}

/** Whether the runtime has a storage item, `Pallet.Item`. */
export function hasStorage(runtime: Runtime, name: string): boolean {
  return findEntry(runtime, name) !== undefined;
}

function entryOf(runtime: Runtime, name: string): StorageEntry {
  const entry = findEntry(runtime, name);
  if (entry === undefined) throw unsupported(`storage ${name}`, runtime.specVersion);
  return entry;
}

function findEntry({ query }: Runtime, name: string): StorageEntry | undefined {
  const [pallet = "", item = ""] = name.split(".");
  return query[stringCamelCase(pallet)]?.[stringCamelCase(item)];
}
