import type { HexString } from "@polkadot/util/types";
import { ChainError } from "../errors.ts";
import type { Head } from "../head.ts";
import { askAt, unknownBlock } from "../rpc/at-block.ts";
import { type Header, parseHeader, placeOf } from "../rpc/head.ts";
import type { Link } from "../rpc/link.ts";
import { isObject } from "../rpc/message.ts";
import { type ApiCall, apiAccess } from "../runtime/api.ts";
import { asHex } from "../runtime/metadata.ts";
import type { Plain } from "../runtime/plain.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Runtimes } from "../runtime/runtimes.ts";
import { hasStorage, type StorageItem, storageAccess } from "../runtime/storage.ts";

/** The two things every read and write needs. */
export type Node = { readonly link: Link; readonly runtimes: Runtimes };

/** The state after one block: everything read through one view is true at the same time. */
export type View = {
  readonly at: Head;
  readonly runtime: Runtime;
  /** Whether the runtime has a storage item, `Pallet.Item`. */
  has(name: string): boolean;
  /** Storage values under the names they were asked for. */
  read<Name extends string>(items: Readonly<Record<Name, StorageItem>>): Promise<Record<Name, Plain>>;
  /** Storage values in the order asked for. */
  readList(items: readonly StorageItem[]): Promise<Plain[]>;
  /** A storage value as the bytes found there, null where there is none. */
  readBytes(item: StorageItem): Promise<HexString | null>;
  /** The answer of a runtime API. */
  call(call: ApiCall): Promise<Plain>;
};

const ITEMS_PER_REQUEST = 1_000;

/** A view at a block, the newest finalised one unless a hash is given. */
export async function viewAt(node: Node, hash?: string): Promise<View> {
  return viewOf(node, await headerOf(node.link, hash ?? (await finalisedHash(node.link))));
}

/** A view at a block whose header is at hand. */
export async function viewOf(node: Node, header: Header): Promise<View> {
  // The state after a block still has the layout of the runtime that made it; block 0 has no maker but itself.
  const runtime = await node.runtimes.at(header.block === 0 ? header.hash : header.parentHash);
  return createView(node.link, { at: { block: header.block, hash: header.hash }, runtime });
}

/** A view at the newest block, finalised or not. */
export async function bestView(node: Node): Promise<View> {
  return viewOf(node, await bestHeader(node.link));
}

/** The newest block's header. */
export async function bestHeader(link: Link): Promise<Header> {
  return parseHeader(await link.ask("chain_getHeader"));
}

/** The newest finalised block's header. */
export async function finalisedHeader(link: Link): Promise<Header> {
  return headerOf(link, await finalisedHash(link));
}

async function finalisedHash(link: Link): Promise<string> {
  return asHex(await link.ask("chain_getFinalizedHead"));
}

async function headerOf(link: Link, hash: string): Promise<Header> {
  const json = await askAt(link, hash, ["chain_getHeader"]);
  if (json === null) throw unknownBlock(hash);
  // The node's word for the hash is kept: it is the one further questions are asked with.
  return { ...placeOf(json), hash };
}

function createView(link: Link, { at, runtime }: Pick<View, "at" | "runtime">): View {
  const readList = async (items: readonly StorageItem[]) => {
    const accesses = items.map((item) => storageAccess(runtime, item));
    const found = await storageAt(link, { keys: accesses.map(({ key }) => key), hash: at.hash });
    return accesses.map(({ key, decode }) => decode(found.get(key) ?? null));
  };
  const read = async <Name extends string>(items: Readonly<Record<Name, StorageItem>>) => {
    const names = Object.keys(items);
    return named<Name>(names, await readList(Object.values(items)));
  };
  const readBytes = async (item: StorageItem) => {
    const bytes = await askAt(link, at.hash, ["state_getStorage", storageAccess(runtime, item).key]);
    return bytes === null ? null : asHex(bytes);
  };
  const call = async (wanted: ApiCall) => {
    const { method, input, decode } = apiAccess(runtime, wanted);
    return decode(asHex(await askAt(link, at.hash, ["state_call", method, input])));
  };
  const has = (name: string) => hasStorage(runtime, name);
  return { at, runtime, has, read, readList, readBytes, call };
}

/** Object.fromEntries forgets which names it was given; `names` are exactly the keys of the record asked for. */
function named<Name extends string>(names: readonly string[], values: readonly Plain[]): Record<Name, Plain> {
  return Object.fromEntries(names.map((name, index) => [name, values[index]])) as Record<Name, Plain>;
}

type Keys = { readonly keys: readonly string[]; readonly hash: string };

async function storageAt(link: Link, { keys, hash }: Keys): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let start = 0; start < keys.length; start += ITEMS_PER_REQUEST) {
    const part = keys.slice(start, start + ITEMS_PER_REQUEST);
    const sets = await askAt(link, hash, ["state_queryStorageAt", part]);
    for (const [key, bytes] of changesOf(sets)) found.set(key, bytes);
  }
  return found;
}

function changesOf(sets: unknown): [string, string][] {
  const [set] = Array.isArray(sets) ? sets : [];
  const changes: unknown = isObject(set) ? set["changes"] : undefined;
  if (!Array.isArray(changes)) throw unexpectedChanges(sets);
  return changes.filter(
    (change): change is [string, string] => Array.isArray(change) && typeof change[1] === "string",
  );
}

function unexpectedChanges(sets: unknown): ChainError {
  const found = String(JSON.stringify(sets)).slice(0, 120);
  const facts = { code: "CHAIN_UNEXPECTED_VALUE", item: "storage", expected: "a change set", found } as const;
  return new ChainError(facts);
}
