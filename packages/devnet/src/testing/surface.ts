import { metadata } from "@polkadot-api/substrate-bindings";
import { describeType, type Lookup } from "./describe-type.ts";

type V16 = Extract<ReturnType<typeof metadata.dec>["metadata"], { tag: "v16" }>["value"];
type Pallet = V16["pallets"][number];
type Named<T> = Readonly<Record<string, T>>;

/** What a client can see of a runtime, by name: indices, and types as they are on the wire. */
export type Surface = {
  readonly extensions: readonly string[];
  readonly pallets: Named<PalletSurface>;
  readonly apis: Named<{ readonly version: number; readonly methods: Named<string> }>;
};
type PalletSurface = {
  readonly index: number;
  readonly storage: Named<string>;
  readonly calls: Named<string>;
  readonly events: Named<string>;
  readonly errors: Named<string>;
  readonly constants: Named<string>;
};

/** Reads the surface out of V16 metadata. */
export function surfaceOf(encoded: Uint8Array): Surface {
  const decoded = metadata.dec(encoded).metadata;
  if (decoded.tag !== "v16") throw new RangeError(`metadata ${decoded.tag}, expected v16`);
  const { lookup, pallets, apis, extrinsic } = decoded.value;
  return {
    extensions: extrinsic.signedExtensions.map(
      ({ identifier, type, additionalSigned }) =>
        `${identifier}: ${describeType(lookup, type)}, signs ${describeType(lookup, additionalSigned)}`,
    ),
    pallets: byName(pallets, (pallet) => palletSurface(lookup, pallet)),
    apis: byName(apis, ({ version, methods }) => ({
      version,
      methods: byName(methods, ({ inputs, output }) => {
        const args = inputs.map(({ name, type }) => `${name}: ${describeType(lookup, type)}`);
        return `(${args.join(", ")}) -> ${describeType(lookup, output)}`;
      }),
    })),
  };
}

function palletSurface(lookup: Lookup, pallet: Pallet): PalletSurface {
  return {
    index: pallet.index,
    storage: byName(pallet.storage?.items ?? [], (item) => describeItem(lookup, item)),
    calls: describeEnum(lookup, pallet.calls?.type),
    events: describeEnum(lookup, pallet.events?.type),
    errors: describeEnum(lookup, pallet.errors?.type),
    constants: byName(pallet.constants, ({ type, value }) => `${describeType(lookup, type)} = ${value}`),
  };
}

type Item = NonNullable<Pallet["storage"]>["items"][number];

function describeItem(lookup: Lookup, { modifier, type, fallback }: Item): string {
  const kind = modifier === 0 ? "Optional" : `Default ${fallback}`;
  if (type.tag === "plain") return `${describeType(lookup, type.value)}; ${kind}`;
  const { hashers, key, value } = type.value;
  const hashed = hashers.map(({ tag }) => tag).join(", ");
  return `${hashed} ${describeType(lookup, key)} -> ${describeType(lookup, value)}; ${kind}`;
}

function describeEnum(lookup: Lookup, id: number | undefined): Named<string> {
  const definition = id === undefined ? undefined : lookup[id]?.def;
  if (definition?.tag !== "variant") return {};
  return byName(definition.value, ({ index, fields }) => {
    const parts = fields.map(({ name, type }) => {
      const described = describeType(lookup, type);
      return name === undefined ? described : `${name}: ${described}`;
    });
    return `${index}(${parts.join(", ")})`;
  });
}

function byName<T extends { readonly name: string }, V>(list: readonly T[], of: (one: T) => V): Named<V> {
  return Object.fromEntries(list.map((one) => [one.name, of(one)]));
}

/** The part of `whole` that `part` also names, at every depth; lists and texts are taken as they are. */
export function restrict<T>(whole: T, part: unknown): T {
  if (!isRecord(whole) || !isRecord(part)) return whole;
  const kept = Object.keys(part).flatMap((name) =>
    Object.hasOwn(whole, name) ? [[name, restrict(whole[name], part[name])] as const] : [],
  );
  return asSame<T>(Object.fromEntries(kept));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A restriction has the type of what it restricts, with fewer names in its records. */
function asSame<T>(restricted: unknown): T {
  return restricted as T;
}
