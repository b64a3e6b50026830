import type { AnyItem, StorageItem } from "../metadata/pallet.ts";
import { Reader } from "../scale/buffer.ts";
import { HASH_LENGTH, hashKey } from "../scale/hash.ts";
import { bytesToHex, hexToBytes } from "../scale/hex.ts";
import { decode, encode } from "../scale/type.ts";
import type { State, StateReader } from "./overlay.ts";

/** The hex key of a storage item's entry. */
export function keyOf<K extends readonly unknown[], V, R>(item: StorageItem<K, V, R>, keys: K): string {
  return item.prefix + item.parts.map((part, i) => hashedPart(part, keys[i])).join("");
}

/** An entry's value, or what the item reads as when there is none. */
export function read<K extends readonly unknown[], V, R>(
  state: StateReader,
  item: StorageItem<K, V, R>,
  ...keys: K
): V | R {
  const raw = state.get(keyOf(item, keys));
  return raw === undefined ? item.fallback : decode(item.type, raw);
}

export function write<K extends readonly unknown[], V, R>(
  state: State,
  item: StorageItem<K, V, R>,
  entry: readonly [...keys: K, value: V],
): void {
  const keys = keysOf(item, entry);
  state.set(keyOf(item, keys), encode(item.type, valueOf<V>(entry)));
}

export function remove<K extends readonly unknown[], V, R>(
  state: State,
  item: StorageItem<K, V, R>,
  ...keys: K
): void {
  state.set(keyOf(item, keys), undefined);
}

/** All entries of a map with their keys, in key order. */
export function* entries<K extends readonly unknown[], V, R>(
  state: StateReader,
  item: StorageItem<K, V, R>,
): Generator<readonly [keys: K, value: V]> {
  for (const key of state.keys(item.prefix)) {
    const raw = state.get(key);
    if (raw !== undefined) yield [readKeys(item, key), decode(item.type, raw)];
  }
}

function hashedPart(part: AnyItem["parts"][number], key: unknown): string {
  return bytesToHex(hashKey(part.hasher, encode(part.type, key))).slice(2);
}

/** Every hasher in use keeps the key itself behind the hash. */
function readKeys<K extends readonly unknown[], V, R>(item: StorageItem<K, V, R>, key: string): K {
  const input = new Reader(hexToBytes(`0x${key.slice(item.prefix.length)}`));
  const keys: unknown = item.parts.map((part) => {
    input.raw(HASH_LENGTH[part.hasher]);
    return part.type.read(input);
  });
  return keys as K;
}

/** An entry is the keys, as many as the item has, and then the value. */
function keysOf<K extends readonly unknown[], V, R>(
  item: StorageItem<K, V, R>,
  entry: readonly unknown[],
): K {
  const keys: unknown = entry.slice(0, item.parts.length);
  return keys as K;
}

function valueOf<V>(entry: readonly unknown[]): V {
  return entry.at(-1) as V;
}
