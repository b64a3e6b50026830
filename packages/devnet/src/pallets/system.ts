import { blake2, constant, map, named, twox64, value } from "../metadata/declare.ts";
import { definePallet } from "../metadata/pallet.ts";
import { struct, tuple, variant, vec } from "../scale/composites.ts";
import { bytes, fixedBytes, str, u8, u16, u32 } from "../scale/primitives.ts";
import { accountId, cow, dispatchClass, dispatchError, h256, pays, weight } from "../scale/substrate.ts";
import type { Type, TypeOf } from "../scale/type.ts";
import { accountInfo, EMPTY_ACCOUNT } from "./account.ts";
import { BLOCK_WEIGHTS, blockLength, blockWeights, runtimeDbWeight } from "./limits.ts";

const ZERO_HASH = `0x${"00".repeat(32)}`;

/** Which step of a block an event belongs to. */
export const phase = variant("frame_system::Phase", {
  ApplyExtrinsic: { index: 0, of: u32 },
  Finalization: { index: 1, of: undefined },
  Initialization: { index: 2, of: undefined },
});
export type Phase = TypeOf<typeof phase>;

const dispatchEventInfo = struct("frame_system::DispatchEventInfo", {
  weight,
  class: dispatchClass,
  pays_fee: pays,
});

const versionType = struct("sp_version::RuntimeVersion", {
  spec_name: cow(str),
  impl_name: cow(str),
  authoring_version: u32,
  spec_version: u32,
  impl_version: u32,
  apis: cow(vec(tuple(fixedBytes(8), u32))),
  transaction_version: u32,
  system_version: u8,
});

export { versionType as runtimeVersionType };
export type RuntimeVersion = TypeOf<typeof versionType>;

/** frame_system; events contain every pallet's events, hence the argument. */
export function systemPallet<E>(runtimeEvent: Type<E>, version: RuntimeVersion) {
  const eventRecord = struct("frame_system::EventRecord", { phase, event: runtimeEvent, topics: vec(h256) }, [
    { name: "E", shape: runtimeEvent.shape },
    { name: "T", shape: h256.shape },
  ]);
  return definePallet({
    name: "System",
    index: 0,
    crate: "frame_system",
    storage: {
      Account: map([blake2(accountId)], accountInfo, EMPTY_ACCOUNT),
      BlockHash: map([twox64(u32)], h256, ZERO_HASH),
      Number: value(u32, 0),
      ParentHash: value(h256, ZERO_HASH),
      Events: value(vec(eventRecord), []),
      EventCount: value(u32, 0),
    },
    calls: {
      remark: named(0, { remark: bytes }),
      remark_with_event: named(7, { remark: bytes }),
    },
    events: {
      ExtrinsicSuccess: named(0, { dispatch_info: dispatchEventInfo }),
      ExtrinsicFailed: named(1, { dispatch_error: dispatchError, dispatch_info: dispatchEventInfo }),
      NewAccount: named(3, { account: accountId }),
      Remarked: named(5, { sender: accountId, hash: h256 }),
    },
    errors: {},
    constants: {
      BlockWeights: constant(blockWeights, BLOCK_WEIGHTS),
      BlockLength: constant(blockLength, {
        max: { normal: 7_864_320, operational: 10_485_760, mandatory: 10_485_760 },
      }),
      BlockHashCount: constant(u32, 2_400),
      DbWeight: constant(runtimeDbWeight, { read: 25_000_000n, write: 100_000_000n }),
      Version: constant(versionType, version),
      SS58Prefix: constant(u16, 42),
    },
  });
}
