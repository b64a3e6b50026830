import type { metadata } from "@polkadot-api/substrate-bindings";

type V16 = Extract<ReturnType<typeof metadata.dec>["metadata"], { tag: "v16" }>["value"];
export type Lookup = V16["lookup"];
type Definition = Lookup[number]["def"];
type Fields = Extract<Definition, { tag: "composite" }>["value"];

/** Enums that differ between runtimes by what they hold: named, not described. */
const BY_NAME: readonly string[] = ["RuntimeCall", "RuntimeEvent", "Era"];

/** A type as it is on the wire, independent of its number; wrappers around one value vanish. */
export function describeType(lookup: Lookup, id: number): string {
  const entry = lookup[id];
  if (entry === undefined) throw new RangeError(`no type ${id}`);
  const last = entry.path.at(-1) ?? "";
  return BY_NAME.includes(last) ? last : describeDefinition(lookup, entry.def, last);
}

function describeDefinition(lookup: Lookup, def: Definition, name: string): string {
  const of = (id: number) => describeType(lookup, id);
  switch (def.tag) {
    case "primitive":
      return def.value.tag;
    case "compact":
      return `Compact<${of(def.value)}>`;
    case "sequence":
      return `Vec<${of(def.value)}>`;
    case "array":
      return `[${of(def.value.type)}; ${def.value.len}]`;
    case "tuple":
      return `(${def.value.map(of).join(", ")})`;
    case "composite":
      return describeFields(lookup, def.value);
    case "variant":
      return describeVariants(lookup, def.value, name);
    default:
      throw new RangeError(`${def.tag} is not described`);
  }
}

function describeFields(lookup: Lookup, fields: Fields): string {
  const [first] = fields;
  if (first !== undefined && fields.length === 1 && first.name === undefined) {
    return describeType(lookup, first.type);
  }
  const parts = fields.map(({ name, type }) => `${name ?? ""}: ${describeType(lookup, type)}`);
  return fields.length === 0 ? "()" : `{ ${parts.join(", ")} }`;
}

type Variants = Extract<Definition, { tag: "variant" }>["value"];

function describeVariants(lookup: Lookup, variants: Variants, name: string): string {
  const some = variants.find((one) => one.name === "Some")?.fields[0];
  if (name === "Option" && some !== undefined) return `Option<${describeType(lookup, some.type)}>`;
  const sorted = [...variants].sort((a, b) => a.index - b.index);
  const parts = sorted.map(({ name: variant, index, fields }) => {
    const inner = fields.length === 0 ? "" : `(${describeFields(lookup, fields)})`;
    return `${variant}=${index}${inner}`;
  });
  return `enum { ${parts.join(", ")} }`;
}
