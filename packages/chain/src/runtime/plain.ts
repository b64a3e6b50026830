import { ChainError } from "../errors.ts";
import { isAddress } from "../wallet/address.ts";

/** A decoded value as JSON, with the name it is complained about by. */
export type Plain = { readonly item: string; readonly value: unknown };

/** A whole number that fits without loss. */
export function whole({ item, value }: Plain): number {
  const number = Number(amount({ item, value }));
  if (!Number.isSafeInteger(number)) throw unexpected({ item, value }, "a number below 2^53");
  return number;
}

/** A whole number of any size; the decoder writes large ones as hex. */
export function amount({ item, value }: Plain): bigint {
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === "string" && /^(0x[0-9a-f]+|\d+)$/i.test(value)) return BigInt(value);
  throw unexpected({ item, value }, "a whole number");
}

/** A yes or no. */
export function flag({ item, value }: Plain): boolean {
  if (typeof value === "boolean") return value;
  throw unexpected({ item, value }, "a boolean");
}

/** An account as ss58 address. */
export function address({ item, value }: Plain): string {
  if (typeof value === "string" && isAddress(value)) return value;
  throw unexpected({ item, value }, "an account");
}

/** A list, each element read by `read`. */
export function list<T>({ item, value }: Plain, read: (element: Plain) => T): T[] {
  if (!Array.isArray(value)) throw unexpected({ item, value }, "a list");
  return value.map((element: unknown, index) => read({ item: `${item}[${index}]`, value: element }));
}

/** Exactly two elements, both read by `read`. */
export function pair<T>(plain: Plain, read: (element: Plain) => T): readonly [T, T] {
  const [first, second, ...more] = list(plain, read);
  if (first === undefined || second === undefined || more.length > 0) throw unexpected(plain, "a pair");
  return [first, second];
}

/** A value that may be absent. */
export function optional<T>({ item, value }: Plain, read: (plain: Plain) => T): T | null {
  return value === null || value === undefined ? null : read({ item, value });
}

/** The field of a decoded struct. */
export function field({ item, value }: Plain, name: string): Plain {
  const fields = typeof value === "object" && value !== null ? new Map(Object.entries(value)) : new Map();
  if (!fields.has(name)) throw unexpected({ item, value }, `a field ${name}`);
  return { item: `${item}.${name}`, value: fields.get(name) };
}

function unexpected({ item, value }: Plain, expected: string): ChainError {
  const found = String(JSON.stringify(value)).slice(0, 120);
  const message = `${item} is ${found}, expected ${expected}: does this version know the runtime?`;
  return new ChainError({ code: "CHAIN_UNEXPECTED_VALUE", item, expected, found }, message);
}
