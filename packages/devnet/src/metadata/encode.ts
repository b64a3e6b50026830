import { metadata } from "@polkadot-api/substrate-bindings";
import { bytesToHex } from "../scale/hex.ts";
import { multiAddress, multiSignature } from "../scale/substrate.ts";
import { encode, type Shape } from "../scale/type.ts";
import type { ApiDeclaration } from "./api.ts";
import { extensions } from "./extensions.ts";
import { Lookup } from "./lookup.ts";
import { palletEnum } from "./outer-enum.ts";
import type { AnyItem, AnyPallet } from "./pallet.ts";

/** Everything the metadata is made of. */
export type RuntimeDeclaration = {
  readonly pallets: readonly AnyPallet[];
  readonly apis: readonly ApiDeclaration[];
  readonly call: Shape;
  readonly event: Shape;
  readonly error: Shape;
};

type Metadata = Parameters<typeof metadata.enc>[0];
type V16 = Extract<Metadata["metadata"], { tag: "v16" }>["value"];
type V16Pallet = V16["pallets"][number];

const MAGIC = 0x6174656d;
const NO_DOCS: string[] = [];
const CURRENT = { tag: "NotDeprecated", value: undefined } as const;
const MODIFIER = { Optional: 0, Default: 1 } as const;
const HASHER = {
  Identity: "Identity",
  Twox64Concat: "Twox64Concat",
  Blake2_128Concat: "Blake2128Concat",
} as const;

/** The runtime's metadata, version 16. */
export function encodeMetadata(runtime: RuntimeDeclaration): Uint8Array {
  const lookup = new Lookup();
  const parts = {
    pallets: runtime.pallets.map((pallet) => describePallet(pallet, lookup)),
    extrinsic: describeExtrinsic(runtime, lookup),
    apis: runtime.apis.map((api) => describeApi(api, lookup)),
    outerEnums: {
      call: lookup.idOf(runtime.call),
      event: lookup.idOf(runtime.event),
      error: lookup.idOf(runtime.error),
    },
    custom: [],
  };
  const value: V16 = { lookup: lookup.entries, ...parts };
  return metadata.enc({ magicNumber: MAGIC, metadata: { tag: "v16", value } });
}

function describePallet(pallet: AnyPallet, lookup: Lookup): V16Pallet {
  const items = Object.values(pallet.storage);
  return {
    name: pallet.name,
    index: pallet.index,
    storage:
      items.length === 0
        ? undefined
        : { prefix: pallet.name, items: items.map((item) => describeItem(item, lookup)) },
    calls: reference(palletEnum(pallet, "calls"), lookup),
    events: reference(palletEnum(pallet, "events"), lookup),
    errors: reference(palletEnum(pallet, "errors"), lookup),
    constants: Object.entries(pallet.constants).map(([name, { type, value }]) => ({
      name,
      type: lookup.idOf(type.shape),
      value: bytesToHex(encode(type, value)),
      docs: NO_DOCS,
      deprecationInfo: CURRENT,
    })),
    associatedTypes: [],
    viewFns: [],
    docs: NO_DOCS,
    deprecationInfo: CURRENT,
  };
}

function reference(shape: Shape | undefined, lookup: Lookup): V16Pallet["calls"] {
  return shape === undefined ? undefined : { type: lookup.idOf(shape), deprecationInfo: [] };
}

type StorageEntry = NonNullable<V16Pallet["storage"]>["items"][number];

function describeItem(item: AnyItem, lookup: Lookup): StorageEntry {
  const fallback = item.modifier === "Optional" ? "0x00" : bytesToHex(encode(item.type, item.fallback));
  return {
    name: item.name,
    modifier: MODIFIER[item.modifier],
    type: describeKeys(item, lookup),
    fallback,
    docs: NO_DOCS,
    deprecationInfo: CURRENT,
  };
}

function describeKeys(item: AnyItem, lookup: Lookup): StorageEntry["type"] {
  const valueId = lookup.idOf(item.type.shape);
  const shapes = item.parts.map((part) => part.type.shape);
  const [first] = shapes;
  if (first === undefined) return { tag: "plain", value: valueId };
  const key = lookup.idOf(shapes.length === 1 ? first : { kind: "tuple", items: shapes });
  const hashers = item.parts.map((part) => ({ tag: HASHER[part.hasher], value: undefined }));
  return { tag: "map", value: { hashers, key, value: valueId } };
}

function describeExtrinsic(runtime: RuntimeDeclaration, lookup: Lookup): V16["extrinsic"] {
  return {
    version: [4, 5],
    address: lookup.idOf(multiAddress.shape),
    call: lookup.idOf(runtime.call),
    signature: lookup.idOf(multiSignature.shape),
    signedExtensionsByVersion: [[0, extensions.map((_, i) => i)]],
    signedExtensions: extensions.map(({ identifier, extra, implicit }) => ({
      identifier,
      type: lookup.idOf(extra),
      additionalSigned: lookup.idOf(implicit),
    })),
  };
}

function describeApi(api: ApiDeclaration, lookup: Lookup): V16["apis"][number] {
  const methods = Object.entries(api.methods).map(([name, { inputs, output }]) => ({
    name,
    inputs: inputs.map((field) => ({ name: field.name ?? "", type: lookup.idOf(field.shape) })),
    output: lookup.idOf(output.shape),
    docs: NO_DOCS,
    deprecationInfo: CURRENT,
  }));
  return { name: api.name, methods, docs: NO_DOCS, version: api.version, deprecationInfo: CURRENT };
}
