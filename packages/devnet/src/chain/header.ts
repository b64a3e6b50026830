import { struct, vec } from "../scale/composites.ts";
import { blake2Hex, concat } from "../scale/hash.ts";
import { hexToBytes } from "../scale/hex.ts";
import { bytes, compact, u32 } from "../scale/primitives.ts";
import { h256 } from "../scale/substrate.ts";
import { encode, type TypeOf } from "../scale/type.ts";
import type { Changes } from "../state/store.ts";

const headerType = struct("sp_runtime::generic::header::Header", {
  parent_hash: h256,
  number: compact(u32),
  state_root: h256,
  extrinsics_root: h256,
  digest: vec(bytes),
});

export type Header = TypeOf<typeof headerType>;

export function hashOf(header: Header): string {
  return blake2Hex(encode(headerType, header));
}

/** The header as JSON-RPC shows it. */
export function headerJson(header: Header) {
  return {
    parentHash: header.parent_hash,
    number: `0x${header.number.toString(16)}`,
    stateRoot: header.state_root,
    extrinsicsRoot: header.extrinsics_root,
    digest: { logs: [] },
  };
}

/** A digest of the state: of the parent's digest and what the block changed. It is no trie root. */
export function stateDigest(parent: string, changes: Changes): string {
  const sorted = [...changes].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = sorted.flatMap(([key, value]) => [hexToBytes(key), encode(bytes, value ?? new Uint8Array())]);
  return blake2Hex(concat(hexToBytes(parent), ...parts));
}

export function extrinsicsDigest(extrinsics: readonly Uint8Array[]): string {
  return blake2Hex(encode(vec(bytes), extrinsics));
}
