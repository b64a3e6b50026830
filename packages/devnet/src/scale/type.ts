import { malformed, Reader, Writer } from "./buffer.ts";

/** What the metadata says about a type. */
export type Shape =
  | { readonly kind: "primitive"; readonly name: PrimitiveName }
  | { readonly kind: "compact" | "sequence"; readonly of: Shape }
  | { readonly kind: "array"; readonly of: Shape; readonly length: number }
  | { readonly kind: "tuple"; readonly items: readonly Shape[] }
  | {
      readonly kind: "composite";
      readonly path: readonly string[];
      readonly params: readonly Param[];
      readonly fields: readonly Field[];
    }
  | {
      readonly kind: "variant";
      readonly path: readonly string[];
      readonly params: readonly Param[];
      readonly variants: readonly VariantShape[];
    }
  | { readonly kind: "lazy"; readonly resolve: () => Shape };

export type PrimitiveName = "bool" | "str" | `u${8 | 16 | 32 | 64 | 128}` | `i${16 | 64 | 128}`;
export type Param = { readonly name: string; readonly shape: Shape | undefined };
export type Field = { readonly name: string | undefined; readonly shape: Shape };
export type VariantShape = {
  readonly name: string;
  readonly index: number;
  readonly fields: readonly Field[];
};

/** A SCALE type: how its values are written and read, and how the metadata describes it. */
export interface Type<T> {
  readonly shape: Shape;
  write(out: Writer, value: T): void;
  read(input: Reader): T;
}

export type TypeOf<X> = X extends Type<infer T> ? T : never;

/** The bytes of one value. */
export function encode<T>(type: Type<T>, value: T): Uint8Array {
  const out = new Writer();
  type.write(out, value);
  return out.finish();
}

/** The value that `bytes` are, all of them. */
export function decode<T>(type: Type<T>, bytes: Uint8Array): T {
  const input = new Reader(bytes);
  const value = type.read(input);
  if (input.remaining > 0) throw malformed(input.offset, `${input.remaining} bytes too many`);
  return value;
}

/** A type that refers to one defined later, such as a call that contains calls. */
export function lazy<T>(resolve: () => Type<T>): Type<T> {
  return {
    shape: { kind: "lazy", resolve: () => resolve().shape },
    write: (out, value) => resolve().write(out, value),
    read: (input) => resolve().read(input),
  };
}
