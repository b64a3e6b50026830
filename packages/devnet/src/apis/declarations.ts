import { defineApi, method } from "../metadata/api.ts";
import { runtimeVersionType } from "../pallets/system.ts";
import { option, struct, variant, vec, wrapper } from "../scale/composites.ts";
import { bool, bytes, compact, i64, u8, u16, u32, u64, u128 } from "../scale/primitives.ts";
import { accountId, dispatchClass, u64f64, weight } from "../scale/substrate.ts";
import type { Shape } from "../scale/type.ts";
import { opaqueExtrinsic } from "./extrinsic-type.ts";
import { metagraphType, selectiveMetagraphType } from "./metagraph-types.ts";

const opaqueMetadata = wrapper("sp_core::OpaqueMetadata", bytes);

export const core = defineApi({
  name: "Core",
  id: "0xdf6acb689907609b",
  version: 5,
  methods: { version: method({}, runtimeVersionType) },
});

export const metadataApi = defineApi({
  name: "Metadata",
  id: "0x37e397fc7c91f5e4",
  version: 2,
  methods: {
    metadata: method({}, opaqueMetadata),
    metadata_at_version: method({ version: u32 }, option(opaqueMetadata)),
    metadata_versions: method({}, vec(u32)),
  },
});

export const accountNonce = defineApi({
  name: "AccountNonceApi",
  id: "0xbc9d89904f5b923f",
  version: 1,
  methods: { account_nonce: method({ account: accountId }, u32) },
});

const dispatchInfo = struct("pallet_transaction_payment::types::RuntimeDispatchInfo", {
  weight,
  class: dispatchClass,
  partial_fee: u64,
});

const feeDetails = struct("pallet_transaction_payment::types::FeeDetails", {
  inclusion_fee: option(
    struct("pallet_transaction_payment::types::InclusionFee", {
      base_fee: u64,
      len_fee: u64,
      adjusted_weight_fee: u64,
    }),
  ),
  tip: u64,
});

/** Its argument is an extrinsic, which contains any pallet's call. */
export function transactionPaymentApi(runtimeCall: Shape) {
  const uxt = opaqueExtrinsic(runtimeCall);
  return defineApi({
    name: "TransactionPaymentApi",
    id: "0x37c8bb1350a9a2a8",
    version: 4,
    methods: {
      query_info: method({ uxt, len: u32 }, dispatchInfo),
      query_fee_details: method({ uxt, len: u32 }, feeDetails),
    },
  });
}

const hyperparamValue = variant("pallet_subtensor::rpc_info::subnet_info::HyperparamValue", {
  Bool: { index: 0, of: bool },
  U16: { index: 1, of: compact(u16) },
  U32: { index: 2, of: compact(u32) },
  U64: { index: 3, of: compact(u64) },
  U128: { index: 4, of: compact(u128) },
  TaoBalance: { index: 5, of: compact(u64) },
  I32F32: { index: 6, of: struct("substrate_fixed::FixedI64", { bits: i64 }) },
  U64F64: { index: 7, of: u64f64 },
});

export const hyperparamEntry = struct("pallet_subtensor::rpc_info::subnet_info::HyperparamEntry", {
  name: bytes,
  value: hyperparamValue,
});

export const subnetInfo = defineApi({
  name: "SubnetInfoRuntimeApi",
  id: "0x8375104b299b74c5",
  version: 2,
  methods: {
    get_metagraph: method({ netuid: u16 }, option(metagraphType)),
    get_mechagraph: method({ netuid: u16, mecid: u8 }, option(metagraphType)),
    get_selective_metagraph: method(
      { netuid: u16, metagraph_indexes: vec(u16) },
      option(selectiveMetagraphType),
    ),
    get_selective_mechagraph: method(
      { netuid: u16, subid: u8, metagraph_indexes: vec(u16) },
      option(selectiveMetagraphType),
    ),
    get_next_epoch_start_block: method({ netuid: u16 }, option(u64)),
    get_subnet_hyperparams_v3: method({ netuid: u16 }, option(vec(hyperparamEntry))),
  },
});
