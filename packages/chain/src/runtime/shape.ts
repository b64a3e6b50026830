import type { PortableRegistry } from "@polkadot/types";
import type { Si1Field, SiLookupTypeId } from "@polkadot/types/interfaces";

/** Deeper than anything in use; a type that contains itself ends here. */
const DEEPEST = 8;

/**
 * What a type is made of, without the names Rust gives it: `u16`, `Vec<(u16,u16)>`, `{block:u64}`, `Some(u8)|None`.
 * Wrappers of a single value are that value; two types with the same text have the same bytes.
 */
export function shapeOf(lookup: PortableRegistry, id: SiLookupTypeId, depth = 0): string {
  if (depth > DEEPEST) return "…";
  const inner = (other: SiLookupTypeId) => shapeOf(lookup, other, depth + 1);
  const { def } = lookup.getSiType(id);
  if (def.isPrimitive) return def.asPrimitive.type.toLowerCase();
  if (def.isCompact) return `Compact<${inner(def.asCompact.type)}>`;
  if (def.isSequence) return `Vec<${inner(def.asSequence.type)}>`;
  if (def.isArray) return `[${inner(def.asArray.type)};${def.asArray.len.toString()}]`;
  if (def.isTuple) return `(${def.asTuple.map(inner).join(",")})`;
  if (def.isComposite) return fieldsOf(def.asComposite.fields, inner);
  if (!def.isVariant) return def.type;
  const variants = def.asVariant.variants.map(({ name, index, fields }) => {
    const content = fields.length === 0 ? "" : `(${fields.map(({ type }) => inner(type)).join(",")})`;
    return `${index.toString()}:${name.toString()}${content}`;
  });
  return variants.join("|");
}

function fieldsOf(fields: Iterable<Si1Field>, inner: (id: SiLookupTypeId) => string): string {
  const all = [...fields];
  const [first, ...more] = all;
  if (first !== undefined && more.length === 0) return inner(first.type);
  const named = all.map(
    ({ name, type }) => (name.isSome ? `${name.unwrap().toString()}:` : "") + inner(type),
  );
  return `{${named.join(",")}}`;
}
