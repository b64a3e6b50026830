import { option, struct } from "../scale/composites.ts";
import { u32, u64 } from "../scale/primitives.ts";
import { weight } from "../scale/substrate.ts";
import type { Type } from "../scale/type.ts";

/** One value for each dispatch class. */
export function perDispatchClass<T>(of: Type<T>): Type<{ normal: T; operational: T; mandatory: T }> {
  const fields = { normal: of, operational: of, mandatory: of };
  return struct("frame_support::dispatch::PerDispatchClass", fields, [{ name: "T", shape: of.shape }]);
}

const weightsPerClass = struct("frame_system::limits::WeightsPerClass", {
  base_extrinsic: weight,
  max_extrinsic: option(weight),
  max_total: option(weight),
  reserved: option(weight),
});

export const blockWeights = struct("frame_system::limits::BlockWeights", {
  base_block: weight,
  max_block: weight,
  per_class: perDispatchClass(weightsPerClass),
});

export const blockLength = struct("frame_system::limits::BlockLength", { max: perDispatchClass(u32) });

export const runtimeDbWeight = struct("sp_weights::RuntimeDbWeight", { read: u64, write: u64 });

const U64_MAX = (1n << 64n) - 1n;
const BASE_EXTRINSIC = { ref_time: 108_157_000n, proof_size: 0n };
/** Blocks may use four seconds of computation, three quarters of it for ordinary extrinsics. */
const MAX_BLOCK = { ref_time: 4_000_000_000_000n, proof_size: U64_MAX };
const MAX_NORMAL = { ref_time: 3_000_000_000_000n, proof_size: 13_835_058_055_282_163_711n };

export const BLOCK_WEIGHTS = {
  base_block: { ref_time: 431_614_000n, proof_size: 0n },
  max_block: MAX_BLOCK,
  per_class: {
    normal: {
      base_extrinsic: BASE_EXTRINSIC,
      max_extrinsic: { ref_time: 2_599_891_843_000n, proof_size: 11_990_383_647_911_208_550n },
      max_total: MAX_NORMAL,
      reserved: { ref_time: 0n, proof_size: 0n },
    },
    operational: {
      base_extrinsic: BASE_EXTRINSIC,
      max_extrinsic: { ref_time: 3_599_891_843_000n, proof_size: 16_602_069_666_338_596_454n },
      max_total: MAX_BLOCK,
      reserved: { ref_time: 1_000_000_000_000n, proof_size: 4_611_686_018_427_387_904n },
    },
    mandatory: {
      base_extrinsic: BASE_EXTRINSIC,
      max_extrinsic: undefined,
      max_total: undefined,
      reserved: undefined,
    },
  },
};
