import { type Bytes, type Option, TypeRegistry, type u32, type Vec } from "@polkadot/types";
import { hexToU8a, u8aToHex } from "@polkadot/util";
import type { HexString } from "@polkadot/util/types";
import { ChainError, factsOf } from "../errors.ts";
import type { Link } from "../rpc/link.ts";
import { decoded } from "./decoded.ts";

const SUPPORTED = [16, 15, 14];
const registry = new TypeRegistry();

/** The metadata in force at a block, in the newest version both sides know. */
export async function fetchMetadata(link: Link, at: string): Promise<HexString> {
  const version = await bestVersion(link, at);
  if (version === undefined) return asHex(await link.ask("state_getMetadata", at));
  const argument = u8aToHex(registry.createType("u32", version).toU8a());
  const answer = await link.ask("state_call", "Metadata_metadata_at_version", argument, at);
  const bytes = hexToU8a(asHex(answer));
  const found = decoded("metadata", () => registry.createType<Option<Bytes>>("Option<Bytes>", bytes));
  return found.isSome ? found.unwrap().toHex() : asHex(await link.ask("state_getMetadata", at));
}

/** Undefined on nodes too old to be asked. */
async function bestVersion(link: Link, at: string): Promise<number | undefined> {
  const offered = await offeredVersions(link, at);
  return SUPPORTED.find((version) => offered.includes(version));
}

async function offeredVersions(link: Link, at: string): Promise<number[]> {
  try {
    const bytes = hexToU8a(asHex(await link.ask("state_call", "Metadata_metadata_versions", "0x", at)));
    const versions = decoded("metadata versions", () => registry.createType<Vec<u32>>("Vec<u32>", bytes));
    return versions.map((version) => version.toNumber());
  } catch (error) {
    if (factsOf(error, "CHAIN_RPC_REFUSED") !== undefined) return [];
    throw error;
  }
}

/** An answer that must be hex bytes. */
export function asHex(answer: unknown): HexString {
  if (isHexText(answer)) return answer;
  const found = String(answer).slice(0, 80);
  throw new ChainError({ code: "CHAIN_UNEXPECTED_VALUE", item: "answer", expected: "0x hex", found });
}

function isHexText(value: unknown): value is HexString {
  return typeof value === "string" && /^0x[0-9a-f]*$/i.test(value);
}
