import { malformed, type Reader, type Writer } from "./buffer.ts";
import { bytes, readLength, writeCompact } from "./primitives.ts";
import type { Field, Param, Type, TypeOf, VariantShape } from "./type.ts";

type Fields = Readonly<Record<string, Type<unknown>>>;
type ValuesOf<F extends Fields> = { readonly [K in keyof F]: TypeOf<F[K]> };
type Items = readonly Type<unknown>[];
type ItemsOf<I extends Items> = { readonly [K in keyof I]: TypeOf<I[K]> };

/** A list of any length. */
export function vec<T>(of: Type<T>): Type<readonly T[]> {
  return {
    shape: { kind: "sequence", of: of.shape },
    write: (out, values) => {
      writeCompact(out, BigInt(values.length));
      for (const value of values) of.write(out, value);
    },
    read: (input) => Array.from({ length: readLength(input) }, () => of.read(input)),
  };
}

export function option<T>(of: Type<T>): Type<T | undefined> {
  const variants: VariantShape[] = [
    { name: "None", index: 0, fields: [] },
    { name: "Some", index: 1, fields: [{ name: undefined, shape: of.shape }] },
  ];
  return {
    shape: { kind: "variant", path: ["Option"], params: [{ name: "T", shape: of.shape }], variants },
    write: (out, value) => {
      out.byte(value === undefined ? 0 : 1);
      if (value !== undefined) of.write(out, value);
    },
    read: (input) => {
      const tag = input.byte();
      if (tag > 1) throw malformed(input.offset - 1, `${tag} is no option`);
      return tag === 1 ? of.read(input) : undefined;
    },
  };
}

/** An option whose absence is null, so that an option around it can still tell "not asked" from "nobody". */
export function nullable<T>(of: Type<T>): Type<T | null> {
  const inner = option(of);
  return {
    shape: inner.shape,
    write: (out, value) => inner.write(out, value ?? undefined),
    read: (input) => inner.read(input) ?? null,
  };
}

export function tuple<const I extends Items>(...items: I): Type<ItemsOf<I>> {
  return {
    shape: { kind: "tuple", items: items.map((item) => item.shape) },
    write: (out, values) => items.forEach((item, i) => item.write(out, values[i])),
    read: (input) => asValues<ItemsOf<I>>(items.map((item) => item.read(input))),
  };
}

/** A composite with named fields, in the order they are declared. */
export function struct<const F extends Fields>(
  path: string,
  fields: F,
  params: readonly Param[] = [],
): Type<ValuesOf<F>> {
  return {
    shape: { kind: "composite", path: pathOf(path), params, fields: namedFields(fields) },
    write: (out, value) => writeFields(out, fields, value),
    read: (input) => readFields(input, fields),
  };
}

/** A composite around one unnamed value, such as an account id; held as that value. */
export function wrapper<T>(path: string, of: Type<T>, params: readonly Param[] = []): Type<T> {
  const fields: Field[] = [{ name: undefined, shape: of.shape }];
  return { ...of, shape: { kind: "composite", path: pathOf(path), params, fields } };
}

/** Bytes of limited length: more do not decode. */
export function boundedBytes(limit: number): Type<Uint8Array> {
  const path = "bounded_collections::bounded_vec::BoundedVec";
  const wrapped = wrapper(path, bytes, [
    { name: "T", shape: { kind: "primitive", name: "u8" } },
    { name: "S", shape: undefined },
  ]);
  return {
    ...wrapped,
    read: (input) => {
      const value = bytes.read(input);
      if (value.length > limit) throw malformed(input.offset, `${value.length} bytes where ${limit} fit`);
      return value;
    },
  };
}

/** A composite without content, such as a transaction extension that adds no bytes. */
export function unit(path: string): Type<null> {
  return {
    shape: { kind: "composite", path: pathOf(path), params: [], fields: [] },
    write: () => undefined,
    read: () => null,
  };
}

/** An enum whose variants carry nothing; held as the variant's name. */
export function names<const N extends string>(path: string, indices: Readonly<Record<N, number>>): Type<N> {
  const list = entriesOf(indices);
  return {
    shape: {
      kind: "variant",
      path: pathOf(path),
      params: [],
      variants: list.map(([name, index]) => ({ name, index, fields: [] })),
    },
    write: (out, value) => out.byte(indices[value]),
    read: (input) => {
      const index = input.byte();
      const found = list.find(([, candidate]) => candidate === index);
      if (found === undefined) throw malformed(input.offset - 1, `${index} is no variant of ${path}`);
      return found[0];
    },
  };
}

/** One variant of an enum with content: its index and its one payload (several: a tuple or inline fields). */
export type Case<T> = { readonly index: number; readonly of: Type<T> | undefined };
type Cases = Readonly<Record<string, Case<unknown>>>;
/** The value of an enum: which variant, and its payload. */
export type Tagged<C extends Cases> = {
  readonly [K in keyof C]: { readonly tag: K; readonly value: C[K] extends Case<infer T> ? T : never };
}[keyof C];

/** An enum with content. */
export function variant<const C extends Cases>(
  path: string,
  cases: C,
  params: readonly Param[] = [],
): Type<Tagged<C>> {
  const list = Object.entries(cases);
  const variants = list.map(([name, { index, of }]) => ({
    name,
    index,
    fields: of === undefined ? [] : [{ name: undefined, shape: of.shape }],
  }));
  return {
    shape: { kind: "variant", path: pathOf(path), params, variants },
    write: (out, value) => {
      const chosen = cases[value.tag];
      if (chosen === undefined) throw malformed(0, `${String(value.tag)} is no variant of ${path}`);
      out.byte(chosen.index);
      chosen.of?.write(out, value.value);
    },
    read: (input) => {
      const index = input.byte();
      const found = list.find(([, candidate]) => candidate.index === index);
      if (found === undefined) throw malformed(input.offset - 1, `${index} is no variant of ${path}`);
      return asValues<Tagged<C>>({ tag: found[0], value: found[1].of?.read(input) });
    },
  };
}

export function namedFields(fields: Fields): Field[] {
  return Object.entries(fields).map(([name, type]) => ({ name, shape: type.shape }));
}

export function writeFields(out: Writer, fields: Fields, value: Readonly<Record<string, unknown>>): void {
  for (const [name, type] of Object.entries(fields)) type.write(out, value[name]);
}

export function readFields<F extends Fields>(input: Reader, fields: F): ValuesOf<F> {
  return asValues(Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, type.read(input)])));
}

export function pathOf(path: string): string[] {
  return path === "" ? [] : path.split("::");
}

/** What was just read member by member from the declared types has exactly their value type. */
function asValues<T>(read: unknown): T {
  return read as T;
}

/** Object.entries forgets the literal keys of a record that is known to have no others. */
function entriesOf<N extends string, V>(record: Readonly<Record<N, V>>): [N, V][] {
  return Object.entries(record) as [N, V][];
}
