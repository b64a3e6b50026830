import { CoreError } from "../errors.ts";

/** Any value JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * Canonical JSON: the one text of a value, so that a signature over it means one thing.
 *
 * RFC 8785: no white space, keys sorted by UTF-16 code units, numbers as ECMAScript writes them.
 *
 * @param value JSON value; numbers finite, strings without lone surrogates, no `undefined`.
 * @throws CoreError CORE_NOT_CANONICAL with the path of what JSON cannot carry.
 * @see RFC 8785
 */
export function canonicalJson(value: Json): string {
  return write(value, "$");
}

function write(value: Json | undefined, path: string): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return writeNumber(value, path);
  if (typeof value === "string") return writeString(value, path);
  if (Array.isArray(value)) return `[${value.map((item, i) => write(item, `${path}[${i}]`)).join(",")}]`;
  if (isPlainObject(value)) return writeObject(value, path);
  throw new CoreError({ code: "CORE_NOT_CANONICAL", path, found: kindOf(value) });
}

/** Dates, maps and the like have no members of their own and would silently become `{}`. */
function isPlainObject(value: unknown): value is { [key: string]: Json } {
  return kindOf(value) === "[object Object]";
}

function kindOf(value: unknown): string {
  return typeof value === "object" ? Object.prototype.toString.call(value) : typeof value;
}

function writeNumber(value: number, path: string): string {
  if (!Number.isFinite(value))
    throw new CoreError({ code: "CORE_NOT_CANONICAL", path, found: String(value) });
  return JSON.stringify(value);
}

function writeString(value: string, path: string): string {
  if (!value.isWellFormed())
    throw new CoreError({ code: "CORE_NOT_CANONICAL", path, found: "lone surrogate" });
  return JSON.stringify(value);
}

function writeObject(value: { [key: string]: Json }, path: string): string {
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  const members = keys.map((key) => `${writeString(key, path)}:${write(value[key], `${path}.${key}`)}`);
  return `{${members.join(",")}}`;
}
