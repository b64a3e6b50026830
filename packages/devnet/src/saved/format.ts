import type { SavedBlock } from "../chain/chain.ts";
import type { Header } from "../chain/header.ts";
import { DevnetError } from "../errors.ts";
import { bytesToHex, hexToBytes } from "../scale/hex.ts";

/** A chain as it is kept in a file. */
export type SavedChain = { readonly chainName: string; readonly blocks: readonly SavedBlock[] };

const FORMAT = "assay-devnet-state-1";

/** The text of a saved chain: one JSON document per line, first the chain, then its blocks from 0 on. */
export function formatSaved({ chainName, blocks }: SavedChain): string {
  const lines: unknown[] = [{ format: FORMAT, chainName }, ...blocks.map(lineOf)];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

function lineOf({ header, extrinsics, changes }: SavedBlock) {
  return {
    number: header.number,
    parentHash: header.parent_hash,
    stateRoot: header.state_root,
    extrinsicsRoot: header.extrinsics_root,
    extrinsics: extrinsics.map(bytesToHex),
    changes: [...changes].map(([key, value]) => [key, value === undefined ? null : bytesToHex(value)]),
  };
}

/** Reads what {@link formatSaved} wrote; anything else is refused with its line. */
export function parseSaved(text: string): SavedChain {
  const [first = "", ...rest] = text.split("\n").filter((line) => line !== "");
  const head = recordOf(first, 1);
  if (head.format !== FORMAT || typeof head.chainName !== "string") throw invalid(1, `is no ${FORMAT} file`);
  if (rest.length === 0) throw invalid(1, "is not followed by a block");
  return { chainName: head.chainName, blocks: rest.map((line, i) => blockOf(line, i + 2)) };
}

function blockOf(line: string, at: number): SavedBlock {
  const { number, extrinsics, changes, ...roots } = recordOf(line, at);
  if (typeof number !== "number" || !Array.isArray(extrinsics) || !Array.isArray(changes))
    throw invalid(at, "is no block");
  const header: Header = {
    parent_hash: hexOf(roots.parentHash, at),
    number,
    state_root: hexOf(roots.stateRoot, at),
    extrinsics_root: hexOf(roots.extrinsicsRoot, at),
    digest: [],
  };
  return {
    header,
    extrinsics: extrinsics.map((one: unknown) => hexToBytes(hexOf(one, at))),
    changes: new Map(changes.map((one: unknown) => changeOf(one, at))),
  };
}

function changeOf(pair: unknown, at: number): [string, Uint8Array | undefined] {
  if (!Array.isArray(pair)) throw invalid(at, "has a change that is no pair");
  const [key, value]: unknown[] = pair;
  return [hexOf(key, at), value === null ? undefined : hexToBytes(hexOf(value, at))];
}

function hexOf(value: unknown, at: number): string {
  if (typeof value !== "string" || !/^0x(?:[0-9a-f]{2})*$/.test(value))
    throw invalid(at, "has no hex where it is due");
  return value;
}

function recordOf(line: string, at: number): Readonly<Record<string, unknown>> {
  try {
    return Object.fromEntries(Object.entries(JSON.parse(line)));
  } catch {
    throw invalid(at, "is no JSON object");
  }
}

function invalid(line: number, problem: string): DevnetError {
  const sentence = `line ${line} ${problem}`;
  return new DevnetError({ code: "DEVNET_STATE_INVALID", problem: sentence }, `saved state: ${sentence}`);
}
