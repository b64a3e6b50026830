import { type Block } from "../chain/chain.ts";
import { headerJson } from "../chain/header.ts";
import type { Node } from "../node.ts";
import { bytesToHex } from "../scale/hex.ts";
import { blockAt, type Method, type Methods, unsubscribe } from "./method.ts";
import { wholeNumber } from "./params.ts";

/** chain_*: blocks, headers and their subscriptions. */
export function chainMethods(node: Node): Methods {
  const getHeader: Method = (params) => headerJson(blockAt(node, params, 0).header);
  const finalizedHead: Method = () => node.chain.finalized.hash;
  const newHeads = subscribeHeads(node, "chain_newHead");
  const finalizedHeads = subscribeFinalized(node);
  return {
    chain_getBlockHash: ([number]) => blockHash(node, number),
    chain_getHead: ([number]) => blockHash(node, number),
    chain_getHeader: getHeader,
    chain_getBlock: (params) => blockJson(blockAt(node, params, 0)),
    chain_getFinalizedHead: finalizedHead,
    chain_getFinalisedHead: finalizedHead,
    chain_subscribeNewHead: newHeads,
    chain_subscribeNewHeads: newHeads,
    chain_unsubscribeNewHead: unsubscribe,
    chain_unsubscribeNewHeads: unsubscribe,
    chain_subscribeAllHeads: subscribeHeads(node, "chain_allHead"),
    chain_unsubscribeAllHeads: unsubscribe,
    chain_subscribeFinalizedHeads: finalizedHeads,
    chain_subscribeFinalisedHeads: finalizedHeads,
    chain_unsubscribeFinalizedHeads: unsubscribe,
    chain_unsubscribeFinalisedHeads: unsubscribe,
  };
}

/** Null for a height that does not exist yet; a list answers a list. */
function blockHash(node: Node, number: unknown): unknown {
  if (Array.isArray(number)) return number.map((one) => blockHash(node, one));
  if (number === undefined || number === null) return node.chain.head.hash;
  return node.chain.byNumber(wholeNumber(number, 0))?.hash ?? null;
}

function blockJson(block: Block) {
  const extrinsics = block.extrinsics.map(bytesToHex);
  return { block: { header: headerJson(block.header), extrinsics }, justifications: null };
}

function subscribeHeads(node: Node, notification: string): Method {
  return (_params, session) =>
    session.subscribe(notification, (push) => {
      push(headerJson(node.chain.head.header));
      return node.chain.onHead((block) => push(headerJson(block.header)));
    });
}

function subscribeFinalized(node: Node): Method {
  return (_params, session) =>
    session.subscribe("chain_finalizedHead", (push) => {
      push(headerJson(node.chain.finalized.header));
      return node.chain.onFinalized((block) => push(headerJson(block.header)));
    });
}
