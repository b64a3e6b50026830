import type { SelectableField, SelectableValue } from "./metagraph-types.ts";
import type { ApiView } from "./view.ts";

/** What computes each field of the metagraph, so that a selection costs only what it asks for. */
export type FieldReaders<F extends SelectableField> = {
  readonly [K in F]: (view: ApiView, of: MetagraphOf) => SelectableValue[K];
};

/** The subnet a metagraph is about, the storage index of the mechanism, and the hotkeys in uid order. */
export type MetagraphOf = {
  readonly netuid: number;
  readonly index: number;
  readonly hotkeys: readonly string[];
};

/** Fields with one value per uid. */
export type NeuronField =
  | "hotkeys"
  | "coldkeys"
  | "identities"
  | "axons"
  | "active"
  | "validator_permit"
  | "pruning_score"
  | "last_update"
  | "emission"
  | "dividends"
  | "incentives"
  | "consensus"
  | "trust"
  | "rank"
  | "block_at_registration"
  | "alpha_stake"
  | "tao_stake"
  | "total_stake"
  | "tao_dividends_per_hotkey"
  | "alpha_dividends_per_hotkey"
  | "validators"
  | "commitments";
