import { metadata as metadataCodec } from "@polkadot-api/substrate-bindings";
import { DevnetError } from "../errors.ts";
import { OLDER_VERSIONS, olderMetadata } from "../metadata/older.ts";
import { type RuntimeVersion, runtimeVersionType } from "../pallets/system.ts";
import { hexToBytes } from "../scale/hex.ts";
import { decode } from "../scale/type.ts";
import { runtimeMetadata, VERSION } from "./runtime.ts";

/** What the node says its runtime is, and what signatures must name. */
export type ServedRuntime = {
  readonly version: RuntimeVersion;
  readonly metadata: Uint8Array;
  /** 14, 15 or 16. */
  readonly metadataVersion: number;
};

/** Conversions cost half a second on mainnet's metadata, so each is made once. */
const converted = new WeakMap<ServedRuntime, Map<number, Uint8Array>>();

/** The versions in which a runtime's metadata is offered. */
export function metadataVersions({ metadataVersion }: ServedRuntime): number[] {
  return metadataVersion === NEWEST ? [...OLDER_VERSIONS, NEWEST] : [metadataVersion];
}

/** The metadata in one of these versions, undefined in any other. */
export function metadataAt(runtime: ServedRuntime, version: number): Uint8Array | undefined {
  if (version === runtime.metadataVersion) return runtime.metadata;
  const older = OLDER_VERSIONS.find((one) => one === version);
  if (older === undefined || runtime.metadataVersion !== NEWEST) return undefined;
  const made = converted.get(runtime) ?? new Map<number, Uint8Array>();
  const metadata = made.get(older) ?? olderMetadata(runtime.metadata, older);
  converted.set(runtime, made.set(older, metadata));
  return metadata;
}

/** What is answered to whoever names no version: the oldest, as on a node. */
export function plainMetadata(runtime: ServedRuntime): Uint8Array {
  const [oldest = runtime.metadataVersion] = metadataVersions(runtime);
  return metadataAt(runtime, oldest) ?? runtime.metadata;
}

const NEWEST = 16;
/** Byte of an encoded metadata that holds its version, after the magic number. */
const VERSION_BYTE = 4;

/** The devnet's own: the declared pallets, under mainnet's spec 424. */
export function ownRuntime(): ServedRuntime {
  const metadata = runtimeMetadata();
  return { version: VERSION, metadata, metadataVersion: metadata[VERSION_BYTE] ?? 0 };
}

/** A recorded runtime: its metadata, and the version that the metadata itself names. */
export function recordedRuntime(metadata: Uint8Array): ServedRuntime {
  const constant = versionConstant(metadata);
  if (constant === undefined) throw invalid("names no System.Version");
  const version = decode(runtimeVersionType, hexToBytes(constant));
  if (version.spec_name !== VERSION.spec_name) throw invalid(`is of ${version.spec_name}, not Subtensor`);
  return { version, metadata, metadataVersion: metadata[VERSION_BYTE] ?? 0 };
}

function versionConstant(encoded: Uint8Array): string | undefined {
  const decoded = decodeMetadata(encoded);
  if (decoded.tag !== "v14" && decoded.tag !== "v15" && decoded.tag !== "v16")
    throw invalid(`is ${decoded.tag}; versions 14 to 16 are served`);
  const system = decoded.value.pallets.find(({ name }) => name === "System");
  return system?.constants.find(({ name }) => name === "Version")?.value;
}

function decodeMetadata(encoded: Uint8Array) {
  try {
    return metadataCodec.dec(encoded).metadata;
  } catch (cause) {
    throw invalid("does not decode", cause);
  }
}

function invalid(problem: string, cause?: unknown): DevnetError {
  return new DevnetError({ code: "DEVNET_METADATA_INVALID", problem }, `the metadata ${problem}`, { cause });
}
