import type { Metadata, PortableRegistry } from "@polkadot/types";
import type {
  MetadataLatest,
  PalletMetadataLatest,
  SiLookupTypeId,
  StorageEntryMetadataLatest,
} from "@polkadot/types/interfaces";
import type { RuntimeChange } from "../types.ts";
import { ANY, CALLS, ERRORS, EXTENSIONS, STORAGE } from "./expected.ts";
import { shapeOf } from "./shape.ts";

/** Shapes by name such as `call SubtensorModule.set_weights`. */
type Surface = ReadonlyMap<string, string>;

type Extension = {
  readonly identifier: { toString(): string };
  readonly type: SiLookupTypeId;
  readonly implicit: SiLookupTypeId;
};

const ABSENT = "absent";

/** Nothing of its own in the extrinsic nor in what is signed, whatever it is called. */
const EMPTY = ["{} + ()", "() + ()", "{} + {}", "() + {}"];

/** What a runtime declares otherwise than this version expects; empty if everything in use has its known shape. */
export function driftOf(metadata: Metadata, lookup: PortableRegistry): RuntimeChange[] {
  const surface = surfaceOf(metadata.asLatest, lookup);
  const wanted = [...named("storage", STORAGE), ...named("call", CALLS), ...errorsWanted()];
  const changes = wanted.flatMap(([item, expected]) => changeOf(item, expected, surface.get(item) ?? ABSENT));
  return [...changes, ...extensionChanges(extensionsOf(metadata), lookup)];
}

function changeOf(item: string, expected: string, found: string): RuntimeChange[] {
  const isSame = expected === ANY ? found !== ABSENT : found === expected;
  return isSame ? [] : [{ item, expected: expected === ANY ? "present" : expected, found }];
}

/** An unknown extension is harmless as long as it adds no bytes; a known one must add what it always did. */
function extensionChanges(extensions: readonly Extension[], lookup: PortableRegistry): RuntimeChange[] {
  return extensions.flatMap(({ identifier, type, implicit }) => {
    const name = identifier.toString();
    const found = `${shapeOf(lookup, type)} + ${shapeOf(lookup, implicit)}`;
    const expected = EXTENSIONS[name];
    if (expected === undefined && EMPTY.includes(found)) return [];
    return changeOf(`extension ${name}`, expected ?? "no bytes", found);
  });
}

/** The library loses what is signed implicitly when it lifts older metadata to 16, so that is taken from the older one. */
function extensionsOf(metadata: Metadata): Extension[] {
  if (metadata.version >= 16) return [...metadata.asLatest.extrinsic.transactionExtensions];
  const { signedExtensions } = metadata.asV15.extrinsic;
  return signedExtensions.map(({ identifier, type, additionalSigned: implicit }) => ({
    identifier,
    type,
    implicit,
  }));
}

function surfaceOf({ pallets }: MetadataLatest, lookup: PortableRegistry): Surface {
  return new Map(
    pallets.flatMap((pallet) => [
      ...storageShapes(pallet, lookup),
      ...callShapes(pallet, lookup),
      ...errorShapes(pallet, lookup),
    ]),
  );
}

function storageShapes(
  { name, storage }: PalletMetadataLatest,
  lookup: PortableRegistry,
): [string, string][] {
  if (storage.isNone) return [];
  return storage
    .unwrap()
    .items.filter((item) => STORAGE[`${name.toString()}.${item.name.toString()}`] !== undefined)
    .map((item) => [`storage ${name.toString()}.${item.name.toString()}`, storageShape(item, lookup)]);
}

function storageShape({ type, modifier }: StorageEntryMetadataLatest, lookup: PortableRegistry): string {
  const absence = modifier.isOptional ? "?" : "";
  if (type.isPlain) return `() => ${absence}${shapeOf(lookup, type.asPlain)}`;
  const { key, value } = type.asMap;
  return `${shapeOf(lookup, key)} => ${absence}${shapeOf(lookup, value)}`;
}

function callShapes({ name, calls }: PalletMetadataLatest, lookup: PortableRegistry): [string, string][] {
  if (calls.isNone) return [];
  return lookup
    .getSiType(calls.unwrap().type)
    .def.asVariant.variants.filter(
      (call) => CALLS[`${name.toString()}.${call.name.toString()}`] !== undefined,
    )
    .map((call) => {
      const args = call.fields.map((field) => `${field.name.toString()}:${shapeOf(lookup, field.type)}`);
      return [`call ${name.toString()}.${call.name.toString()}`, args.join(",")];
    });
}

function errorShapes({ name, errors }: PalletMetadataLatest, lookup: PortableRegistry): [string, string][] {
  if (errors.isNone) return [];
  const { variants } = lookup.getSiType(errors.unwrap().type).def.asVariant;
  return variants.map((error) => [
    `error ${name.toString()}.${error.name.toString()}`,
    error.fields.length === 0 ? "no fields" : "fields",
  ]);
}

function named(kind: string, shapes: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(shapes).map(([name, shape]) => [`${kind} ${name}`, shape]);
}

function errorsWanted(): [string, string][] {
  return ERRORS.map((name) => [`error ${name}`, "no fields"]);
}
