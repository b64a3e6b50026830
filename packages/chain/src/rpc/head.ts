import { TypeRegistry } from "@polkadot/types";
import type { Header as HeaderCodec } from "@polkadot/types/interfaces";
import { ChainError } from "../errors.ts";
import type { Head } from "../head.ts";
import { isObject } from "./message.ts";

/** A block's head together with its parent, which names the runtime that made it. */
export type Header = Head & { readonly parentHash: string };

/** Headers have had one shape since genesis, so no runtime's metadata is needed to hash them. */
const registry = new TypeRegistry();

/** Reads the header of a block and computes its hash. */
export function parseHeader(json: unknown): Header {
  const place = placeOf(json);
  return { ...place, hash: registry.createType<HeaderCodec>("Header", json).hash.toHex() };
}

/** Where a header's block stands: what is left to read if its hash is known. */
export function placeOf(json: unknown): Omit<Header, "hash"> {
  const { number, parentHash } = isObject(json) ? json : {};
  if (typeof number !== "string" || typeof parentHash !== "string") throw unexpected(json);
  const block = Number(number);
  if (!/^0x[0-9a-f]+$/i.test(number) || !Number.isSafeInteger(block)) throw unexpected(json);
  return { block, parentHash };
}

function unexpected(json: unknown): ChainError {
  const found = JSON.stringify(json)?.slice(0, 200) ?? "nothing";
  return new ChainError({
    code: "CHAIN_UNEXPECTED_VALUE",
    item: "block header",
    expected: "a header",
    found,
  });
}
