import { DevnetError } from "../errors.ts";

/** A value of the genesis file and where it stands. */
export type Doc = { readonly value: unknown; readonly path: string };
/** An object of the genesis file; `at` yields a member, present or not. */
export type ObjectDoc = Doc & { readonly keys: readonly string[]; at(name: string): Doc };

/** The refusal of a genesis, with the place in it. */
export function invalid(path: string, problem: string): DevnetError {
  const where = path === "" ? "genesis" : `genesis ${path}`;
  return new DevnetError({ code: "DEVNET_GENESIS_INVALID", path, problem }, `${where}: ${problem}`);
}

export function objectOf({ value, path }: Doc): ObjectDoc {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid(path, "is no object");
  const members = new Map<string, unknown>(Object.entries(value));
  const inside = (name: string) => (path === "" ? name : `${path}.${name}`);
  return {
    value,
    path,
    keys: [...members.keys()],
    at: (name) => ({ value: members.get(name), path: inside(name) }),
  };
}

/** A misspelt member must not silently fall back to a default. */
export function refuseUnknown(doc: ObjectDoc, known: readonly string[]): void {
  const unknown = doc.keys.find((key) => !known.includes(key));
  if (unknown !== undefined) throw invalid(doc.at(unknown).path, "is not known");
}

export function textOf({ value, path }: Doc): string {
  if (typeof value !== "string") throw invalid(path, "is no string");
  return value;
}

export function flagOf({ value, path }: Doc): boolean {
  if (typeof value !== "boolean") throw invalid(path, "is neither true nor false");
  return value;
}

export function numberOf({ value, path }: Doc): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
    throw invalid(path, "is no whole number");
  }
  return value;
}

/** An amount: a decimal string, or a number small enough to be exact. */
export function raoOf({ value, path }: Doc): bigint {
  if (typeof value === "bigint" && value >= 0n) return value;
  if (typeof value === "string" && /^\d{1,20}$/.test(value)) return BigInt(value);
  return BigInt(numberOf({ value, path }));
}

export function listOf<T>({ value, path }: Doc, read: (doc: Doc) => T): T[] {
  if (!Array.isArray(value)) throw invalid(path, "is no list");
  return value.map((one: unknown, i) => read({ value: one, path: `${path}[${i}]` }));
}

/** Each member of an object, read alike. */
export function eachOf<T>(doc: Doc, read: (doc: Doc) => T): [name: string, value: T][] {
  const object = objectOf(doc);
  return object.keys.map((name) => [name, read(object.at(name))]);
}

/** A member that may be absent, as a part to spread. */
export function optional<N extends string, T>(
  name: N,
  doc: ObjectDoc,
  read: (doc: Doc) => T,
): { readonly [K in N]?: T } {
  const given = doc.at(name);
  return given.value === undefined ? {} : asPart({ [name]: read(given) });
}

/** A computed key is only known as a string to the compiler. */
function asPart<N extends string, T>(part: Record<string, T>): { readonly [K in N]?: T } {
  return part as { readonly [K in N]?: T };
}
