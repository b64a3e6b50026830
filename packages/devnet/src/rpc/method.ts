import type { Block } from "../chain/chain.ts";
import type { Node } from "../node.ts";
import { RPC_CODE, rpcError } from "./json-rpc.ts";
import { hex, type Params } from "./params.ts";
import type { Session } from "./session.ts";

/** One JSON-RPC method. */
export type Method = (params: Params, session: Session) => unknown;
export type Methods = Readonly<Record<string, Method>>;

/** The block a parameter names by hash, the head if it is absent. */
export function blockAt(node: Node, params: Params, index: number): Block {
  const given = params[index];
  if (given === undefined || given === null) return node.chain.head;
  const hash = hex(params, index);
  const block = node.chain.byHash(hash);
  if (block === undefined) throw rpcError(RPC_CODE.unknownBlock, "Client error: UnknownBlock", hash);
  return block;
}

/** The same for a question about its state, which a node that is no archive forgets. */
export function blockWithState(node: Node, params: Params, index: number): Block {
  const block = blockAt(node, params, index);
  if (node.chain.head.number - block.number <= node.faults.keptStates) return block;
  const problem = `Client error: UnknownBlock: State already discarded for ${block.hash}`;
  throw rpcError(RPC_CODE.unknownBlock, problem, block.hash);
}

/** Ends the subscription named by the first parameter. */
export const unsubscribe: Method = (params, session) => {
  const [id] = params;
  return typeof id === "string" && session.unsubscribe(id);
};
