import { CoreError } from "../errors.ts";

/** Any value JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Levels of lists and objects a statement may nest: far more than any has, far less than a stack. */
const MAX_DEPTH = 64;

/**
 * Canonical JSON: the one text of a value, so that a signature over it means one thing.
 *
 * RFC 8785: no white space, keys sorted by UTF-16 code units, numbers as ECMAScript writes them.
 *
 * @param value JSON value; numbers finite, strings without lone surrogates, no `undefined`, at most 64 levels deep.
 * @throws CoreError CORE_NOT_CANONICAL with the path of what JSON cannot carry.
 * @see RFC 8785
 */
export function canonicalJson(value: Json): string {
  return write(value, { path: "$", depth: 0 });
}

type Place = { readonly path: string; readonly depth: number };

function write(value: Json | undefined, { path, depth }: Place): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return writeNumber(value, path);
  if (typeof value === "string") return writeString(value, path);
  if (depth === MAX_DEPTH)
    throw new CoreError({ code: "CORE_NOT_CANONICAL", path, found: `more than ${MAX_DEPTH} levels` });
  if (Array.isArray(value))
    return `[${value.map((item, i) => write(item, { path: `${path}[${i}]`, depth: depth + 1 })).join(",")}]`;
  if (isPlainObject(value)) return writeObject(value, { path, depth });
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

function writeObject(value: { [key: string]: Json }, { path, depth }: Place): string {
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  const members = keys.map(
    (key) => `${writeString(key, path)}:${write(value[key], { path: `${path}.${key}`, depth: depth + 1 })}`,
  );
  return `{${members.join(",")}}`;
}
