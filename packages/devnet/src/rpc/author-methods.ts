import { DevnetError } from "../errors.ts";
import type { Node } from "../node.ts";
import { POOL_CODE, poolRefusal } from "../pool/refusal.ts";
import { decodeExtrinsic, type Extrinsic } from "../runtime/extrinsic.ts";
import { bytesToHex, hexToBytes } from "../scale/hex.ts";
import { type Method, type Methods, unsubscribe } from "./method.ts";
import { hex, type Params } from "./params.ts";
import { spaced } from "./spaced.ts";

/** author_*: submission of extrinsics. */
export function authorMethods(node: Node): Methods {
  return {
    author_submitExtrinsic: (params) => {
      const extrinsic = parse(params);
      node.submit(extrinsic);
      return extrinsic.hash;
    },
    author_submitAndWatchExtrinsic: watch(node),
    author_unwatchExtrinsic: unsubscribe,
    author_pendingExtrinsics: () => node.pool.list().map(({ extrinsic }) => bytesToHex(extrinsic.encoded)),
    author_hasKey: () => false,
  };
}

function watch(node: Node): Method {
  return (params, session) => {
    const extrinsic = parse(params);
    return session.subscribe("author_extrinsicUpdate", (push) => {
      const { tell, stop } = spaced(push);
      node.submit(extrinsic, tell);
      return () => {
        stop();
        node.pool.unwatch(tell);
      };
    });
  };
}

function parse(params: Params): Extrinsic {
  const encoded = hexToBytes(hex(params, 0));
  try {
    return decodeExtrinsic(encoded);
  } catch (error) {
    if (error instanceof DevnetError) throw poolRefusal(POOL_CODE.verification, error.message);
    throw error;
  }
}
