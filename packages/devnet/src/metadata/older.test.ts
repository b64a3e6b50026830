import { Metadata, TypeRegistry } from "@polkadot/types";
import { metadata as codec } from "@polkadot-api/substrate-bindings";
import { expect, test } from "vitest";
import {
  metadataAt,
  metadataVersions,
  ownRuntime,
  plainMetadata,
  recordedRuntime,
} from "../runtime/served.ts";
import { SERVED_METADATA } from "../testing/served-metadata.ts";
import { OLDER_VERSIONS, olderMetadata } from "./older.ts";

/** What a client makes of a metadata: each pallet's calls, storage, events and errors by name and index. */
function readBy(encoded: Uint8Array | undefined) {
  const registry = new TypeRegistry();
  const metadata = new Metadata(registry, encoded);
  registry.setMetadata(metadata);
  const { pallets, extrinsic, lookup } = metadata.asLatest;
  const names = (type: { unwrap(): { type: never } } | undefined) =>
    type === undefined
      ? []
      : lookup
          .getSiType(type.unwrap().type)
          .def.asVariant.variants.map(({ name, index }) => `${name.toString()} ${index.toString()}`);
  return {
    extensions: registry.signedExtensions,
    call: lookup.getTypeDef(extrinsic.callType).type,
    pallets: pallets.map(({ name, index, calls, events, errors, storage }) => ({
      name: `${name.toString()} ${index.toString()}`,
      enums: [calls, events, errors].map((one) => names(one.isSome ? (one as never) : undefined)),
      storage: storage.isSome
        ? storage.unwrap().items.map((item) => `${item.name.toString()} ${item.fallback.toHex()}`)
        : [],
    })),
  };
}

test.each(SERVED_METADATA)("clients read the same out of every version, $title", ({ options, isMissing }) => {
  if (isMissing) return;
  const runtime = "metadata" in options ? recordedRuntime(options.metadata as Uint8Array) : ownRuntime();
  expect(metadataVersions(runtime)).toEqual([14, 15, 16]);
  const newest = readBy(metadataAt(runtime, 16));
  expect(newest.pallets.length).toBeGreaterThan(5);
  for (const version of OLDER_VERSIONS) expect(readBy(metadataAt(runtime, version))).toEqual(newest);
});

test("version 15 keeps the runtime APIs, 14 has none", () => {
  const { metadata } = ownRuntime();
  const apis = OLDER_VERSIONS.map((version) => {
    const { tag, value } = codec.dec(olderMetadata(metadata, version)).metadata;
    return tag === "v15" ? value.apis.map(({ name }) => name) : tag;
  });
  expect(apis[0]).toBe("v14");
  expect(apis[1]).toContain("SubnetInfoRuntimeApi");
});

test("who names no version gets the oldest; unknown versions do not exist", () => {
  const runtime = ownRuntime();
  expect(plainMetadata(runtime)).toEqual(metadataAt(runtime, 14));
  expect(metadataAt(runtime, 13)).toBeUndefined();
  const old = recordedRuntime(plainMetadata(runtime));
  expect(metadataVersions(old)).toEqual([14]);
  expect(metadataAt(old, 15)).toBeUndefined();
});

test("only version 16 is converted", () => {
  const older = olderMetadata(ownRuntime().metadata, 15);
  expect(() => olderMetadata(older, 14)).toThrow("metadata v15, expected v16");
});
