/** Bytes of WebAssembly for tests: whatever a part is given, right or wrong, is written as it stands. */
export type Bytes = readonly number[];

export const PREAMBLE: Bytes = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
export const NO_PARAMETERS: Bytes = [0x60, 0, 0];
export const FUNCTION_EXPORT = 0;

export function leb(value: number): Bytes {
  return value < 128 ? [value] : [(value % 128) + 128, ...leb(Math.floor(value / 128))];
}

export function text(value: string): Bytes {
  const bytes = new TextEncoder().encode(value);
  return [...leb(bytes.length), ...bytes];
}

export function vector(items: readonly Bytes[]): Bytes {
  return [...leb(items.length), ...items.flat()];
}

export function section(id: number, content: Bytes): Bytes {
  return [id, ...leb(content.length), ...content];
}

/** The import of `env.memory`; `limits` as the binary format writes them. */
export function memoryImport(limits: Bytes = [0, 1]): Bytes {
  return [...text("env"), ...text("memory"), 2, ...limits];
}

/** One function: its code without locals and without the final `end`. */
export function body(code: Bytes, locals: Bytes = [0]): Bytes {
  const bytes = [...locals, ...code, 0x0b];
  return [...leb(bytes.length), ...bytes];
}

export type AgentParts = {
  types?: readonly Bytes[];
  imports?: readonly Bytes[];
  /** Type index of each function. */
  functions?: readonly number[];
  /** Sections between functions and exports, ready made. */
  middle?: Bytes;
  exports?: readonly Bytes[];
  /** Sections between exports and code, ready made. */
  late?: Bytes;
  reset?: Bytes;
  act?: Bytes;
  /** Code section's entries instead of `reset` and `act`. */
  code?: readonly Bytes[];
};

export const ENTRY_POINTS: readonly Bytes[] = [
  [...text("reset"), FUNCTION_EXPORT, 0],
  [...text("act"), FUNCTION_EXPORT, 1],
];

/** An agent that does nothing, except for the parts that are given. */
export function agent(parts: AgentParts = {}): Uint8Array<ArrayBuffer> {
  const {
    types = [NO_PARAMETERS],
    imports = [memoryImport()],
    functions = [0, 0],
    exports = ENTRY_POINTS,
  } = parts;
  const { reset = [], act = [], code = [body(reset), body(act)], middle = [], late = [] } = parts;
  return Uint8Array.from([
    ...PREAMBLE,
    ...section(1, vector(types)),
    ...section(2, vector(imports)),
    ...section(3, vector(functions.map(leb))),
    ...middle,
    ...section(7, vector(exports)),
    ...late,
    ...section(10, vector(code)),
  ]);
}

const I32_CONST = 0x41;
const F64_LOAD = 0x2b;
const F64_STORE = 0x39;

/** `i32.const` of a number below 2^31. */
export function i32(value: number): Bytes {
  const low = value % 128;
  const rest = Math.floor(value / 128);
  return [I32_CONST, ...signedLeb(low, rest)];
}

function signedLeb(low: number, rest: number): Bytes {
  if (rest === 0 && low < 64) return [low];
  return [low + 128, ...signedLeb(rest % 128, Math.floor(rest / 128))];
}

export function loadF64(offset: number): Bytes {
  return [...i32(0), F64_LOAD, 3, ...leb(offset)];
}

export function storeF64(offset: number, value: Bytes): Bytes {
  return [...i32(0), ...value, F64_STORE, 3, ...leb(offset)];
}

export function f64(value: number): Bytes {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return [0x44, ...bytes];
}
