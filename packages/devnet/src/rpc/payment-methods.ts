import type { Node } from "../node.ts";
import { decodeExtrinsic } from "../runtime/extrinsic.ts";
import { feeOf, feeParts } from "../runtime/fees.ts";
import { hexToBytes } from "../scale/hex.ts";
import { blockAt, type Methods } from "./method.ts";
import { hex } from "./params.ts";

/** payment_*: what an extrinsic would cost. */
export function paymentMethods(node: Node): Methods {
  return {
    payment_queryInfo: (params) => {
      blockAt(node, params, 1);
      const fee = feeOf(decodeExtrinsic(hexToBytes(hex(params, 0))));
      return { weight: { ref_time: 0, proof_size: 0 }, class: "normal", partialFee: `${fee}` };
    },
    payment_queryFeeDetails: (params) => {
      blockAt(node, params, 1);
      const { base, length } = feeParts(decodeExtrinsic(hexToBytes(hex(params, 0))));
      const inclusionFee = { baseFee: asHex(base), lenFee: asHex(length), adjustedWeightFee: "0x0" };
      return { inclusionFee: base === 0n ? null : inclusionFee };
    },
  };
}

function asHex(amount: bigint): string {
  return `0x${amount.toString(16)}`;
}
