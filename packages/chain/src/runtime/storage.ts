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

/** How to reach one storage value under this runtime. */
export function storageAccess(runtime: Runtime, [name, ...keys]: StorageItem): StorageAccess {
  const { registry, specVersion } = runtime;
  assertReadable(runtime, name);
  const entry = entryOf(runtime, name);
  const key = encoded(`storage ${name}`, specVersion, () => new StorageKey(registry, [entry, keys]));
  const item = keys.length === 0 ? name : `${name}(${keys.join(", ")})`;
  const decode = (bytes: string | null) => {
    const stored = { entry, type: key.outputType, bytes };
    return { item, value: decoded(item, () => decodeValue(runtime, stored)) };
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
