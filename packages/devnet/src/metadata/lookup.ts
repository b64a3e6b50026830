import type { Field, Shape } from "../scale/type.ts";

type LookupField = { name: string | undefined; type: number; typeName: undefined; docs: string[] };
type LookupDef =
  | { tag: "composite"; value: LookupField[] }
  | { tag: "variant"; value: { name: string; fields: LookupField[]; index: number; docs: string[] }[] }
  | { tag: "sequence" | "compact"; value: number }
  | { tag: "array"; value: { len: number; type: number } }
  | { tag: "tuple"; value: number[] }
  | { tag: "primitive"; value: { tag: PrimitiveTag; value: undefined } };
type PrimitiveTag = "bool" | "str" | "u8" | "u16" | "u32" | "u64" | "u128" | "i16" | "i64" | "i128";
export type LookupEntry = {
  id: number;
  path: string[];
  params: { name: string; type: number | undefined }[];
  def: LookupDef;
  docs: string[];
};

/** Numbers the types that the metadata mentions; equal shapes get one number. */
export class Lookup {
  readonly entries: LookupEntry[] = [];
  readonly #ids = new Map<Shape, number>();
  readonly #byContent = new Map<string, number>();

  idOf(shape: Shape): number {
    if (shape.kind === "lazy") return this.idOf(shape.resolve());
    const known = this.#ids.get(shape);
    if (known !== undefined) return known;
    return isRecursive(shape) ? this.#reserve(shape) : this.#add(shape);
  }

  /** A type that contains itself needs its number before its parts are described. */
  #reserve(shape: Exclude<Shape, { kind: "lazy" }>): number {
    const id = this.entries.length;
    this.#ids.set(shape, id);
    this.entries.push({ id, path: [], params: [], def: { tag: "tuple", value: [] }, docs: [] });
    this.entries[id] = { id, ...this.#describe(shape) };
    return id;
  }

  #add(shape: Exclude<Shape, { kind: "lazy" }>): number {
    const described = this.#describe(shape);
    const content = JSON.stringify(described);
    const id = this.#byContent.get(content) ?? this.entries.length;
    if (id === this.entries.length) this.entries.push({ id, ...described });
    this.#byContent.set(content, id);
    this.#ids.set(shape, id);
    return id;
  }

  #describe(shape: Exclude<Shape, { kind: "lazy" }>): Omit<LookupEntry, "id"> {
    const named = shape.kind === "composite" || shape.kind === "variant";
    const params = named ? shape.params : [];
    return {
      path: named ? [...shape.path] : [],
      params: params.map(({ name, shape: of }) => ({
        name,
        type: of === undefined ? undefined : this.idOf(of),
      })),
      def: this.#definition(shape),
      docs: [],
    };
  }

  #definition(shape: Exclude<Shape, { kind: "lazy" }>): LookupDef {
    switch (shape.kind) {
      case "primitive":
        return { tag: "primitive", value: { tag: shape.name, value: undefined } };
      case "compact":
      case "sequence":
        return { tag: shape.kind, value: this.idOf(shape.of) };
      case "array":
        return { tag: "array", value: { len: shape.length, type: this.idOf(shape.of) } };
      case "tuple":
        return { tag: "tuple", value: shape.items.map((item) => this.idOf(item)) };
      case "composite":
        return { tag: "composite", value: this.#fields(shape.fields) };
      case "variant":
        return {
          tag: "variant",
          value: shape.variants.map(({ name, index, fields }) => ({
            name,
            index,
            fields: this.#fields(fields),
            docs: [],
          })),
        };
    }
  }

  #fields(fields: readonly Field[]): LookupField[] {
    return fields.map(({ name, shape }) => ({ name, type: this.idOf(shape), typeName: undefined, docs: [] }));
  }
}

/** Only enums can reach themselves here, through a late reference such as Sudo's inner call. */
function isRecursive(shape: Shape): boolean {
  return shape.kind === "variant" && reaches(shape, shape, new Set());
}

function reaches(from: Shape, target: Shape, seen: Set<Shape>): boolean {
  return parts(from).some((part) => {
    const shape = part.kind === "lazy" ? part.resolve() : part;
    if (shape === target) return true;
    if (seen.has(shape)) return false;
    seen.add(shape);
    return reaches(shape, target, seen);
  });
}

function parts(shape: Shape): readonly Shape[] {
  switch (shape.kind) {
    case "primitive":
    case "lazy":
      return [];
    case "compact":
    case "sequence":
    case "array":
      return [shape.of];
    case "tuple":
      return shape.items;
    case "composite":
      return shape.fields.map((field) => field.shape);
    case "variant":
      return shape.variants.flatMap((one) => one.fields.map((field) => field.shape));
  }
}
