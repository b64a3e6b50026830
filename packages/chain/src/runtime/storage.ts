import { StorageKey } from "@polkadot/types";
import type { StorageEntry } from "@polkadot/types/primitive/types";
import { hexToU8a, stringCamelCase } from "@polkadot/util";
import { ChainError } from "../errors.ts";
import type { Plain } from "./plain.ts";
import type { Runtime } from "./runtime.ts";

/** One storage value: its name as `Pallet.Item`, and its keys. */
export type StorageItem = readonly [name: string, ...keys: (number | string)[]];

/** The hex key of a storage value, and how the bytes found there are read. */
export type StorageAccess = { readonly key: string; readonly decode: (bytes: string | null) => Plain };

/** How to reach one storage value under this runtime. */
export function storageAccess(runtime: Runtime, [name, ...keys]: StorageItem): StorageAccess {
  const entry = entryOf(runtime, name);
  const key = new StorageKey(runtime.registry, [entry, keys]);
  const item = keys.length === 0 ? name : `${name}(${keys.join(", ")})`;
  return {
    key: key.toHex(),
    decode: (bytes) => ({ item, value: decodeValue(runtime, { entry, type: key.outputType, bytes }) }),
  };
}

type Stored = { readonly entry: StorageEntry; readonly type: string; readonly bytes: string | null };

function decodeValue(runtime: Runtime, { entry, type, bytes }: Stored): unknown {
  if (bytes === null && entry.meta.modifier.isOptional) return null;
  // Bytes, not hex text: the decoder takes hex for the content of an option or a list of bytes.
  const present = bytes === null ? entry.meta.fallback.toU8a(true) : hexToU8a(bytes);
  return runtime.registry.createTypeUnsafe(type, [present]).toJSON();
}

function entryOf(runtime: Runtime, name: string): StorageEntry {
  const [pallet = "", item = ""] = name.split(".");
  const entry = runtime.query[stringCamelCase(pallet)]?.[stringCamelCase(item)];
  if (entry !== undefined) return entry;
  const { specVersion } = runtime;
  const missing = `storage ${name}`;
  throw new ChainError(
    { code: "CHAIN_RUNTIME_UNSUPPORTED", specVersion, missing },
    `Runtime ${specVersion} has no ${missing}; this version of Assay does not know it`,
  );
}
