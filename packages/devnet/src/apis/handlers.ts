import { nextEpochStart } from "@assay/core";
import { nonceOf } from "../balances/accounts.ts";
import type { ApiDeclaration, ApiMethod } from "../metadata/api.ts";
import { decodeExtrinsic } from "../runtime/extrinsic.ts";
import { feeOf, feeParts } from "../runtime/fees.ts";
import { subtensor, type transactionPaymentCalls } from "../runtime/runtime.ts";
import { metadataAt, metadataVersions, plainMetadata } from "../runtime/served.ts";
import { bytes } from "../scale/primitives.ts";
import { encode } from "../scale/type.ts";
import { read } from "../state/access.ts";
import { readSchedule } from "../subtensor/schedule.ts";
import type { accountNonce, core, metadataApi, subnetInfo } from "./declarations.ts";
import { hyperparameters } from "./hyperparameters.ts";
import { metagraph, selectiveMetagraph } from "./metagraph.ts";
import type { ApiView } from "./view.ts";

type HandlerOf<M> =
  M extends ApiMethod<infer Input, infer Output> ? (view: ApiView, input: Input) => Output : never;
type HandlersOf<A extends ApiDeclaration> = {
  readonly [N in keyof A["methods"]]: HandlerOf<A["methods"][N]>;
};

type Apis = {
  readonly Core: HandlersOf<typeof core>;
  readonly Metadata: HandlersOf<typeof metadataApi>;
  readonly AccountNonceApi: HandlersOf<typeof accountNonce>;
  readonly TransactionPaymentApi: HandlersOf<typeof transactionPaymentCalls>;
  readonly SubnetInfoRuntimeApi: HandlersOf<typeof subnetInfo>;
};

/** One handler for each method of each declared API. */
const handlers: Apis = {
  Core: { version: ({ runtime }) => runtime.version },
  Metadata: {
    metadata: ({ runtime }) => plainMetadata(runtime),
    metadata_at_version: ({ runtime }, { version }) => metadataAt(runtime, version),
    metadata_versions: ({ runtime }) => metadataVersions(runtime),
  },
  AccountNonceApi: { account_nonce: ({ state }, { account }) => nonceOf(state, account) },
  TransactionPaymentApi: {
    query_info: (_view, { uxt }) => ({
      weight: { ref_time: 0n, proof_size: 0n },
      class: "Normal",
      partial_fee: feeOf(decodeExtrinsic(encode(bytes, uxt))),
    }),
    query_fee_details: (_view, { uxt }) => {
      const { base, length } = feeParts(decodeExtrinsic(encode(bytes, uxt)));
      const fee = { base_fee: base, len_fee: length, adjusted_weight_fee: 0n };
      return { inclusion_fee: base === 0n ? undefined : fee, tip: 0n };
    },
  },
  SubnetInfoRuntimeApi: {
    get_metagraph: (view, { netuid }) => metagraph(view, { netuid, mecid: 0 }),
    get_mechagraph: (view, at) => metagraph(view, at),
    get_selective_metagraph: (view, { netuid, metagraph_indexes }) =>
      selectiveMetagraph(view, { netuid, mecid: 0, indices: metagraph_indexes }),
    get_selective_mechagraph: (view, { netuid, subid, metagraph_indexes }) =>
      selectiveMetagraph(view, { netuid, mecid: subid, indices: metagraph_indexes }),
    get_next_epoch_start_block: ({ state }, { netuid }) => {
      if (!read(state, subtensor.storage.NetworksAdded, netuid)) return undefined;
      const next = nextEpochStart(readSchedule(state, netuid));
      return next === null ? undefined : BigInt(next);
    },
    get_subnet_hyperparams_v3: (view, { netuid }) => hyperparameters(view, netuid),
  },
};

/** The handler of a declared method. */
export function apiHandlerOf(api: string, method: string): (view: ApiView, input: unknown) => unknown {
  const table: Readonly<Record<string, Readonly<Record<string, (view: ApiView, input: never) => unknown>>>> =
    handlers;
  return table[api]?.[method] as (view: ApiView, input: unknown) => unknown;
}
