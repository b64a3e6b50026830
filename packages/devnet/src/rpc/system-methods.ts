import { randomBytes } from "node:crypto";
import type { Node } from "../node.ts";
import { accountFromAddress } from "../scale/ss58.ts";
import { RPC_CODE, rpcError } from "./json-rpc.ts";
import type { Methods } from "./method.ts";
import { type Params, text } from "./params.ts";

const NAME = "Assay devnet";
const RELEASE = "0.1.0";

/** system_*: what the node says of itself, and the next nonce of an account. */
export function systemMethods(node: Node): Methods {
  const peerId = `12D3KooW${randomBytes(22).toString("hex")}`;
  const nextIndex = (params: Params) => node.pool.nextNonce(account(params), node.chain.state());
  return {
    system_chain: () => node.chainName,
    system_chainType: () => "Development",
    system_name: () => NAME,
    system_version: () => RELEASE,
    system_properties: () => ({ ss58Format: 42, tokenDecimals: 9, tokenSymbol: "TAO" }),
    system_health: () => ({ peers: 0, isSyncing: false, shouldHavePeers: false }),
    system_nodeRoles: () => ["Authority"],
    system_peers: () => [],
    system_localPeerId: () => peerId,
    system_localListenAddresses: () => [],
    system_syncState: () => {
      const { number } = node.chain.head;
      return { startingBlock: 0, currentBlock: number, highestBlock: number };
    },
    system_accountNextIndex: nextIndex,
    account_nextIndex: nextIndex,
  };
}

function account(params: Params): string {
  const address = text(params, 0);
  const found = accountFromAddress(address);
  if (found === undefined)
    throw rpcError(RPC_CODE.invalidParams, "Invalid params", `${address} is no address`);
  return found;
}
