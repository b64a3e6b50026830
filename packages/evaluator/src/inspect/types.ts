import type { Reader } from "./reader.ts";
import { refuse } from "./refuse.ts";

const VALUE_TYPES: ReadonlyMap<number, string> = new Map([
  [0x7f, "i32"],
  [0x7e, "i64"],
  [0x7d, "f32"],
  [0x7c, "f64"],
  [0x7b, "v128"],
  [0x70, "funcref"],
  [0x6f, "externref"],
]);

export function readValueType(reader: Reader): string {
  const byte = reader.byte();
  return VALUE_TYPES.get(byte) ?? refuse("unsupported", `value type 0x${byte.toString(16)}`);
}

export function readReferenceType(reader: Reader): string {
  const type = readValueType(reader);
  return type.endsWith("ref") ? type : refuse("malformed", `${type} is no reference`);
}

/** Parameters and results of a function type, as many as they are. */
export type FunctionType = { readonly parameters: number; readonly results: number };

export function readFunctionType(reader: Reader): FunctionType {
  const form = reader.byte();
  if (form !== 0x60) return refuse("unsupported", `type form 0x${form.toString(16)}`);
  return { parameters: skipValueTypes(reader), results: skipValueTypes(reader) };
}

function skipValueTypes(reader: Reader): number {
  const count = reader.u32();
  for (let left = count; left > 0; left -= 1) readValueType(reader);
  return count;
}

/** Sizes of a table or memory, in its own unit; `maximum` is undefined if the module names none. */
export type Limits = { readonly minimum: number; readonly maximum: number | undefined };

/** Reads limits; shared and 64-bit ones are named as such, other flags are unsupported. */
export function readLimits(reader: Reader): Limits {
  const flags = reader.byte();
  if ((flags & 0x04) !== 0) refuse("memory64", "64-bit memory or table");
  if ((flags & 0x02) !== 0) refuse("shared-memory", "shared memory or table");
  if (flags > 0x01) refuse("unsupported", `limits 0x${flags.toString(16)}`);
  const minimum = reader.u32();
  return { minimum, maximum: flags === 0 ? undefined : reader.u32() };
}
