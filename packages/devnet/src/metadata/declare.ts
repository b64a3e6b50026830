import type { Reader, Writer } from "../scale/buffer.ts";
import { namedFields, readFields, writeFields } from "../scale/composites.ts";
import type { HasherName } from "../scale/hash.ts";
import type { Field, Type, TypeOf } from "../scale/type.ts";

type Fields = Readonly<Record<string, Type<unknown>>>;
type ValuesOf<F extends Fields> = { readonly [K in keyof F]: TypeOf<F[K]> };
type Items = readonly Type<unknown>[];
type ItemsOf<I extends Items> = { readonly [K in keyof I]: TypeOf<I[K]> };

/** One part of a storage key. */
export type KeyPart<T> = { readonly hasher: HasherName; readonly type: Type<T> };
type KeyParts = readonly KeyPart<unknown>[];
type KeysOf<P extends KeyParts> = { readonly [I in keyof P]: P[I] extends KeyPart<infer T> ? T : never };

/** A storage item before its pallet gives it a name. Read is what a missing value reads as, or the value. */
export type StorageDeclaration<Keys extends readonly unknown[], Value, Read> = {
  readonly parts: readonly KeyPart<unknown>[];
  readonly type: Type<Value>;
  /** `undefined` = Optional; otherwise the default of a Default item. */
  readonly fallback: Read;
  readonly modifier: "Default" | "Optional";
  /** Only carries the type of the keys. */
  readonly keys?: Keys;
};

export const identity = <T>(type: Type<T>): KeyPart<T> => ({ hasher: "Identity", type });
export const twox64 = <T>(type: Type<T>): KeyPart<T> => ({ hasher: "Twox64Concat", type });
export const blake2 = <T>(type: Type<T>): KeyPart<T> => ({ hasher: "Blake2_128Concat", type });

/** A single value with a default. */
export function value<T>(type: Type<T>, fallback: T): StorageDeclaration<[], T, T> {
  return { parts: [], type, fallback, modifier: "Default" };
}

/** A single value that may be absent. */
export function optionalValue<T>(type: Type<T>): StorageDeclaration<[], T, T | undefined> {
  return { parts: [], type, fallback: undefined, modifier: "Optional" };
}

/** A map whose missing entries read as the default. */
export function map<const P extends KeyParts, T>(
  parts: P,
  type: Type<T>,
  fallback: T,
): StorageDeclaration<KeysOf<P>, T, T> {
  return { parts, type, fallback, modifier: "Default" };
}

/** A map whose missing entries are absent. */
export function optionalMap<const P extends KeyParts, T>(
  parts: P,
  type: Type<T>,
): StorageDeclaration<KeysOf<P>, T, T | undefined> {
  return { parts, type, fallback: undefined, modifier: "Optional" };
}

/** What a call or event carries: fields without a composite around them. */
export type Body<T> = {
  readonly fields: readonly Field[];
  write(out: Writer, value: T): void;
  read(input: Reader): T;
};
export type Declared<T> = { readonly index: number; readonly body: Body<T> };
export type ValueOf<D> = D extends Declared<infer T> ? T : never;

/** A call or event with named fields. */
export function named<const F extends Fields>(index: number, fields: F): Declared<ValuesOf<F>> {
  const body: Body<ValuesOf<F>> = {
    fields: namedFields(fields),
    write: (out, values) => writeFields(out, fields, values),
    read: (input) => readFields(input, fields),
  };
  return { index, body };
}

/** An event whose fields have no names. */
export function positional<const I extends Items>(index: number, ...items: I): Declared<ItemsOf<I>> {
  const body: Body<ItemsOf<I>> = {
    fields: items.map((item) => ({ name: undefined, shape: item.shape })),
    write: (out, values) => items.forEach((item, i) => item.write(out, values[i])),
    read: (input) => readItems(items, input),
  };
  return { index, body };
}

export type Constant<T> = { readonly type: Type<T>; readonly value: T };
export const constant = <T>(type: Type<T>, constantValue: T): Constant<T> => ({ type, value: constantValue });

/** What was just read item by item from the declared types has exactly their value type. */
function readItems<I extends Items>(items: I, input: Reader): ItemsOf<I> {
  const read: unknown = items.map((item) => item.read(input));
  return read as ItemsOf<I>;
}
