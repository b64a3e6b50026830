export {
  type BlockRef,
  type Devnet,
  type DevnetOptions,
  startDevnet,
} from "./devnet.ts";
export { entries } from "./entries.ts";
export { DevnetError, type DevnetErrorFacts } from "./errors.ts";
export type { Fault, Upgrade } from "./faults/fault.ts";
export { type DemoParticipants, demoGenesis } from "./genesis/demo.ts";
export { DEVELOPMENT_ACCOUNTS, developmentGenesis } from "./genesis/development.ts";
export { parseGenesis } from "./genesis/parse.ts";
export type {
  GenesisHyperparameters,
  GenesisNeuron,
  GenesisSpec,
  GenesisSubnet,
  KeyPair,
} from "./genesis/spec.ts";
export type { IncludedExtrinsic } from "./node.ts";
