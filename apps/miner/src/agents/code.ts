/** WebAssembly code as bytes; an expression leaves one value, a statement none. */
export type Code = readonly number[];

const OP = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  branch: 0x0c,
  branchIf: 0x0d,
  get: 0x20,
  set: 0x21,
  i64Load: 0x29,
  f64Load: 0x2b,
  i64Store: 0x37,
  f64Store: 0x39,
  i32Const: 0x41,
  i64Const: 0x42,
  f64Const: 0x44,
} as const;

const NO_RESULT = 0x40;
/** log2 of the alignment of an eight-byte number. */
const ALIGNED_8 = 3;

/** Unsigned LEB128 of a non-negative integer below 2^32. */
export function unsigned(value: number): Code {
  const low = value % 128;
  return value < 128 ? [value] : [low + 128, ...unsigned((value - low) / 128)];
}

/** Signed LEB128. */
export function signed(value: bigint): Code {
  const low = Number(BigInt.asUintN(7, value));
  const rest = value >> 7n;
  const isLast = (rest === 0n && low < 64) || (rest === -1n && low >= 64);
  return isLast ? [low] : [low + 128, ...signed(rest)];
}

function f64Bytes(value: number): Code {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return [...bytes];
}

const unary = (op: number) => (a: Code) => [...a, op];
const binary = (op: number) => (a: Code, b: Code) => [...a, ...b, op];
const load =
  (op: number) =>
  (offset: number, base: Code = i32.const(0)) => [...base, op, ALIGNED_8, ...unsigned(offset)];
const store = (op: number) => (offset: number, value: Code) => [
  ...i32.const(0),
  ...value,
  op,
  ALIGNED_8,
  ...unsigned(offset),
];

export const i32 = {
  const: (value: number): Code => [OP.i32Const, ...signed(BigInt(value))],
  atLeast: binary(0x4e),
  add: binary(0x6a),
  mul: binary(0x6c),
  fromF64: unary(0xaa),
};

export const i64 = {
  const: (value: bigint): Code => [OP.i64Const, ...signed(value)],
  load: load(OP.i64Load),
  store: store(OP.i64Store),
  xor: binary(0x85),
  shiftLeft: binary(0x86),
  shiftRight: binary(0x88),
  bitsOf: unary(0xbd),
};

export const f64 = {
  const: (value: number): Code => [OP.f64Const, ...f64Bytes(value)],
  load: load(OP.f64Load),
  store: store(OP.f64Store),
  less: binary(0x63),
  greater: binary(0x64),
  sqrt: unary(0x9f),
  add: binary(0xa0),
  sub: binary(0xa1),
  mul: binary(0xa2),
  div: binary(0xa3),
  min: binary(0xa4),
  max: binary(0xa5),
  fromI64: unary(0xb9),
};

/** Square root of a² + b². */
export function length(a: Code, b: Code): Code {
  return f64.sqrt(f64.add(f64.mul(a, a), f64.mul(b, b)));
}

/** a₁·b₁ + a₂·b₂. */
export function dot([a1, a2]: readonly [Code, Code], [b1, b2]: readonly [Code, Code]): Code {
  return f64.add(f64.mul(a1, b1), f64.mul(a2, b2));
}

export function when(condition: Code, ...then: Code[]): Code {
  return [...condition, OP.if, NO_RESULT, ...then.flat(), OP.end];
}

/** A local variable of one function. */
export type Local = { readonly get: Code; readonly set: (value: Code) => Code };

/** Hands out the locals of one function. */
export class Locals {
  readonly #types: number[] = [];

  f64(): Local {
    return this.#next(0x7c);
  }

  i32(): Local {
    return this.#next(0x7f);
  }

  /** The declaration a function body begins with. */
  declare(): Code {
    return [...unsigned(this.#types.length), ...this.#types.flatMap((type) => [1, type])];
  }

  #next(type: number): Local {
    const index = unsigned(this.#types.length);
    this.#types.push(type);
    return { get: [OP.get, ...index], set: (value) => [...value, OP.set, ...index] };
  }
}

/** Runs the body with `counter` going from 0 up to, not including, `count`. */
export function repeat({ counter, count }: { counter: Local; count: Code }, ...body: Code[]): Code {
  return [
    ...counter.set(i32.const(0)),
    OP.block,
    NO_RESULT,
    OP.loop,
    NO_RESULT,
    ...i32.atLeast(counter.get, count),
    OP.branchIf,
    1,
    ...body.flat(),
    ...counter.set(i32.add(counter.get, i32.const(1))),
    OP.branch,
    0,
    OP.end,
    OP.end,
  ];
}

export function functionBody(locals: Locals, ...statements: Code[]): Code {
  const body = [...locals.declare(), ...statements.flat(), OP.end];
  return [...unsigned(body.length), ...body];
}
