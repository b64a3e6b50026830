import { expandMetadata, Metadata, TypeRegistry } from "@polkadot/types";
import type { MetadataLatest } from "@polkadot/types/interfaces";
import type { DecoratedMeta } from "@polkadot/types/metadata/decorate/types";
import type { HexString } from "@polkadot/util/types";
import type { RuntimeChange } from "../types.ts";
import { driftOf } from "./drift.ts";

/** What one version of the runtime declares: every type that is read or written comes from here. */
export type Runtime = {
  readonly specVersion: number;
  readonly transactionVersion: number;
  readonly registry: TypeRegistry;
  readonly metadata: MetadataLatest;
  readonly query: DecoratedMeta["query"];
  readonly tx: DecoratedMeta["tx"];
  /** What is declared otherwise than this version expects. */
  readonly changes: readonly RuntimeChange[];
};

export type RuntimeVersion = { readonly specVersion: number; readonly transactionVersion: number };

const NO_BYTES = { extrinsic: {}, payload: {} };

/** Bittensor's own transaction extensions: they add nothing to an extrinsic or to what is signed. */
const EXTENSIONS = {
  SudoTransactionExtension: NO_BYTES,
  CheckShieldedTxValidity: NO_BYTES,
  SubtensorTransactionExtension: NO_BYTES,
  DrandPriority: NO_BYTES,
};

let last: { readonly metadataHex: HexString; readonly runtime: Runtime } | undefined;

/**
 * The runtime behind a metadata file, versions 14 to 16. The last one is kept: connections to one chain share it, and
 * nothing in it changes.
 */
export function decodeRuntime(version: RuntimeVersion, metadataHex: HexString): Runtime {
  if (last === undefined || last.metadataHex !== metadataHex || !isOf(last.runtime, version))
    last = { metadataHex, runtime: decode(version, metadataHex) };
  return last.runtime;
}

function isOf(runtime: Runtime, { specVersion, transactionVersion }: RuntimeVersion): boolean {
  return runtime.specVersion === specVersion && runtime.transactionVersion === transactionVersion;
}

function decode(version: RuntimeVersion, metadataHex: HexString): Runtime {
  const registry = new TypeRegistry();
  const metadata = new Metadata(registry, metadataHex);
  // The last argument keeps the library from writing to the console.
  registry.setMetadata(metadata, undefined, EXTENSIONS, true);
  const { query, tx } = expandMetadata(registry, metadata);
  const latest = metadata.asLatest;
  const changes = driftOf(metadata, registry.lookup);
  return { ...version, registry, metadata: latest, query, tx, changes };
}
