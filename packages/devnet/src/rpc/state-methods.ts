import { callApi } from "../apis/call.ts";
import type { Block } from "../chain/chain.ts";
import type { Node } from "../node.ts";
import { plainMetadata } from "../runtime/served.ts";
import { blake2Hex } from "../scale/hash.ts";
import { bytesToHex, hexToBytes } from "../scale/hex.ts";
import { blockWithState, type Method, type Methods, unsubscribe } from "./method.ts";
import { hex, hexList, optionalText, text, wholeNumber } from "./params.ts";
import { versionJson } from "./version-json.ts";

const MAX_PAGE = 1_000;

/** state_*: storage, metadata, runtime calls and their subscriptions. */
export function stateMethods(node: Node): Methods {
  const getStorage: Method = (params) => valueHex(node, hex(params, 0), blockWithState(node, params, 1));
  const keysPaged: Method = (params) => listKeys(node, params);
  const size: Method = (params) =>
    valueAt(node, hex(params, 0), blockWithState(node, params, 1))?.length ?? null;
  const digest: Method = (params) => {
    const value = valueAt(node, hex(params, 0), blockWithState(node, params, 1));
    return value === undefined ? null : blake2Hex(value);
  };
  const getVersion: Method = (params) => versionAt(node, blockWithState(node, params, 0));
  const subscribeVersion = versionSubscription(node);
  return {
    state_getMetadata: (params) =>
      bytesToHex(plainMetadata(node.runtimeAt(blockWithState(node, params, 0).number))),
    state_getRuntimeVersion: getVersion,
    chain_getRuntimeVersion: getVersion,
    state_getStorage: getStorage,
    state_getStorageAt: getStorage,
    state_getStorageSize: size,
    state_getStorageSizeAt: size,
    state_getStorageHash: digest,
    state_getStorageHashAt: digest,
    state_getKeysPaged: keysPaged,
    state_getKeysPagedAt: keysPaged,
    state_queryStorageAt: (params) => [changeSet(node, hexList(params, 0), blockWithState(node, params, 1))],
    state_call: (params) => runtimeCall(node, params),
    state_callAt: (params) => runtimeCall(node, params),
    state_subscribeStorage: (params, session) => {
      const keys = hexList(params, 0);
      return session.subscribe("state_storage", (push) => {
        push(changeSet(node, keys, node.chain.head));
        return node.chain.onHead((block) => {
          const changed = keys.filter((key) => block.changed.has(key));
          if (changed.length > 0) push(changeSet(node, changed, block));
        });
      });
    },
    state_unsubscribeStorage: unsubscribe,
    state_subscribeRuntimeVersion: subscribeVersion,
    state_unsubscribeRuntimeVersion: unsubscribe,
    chain_subscribeRuntimeVersion: subscribeVersion,
    chain_unsubscribeRuntimeVersion: unsubscribe,
  };
}

function versionAt(node: Node, block: Block) {
  return versionJson(node.runtimeAt(block.number).version);
}

/** Tells the version at once, and again with each block that has another. */
function versionSubscription(node: Node): Method {
  return (_params, session) =>
    session.subscribe("state_runtimeVersion", (push) => {
      let told = node.runtimeAt(node.chain.head.number);
      push(versionJson(told.version));
      return node.chain.onHead((block) => {
        const current = node.runtimeAt(block.number);
        if (current === told) return;
        told = current;
        push(versionJson(told.version));
      });
    });
}

function valueAt(node: Node, key: string, block: Block): Uint8Array | undefined {
  return node.chain.state(block).get(key);
}

function valueHex(node: Node, key: string, block: Block): string | null {
  const value = valueAt(node, key, block);
  return value === undefined ? null : bytesToHex(value);
}

function changeSet(node: Node, keys: readonly string[], block: Block) {
  return { block: block.hash, changes: keys.map((key) => [key, valueHex(node, key, block)]) };
}

function listKeys(node: Node, params: readonly unknown[]): string[] {
  const prefix = optionalText(params, 0) === undefined ? "0x" : hex(params, 0);
  const count = Math.min(MAX_PAGE, wholeNumber(params[1], 1));
  const start = optionalText(params, 2) === undefined ? "" : hex(params, 2);
  const found: string[] = [];
  for (const key of node.chain.keys(prefix, blockWithState(node, params, 3), start)) {
    if (found.length >= count) break;
    found.push(key);
  }
  return found;
}

function runtimeCall(node: Node, params: readonly unknown[]): string {
  const block = blockWithState(node, params, 2);
  const output = callApi(text(params, 0), hexToBytes(hex(params, 1)), {
    state: node.chain.state(block),
    block: block.number,
    runtime: node.runtimeAt(block.number),
  });
  return bytesToHex(output);
}
