export {
  type BlockRef,
  type Devnet,
  type DevnetOptions,
  type IncludedExtrinsic,
  startDevnet,
} from "./devnet.ts";
export { DevnetError, type DevnetErrorFacts } from "./errors.ts";
export type {
  GenesisHyperparameters,
  GenesisNeuron,
  GenesisSpec,
  GenesisSubnet,
  KeyPair,
} from "./genesis/spec.ts";
