import type { Reader } from "../scale/buffer.ts";
import { namedFields, readFields } from "../scale/composites.ts";
import type { Field, Type, TypeOf } from "../scale/type.ts";

type Fields = Readonly<Record<string, Type<unknown>>>;
type ValuesOf<F extends Fields> = { readonly [K in keyof F]: TypeOf<F[K]> };

/** One method of a runtime API: `state_call` finds it as `<api>_<method>`. */
export type ApiMethod<Input, Output> = {
  readonly inputs: readonly Field[];
  readInput(input: Reader): Input;
  readonly output: Type<Output>;
};

export function method<const F extends Fields, Output>(
  inputs: F,
  output: Type<Output>,
): ApiMethod<ValuesOf<F>, Output> {
  return { inputs: namedFields(inputs), readInput: (input) => readFields(input, inputs), output };
}

/** A runtime API as the metadata and the version constant name it. */
export type ApiDeclaration = {
  readonly name: string;
  /** First eight bytes of the hash of its name, as hex. */
  readonly id: string;
  readonly version: number;
  readonly methods: Readonly<Record<string, ApiMethod<unknown, unknown>>>;
};

export function defineApi<const D extends ApiDeclaration>(declaration: D): D {
  return declaration;
}
