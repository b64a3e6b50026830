import { applyFault } from "../faults/apply-fault.ts";
import { parseFault } from "../faults/parse-fault.ts";
import type { Node } from "../node.ts";
import type { Keeper, SaveRequest } from "../saved/keeper.ts";
import { hexToBytes } from "../scale/hex.ts";
import { RPC_CODE, rpcError } from "./json-rpc.ts";
import type { Methods } from "./method.ts";
import { type Params, text, wholeNumber } from "./params.ts";

const MAX_BLOCKS = 100_000;

/** dev_*: time and state under the caller's hand. */
export function devMethods(node: Node, keeper: Keeper): Methods {
  return {
    /** `{ count }` blocks (1) at once; answers the new head's hash. */
    dev_newBlock: ([options]) => {
      const count = countOf(options);
      for (let made = 0; made < count; made += 1) node.produce();
      return node.chain.head.hash;
    },
    /** `[[key, value | null], …]` written to the head's state; null removes. */
    dev_setStorage: (params) => {
      node.chain.amend(changesOf(params));
      return node.chain.head.hash;
    },
    /** Lets something go wrong; answers the head's hash. */
    dev_fault: ([fault]) => {
      applyFault(node, parseFault(fault));
      return node.chain.head.hash;
    },
    /** Saves the chain to its file, or with `{ fork, at }` to one beside it, up to a block; answers the file. */
    dev_saveState: ([options]) => keeper.save(saveRequest(options)),
  };
}

function saveRequest(options: unknown): SaveRequest {
  if (typeof options !== "object" || options === null) return {};
  const { fork, at } = options as Readonly<Record<string, unknown>>;
  return {
    ...(fork === undefined ? {} : { fork: text([fork], 0) }),
    ...(at === undefined ? {} : { at: wholeNumber(at, 0) }),
  };
}

function countOf(options: unknown): number {
  if (typeof options !== "object" || options === null || !("count" in options)) return 1;
  return Math.min(MAX_BLOCKS, wholeNumber(options.count, 0));
}

function changesOf([pairs]: Params): Map<string, Uint8Array | undefined> {
  if (!Array.isArray(pairs)) throw invalid();
  return new Map(pairs.map(changeOf));
}

function changeOf(pair: unknown): [string, Uint8Array | undefined] {
  if (!Array.isArray(pair)) throw invalid();
  const [key, value]: unknown[] = pair;
  if (typeof key !== "string" || (typeof value !== "string" && value !== null)) throw invalid();
  hexToBytes(key);
  return [key.toLowerCase(), value === null ? undefined : hexToBytes(value)];
}

function invalid() {
  return rpcError(RPC_CODE.invalidParams, "Invalid params", "expected [[key, value or null], …] in hex");
}
