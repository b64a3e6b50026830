import { CodedError } from "@assay/core";

/** Everything `@assay/devnet` refuses to start or to build with, by code. */
export type DevnetErrorFacts =
  | { code: "DEVNET_DECODE"; offset: number; problem: string }
  | { code: "DEVNET_GENESIS_INVALID"; path: string; problem: string }
  | { code: "DEVNET_MAINNET_GENESIS"; genesisHash: string }
  | { code: "DEVNET_PORT_UNAVAILABLE"; host: string; port: number };

export class DevnetError extends CodedError<DevnetErrorFacts> {}
