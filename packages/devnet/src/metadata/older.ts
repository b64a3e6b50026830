import { metadata as codec } from "@polkadot-api/substrate-bindings";

type Metadata = Parameters<typeof codec.enc>[0];
type Of<T extends string> = Extract<Metadata["metadata"], { tag: T }> extends { value: infer V } ? V : never;
type V16 = Of<"v16">;
type V15 = Of<"v15">;
type V14 = Of<"v14">;
type Entry = V16["lookup"][number];

/** Versions that can be made of version 16, which older clients ask for. */
export const OLDER_VERSIONS = [14, 15] as const;

const EXTRINSIC_FORMAT = 4;
const UNCHECKED = ["sp_runtime", "generic", "unchecked_extrinsic", "UncheckedExtrinsic"];

/** Metadata of version 16 in the words of an older version; whatever that cannot say is left out. */
export function olderMetadata(encoded: Uint8Array, version: (typeof OLDER_VERSIONS)[number]): Uint8Array {
  const { magicNumber, metadata } = codec.dec(encoded);
  if (metadata.tag !== "v16") throw new RangeError(`metadata ${metadata.tag}, expected v16`);
  return version === 14
    ? codec.enc({ magicNumber, metadata: { tag: "v14", value: asV14(metadata.value) } })
    : codec.enc({ magicNumber, metadata: { tag: "v15", value: asV15(metadata.value) } });
}

function asV15(value: V16): V15 {
  const { lookup, extra, runtime } = withTypes(value);
  const { address, call, signature, signedExtensions } = value.extrinsic;
  return {
    lookup,
    pallets: palletsOf(value),
    extrinsic: { version: EXTRINSIC_FORMAT, address, call, signature, extra, signedExtensions },
    type: runtime,
    apis: value.apis,
    outerEnums: value.outerEnums,
    custom: value.custom,
  };
}

function asV14(value: V16): V14 {
  const { lookup, extrinsic, runtime } = withTypes(value);
  const { signedExtensions } = value.extrinsic;
  return {
    lookup,
    pallets: palletsOf(value).map((pallet) => ({ ...pallet, docs: [] })),
    extrinsic: { type: extrinsic, version: EXTRINSIC_FORMAT, signedExtensions },
    type: runtime,
    apis: [],
  };
}

function palletsOf(value: V16): V15["pallets"] {
  return value.pallets.map(({ calls, events, errors, ...pallet }) => ({
    ...pallet,
    calls: calls?.type,
    events: events?.type,
    errors: errors?.type,
  }));
}

/** Older versions name three types that version 16 describes otherwise: they are added behind the others. */
function withTypes(value: V16): { lookup: Entry[]; extra: number; runtime: number; extrinsic: number } {
  const { lookup, extrinsic } = value;
  const [extra, runtime, unchecked] = [lookup.length, lookup.length + 1, lookup.length + 2];
  const plain = { docs: [], params: [] };
  const params = [
    { name: "Address", type: extrinsic.address },
    { name: "Call", type: extrinsic.call },
    { name: "Signature", type: extrinsic.signature },
    { name: "Extra", type: extra },
  ];
  const added: Entry[] = [
    {
      ...plain,
      id: extra,
      path: [],
      def: { tag: "tuple", value: extrinsic.signedExtensions.map(({ type }) => type) },
    },
    {
      ...plain,
      id: runtime,
      path: ["node_subtensor_runtime", "Runtime"],
      def: { tag: "composite", value: [] },
    },
    {
      ...plain,
      id: unchecked,
      path: UNCHECKED,
      params,
      def: { tag: "composite", value: bytesField(lookup) },
    },
  ];
  return { lookup: [...lookup, ...added], extra, runtime, extrinsic: unchecked };
}

/** An extrinsic is a list of bytes; the type is there, because calls carry such lists. */
function bytesField(lookup: readonly Entry[]) {
  const found = lookup.find(({ def }) => {
    const of = def.tag === "sequence" ? lookup[def.value]?.def : undefined;
    return of?.tag === "primitive" && of.value.tag === "u8";
  });
  return found === undefined ? [] : [{ name: undefined, type: found.id, typeName: "Vec<u8>", docs: [] }];
}
